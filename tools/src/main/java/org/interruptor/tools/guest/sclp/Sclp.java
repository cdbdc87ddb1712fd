package org.interruptor.tools.guest.sclp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Prefixing;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;

/**
 * Carries out SERVICE CALL: write event data (text for the console), write event mask, read event data (there is none); all
 * other commands are invalid.
 *
 * <p>Threads: any CPU's; one command at a time, another one is answered "busy".
 */
public final class Sclp {
    // Condition codes.
    private static final int INITIATED = 0;
    private static final int BUSY = 2;

    // Commands.
    private static final int WRITE_EVENT_DATA = 0x0076_0005;
    private static final int READ_EVENT_DATA = 0x0077_0005;
    private static final int WRITE_EVENT_MASK = 0x0078_0005;

    // Response codes.
    private static final int NORMAL_COMPLETION = 0x0020;
    private static final int BOUNDARY_VIOLATION = 0x0100;
    private static final int INVALID_COMMAND = 0x01f0;
    private static final int INSUFFICIENT_LENGTH = 0x0300;
    private static final int NO_EVENT_BUFFERS = 0x60f0;
    private static final int INVALID_MASK_LENGTH = 0x74f0;
    private static final int INVALID_FUNCTION = 0x40f0;
    private static final int INCONSISTENT_LENGTHS = 0x72f0;

    private static final int RESPONSE = 6;
    private static final int HEADER_LENGTH = 8;
    private static final int PAGE = 4096;
    private static final long ADDRESS_BITS = 0x7fff_fff8L;

    private static final int EVENT_TYPE = 2;
    private static final int EVENT_FLAGS = 3;
    private static final int EVENT_ACCEPTED = 0x80;
    private static final int EVENT_HEADER_LENGTH = 6;
    private static final int TEXT = 0x1a;

    private static final int MASK_LENGTH = 10;
    private static final int MASKS = 12;
    private static final int LONGEST_MASK = 1021;

    /** Masks have a bit for each event type, the first one for type 1. */
    private static final int TEXT_MASK = 1 << (32 - TEXT);

    /** Service signals that may be queued at a time: far fewer than the floating queue holds. */
    private static final int MAX_SIGNALS = 256;

    private final Machine machine;
    private final GuestMemory storage;
    private final Console console;
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicInteger signals = new AtomicInteger();

    /**
     * The service processor of a machine.
     *
     * @param machine the engine's.
     * @param console where the guest's text goes.
     */
    public Sclp(Machine machine, Console console) {
        this.machine = machine;
        this.storage = machine.storage();
        this.console = console;
    }

    /**
     * SERVICE CALL.
     *
     * @param cpu who calls.
     * @param command the command word.
     * @param sccb real address of the control block.
     * @return the condition code.
     * @throws ProgramException SPECIFICATION if the address is no multiple of 8, is beyond 31 bits or lies in the prefix area,
     *     ADDRESSING if there is no storage.
     */
    public int call(Cpu cpu, int command, long sccb) {
        if ((sccb & ~ADDRESS_BITS) != 0 || sccb < Prefixing.AREA_LENGTH) {
            throw ProgramException.SPECIFICATION;
        }
        long block = Prefixing.realToAbsolute(sccb, cpu.registers().prefix());
        if (!storage.contains(block, HEADER_LENGTH)) {
            throw ProgramException.ADDRESSING;
        }
        if (!working.compareAndSet(false, true)) {
            return BUSY;
        }
        try {
            return signals.get() < MAX_SIGNALS ? carryOut(command, block, (int) sccb) : BUSY;
        } finally {
            working.set(false);
        }
    }

    private int carryOut(int command, long block, int parameter) {
        storage.putShort(block + RESPONSE, (short) response(command, block));
        signals.incrementAndGet();
        if (machine.injectService(parameter) == InjectResult.FULL) {
            throw new IllegalStateException("the floating queue is full of what is not bounded: expected at most "
                    + MAX_SIGNALS + " service signals and the test device's completions");
        }
        return INITIATED;
    }

    /** A service signal was delivered. Threads: any CPU's. */
    public void delivered() {
        signals.decrementAndGet();
    }

    private int response(int command, long block) {
        int length = unsigned16(block);
        if (length < HEADER_LENGTH) {
            return INSUFFICIENT_LENGTH;
        }
        if ((block & (PAGE - 1)) + length > PAGE) {
            return BOUNDARY_VIOLATION;
        }
        return switch (command) {
            case WRITE_EVENT_DATA -> writeEventData(block, length);
            case WRITE_EVENT_MASK -> writeEventMask(block, length);
            case READ_EVENT_DATA -> NO_EVENT_BUFFERS;
            default -> INVALID_COMMAND;
        };
    }

    private int unsigned16(long address) {
        return storage.getShort(address) & 0xffff;
    }

    private int writeEventData(long block, int length) {
        int offset = HEADER_LENGTH;
        while (offset < length) {
            int event = length - offset < EVENT_HEADER_LENGTH ? 0 : unsigned16(block + offset);
            if (event < EVENT_HEADER_LENGTH || event > length - offset) {
                return INCONSISTENT_LENGTHS;
            }
            if (storage.getByte(block + offset + EVENT_TYPE) != TEXT) {
                return INVALID_FUNCTION;
            }
            write(block + offset + EVENT_HEADER_LENGTH, event - EVENT_HEADER_LENGTH);
            long flags = block + offset + EVENT_FLAGS;
            storage.putByte(flags, (byte) (storage.getByte(flags) | EVENT_ACCEPTED));
            offset += event;
        }
        return NORMAL_COMPLETION;
    }

    private void write(long address, int length) {
        byte[] text = new byte[length];
        storage.getBytes(address, text, 0, length);
        console.write(text);
    }

    /** The guest says what it sends and takes; it is told that text may be sent, and that nothing will come. */
    private int writeEventMask(long block, int length) {
        int maskLength = length < MASKS ? 0 : unsigned16(block + MASK_LENGTH);
        if (maskLength == 0 || maskLength > LONGEST_MASK || MASKS + 4 * maskLength > length) {
            return INVALID_MASK_LENGTH;
        }
        byte[] ours = new byte[2 * maskLength];
        for (int i = 0; i < Math.min(4, maskLength); i++) {
            ours[i] = (byte) (TEXT_MASK >>> (24 - 8 * i));
        }
        storage.putBytes(block + MASKS + 2L * maskLength, ours, 0, ours.length);
        return NORMAL_COMPLETION;
    }
}
