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
 * Carries out SERVICE CALL: checks the control block, carries out the command, and makes its service signal. Commands that are not
 * in the table of {@link #response} are answered "invalid command".
 *
 * <p>Threads: any CPU's; one command at a time, another one is answered "busy".
 */
public final class Sclp {
    // Condition codes.
    private static final int INITIATED = 0;
    private static final int BUSY = 2;

    // Commands.
    private static final int READ_CPU_INFO = 0x0001_0001;
    private static final int READ_SCP_INFO = 0x0002_0001;
    private static final int READ_SCP_INFO_FORCED = 0x0012_0001;
    private static final int WRITE_EVENT_DATA = 0x0076_0005;
    private static final int READ_EVENT_DATA = 0x0077_0005;
    private static final int WRITE_EVENT_MASK = 0x0078_0005;

    private static final int PAGE = 4096;
    private static final long ADDRESS_BITS = 0x7fff_fff8L;

    /** A service signal's parameter: an event can be read. It comes alone, or with the address of a block. */
    private static final int EVENT_PENDING = 1;

    /** Service signals that may be queued at a time: far fewer than the floating queue holds. */
    private static final int MAX_SIGNALS = 256;

    private final Machine machine;
    private final GuestMemory storage;
    private final EventFacility events;
    private final MachineInformation information;
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicInteger signals = new AtomicInteger();

    /**
     * The service processor of a machine.
     *
     * @param machine the engine's.
     * @param console where the guest's text goes.
     * @param input where what it reads comes from.
     */
    public Sclp(Machine machine, Console console, ConsoleInput input) {
        this.machine = machine;
        this.storage = machine.storage();
        events = new EventFacility(console, input);
        information = new MachineInformation(storage.size(), machine.vcpuCount());
        input.onInput(() -> signal(EVENT_PENDING));
    }

    /**
     * SERVICE CALL.
     *
     * @param cpu who calls.
     * @param command the command word.
     * @param sccb real address of the control block.
     * @return the condition code.
     * @throws ProgramException SPECIFICATION if the address is no multiple of 8, is beyond 31 bits or in the prefix area (real 0
     *     to 8191, and where that lies), or if the length in the block is below 8; ADDRESSING if there is no storage.
     */
    public int call(Cpu cpu, int command, long sccb) {
        long prefix = cpu.registers().prefix();
        if ((sccb & ~ADDRESS_BITS) != 0 || isInPrefixArea(sccb, 0) || isInPrefixArea(sccb, prefix)) {
            throw ProgramException.SPECIFICATION;
        }
        long address = Prefixing.realToAbsolute(sccb, prefix);
        if (!storage.contains(address, ControlBlock.HEADER_LENGTH)) {
            throw ProgramException.ADDRESSING;
        }
        int length = storage.getShort(address) & 0xffff;
        if (length < ControlBlock.HEADER_LENGTH) {
            throw ProgramException.SPECIFICATION;
        }
        if (!working.compareAndSet(false, true)) {
            return BUSY;
        }
        try {
            if (signals.get() >= MAX_SIGNALS) {
                return BUSY;
            }
            ControlBlock block = new ControlBlock(storage, address, length);
            block.response(response(command, address, block));
            signal((int) sccb);
            return INITIATED;
        } finally {
            working.set(false);
        }
    }

    private static boolean isInPrefixArea(long address, long area) {
        return address >= area && address - area < Prefixing.AREA_LENGTH;
    }

    private int response(int command, long address, ControlBlock block) {
        if ((address & (PAGE - 1)) + block.length() > PAGE) {
            return Response.BOUNDARY_VIOLATION;
        }
        return switch (command) {
            case READ_SCP_INFO, READ_SCP_INFO_FORCED -> information.readScp(block);
            case READ_CPU_INFO -> information.readCpus(block);
            case WRITE_EVENT_DATA -> events.write(block);
            case READ_EVENT_DATA -> events.read(block);
            case WRITE_EVENT_MASK -> events.mask(block);
            default -> Response.INVALID_COMMAND;
        };
    }

    private void signal(int parameter) {
        signals.incrementAndGet();
        if (machine.injectService(parameter) == InjectResult.FULL) {
            throw new IllegalStateException("the floating queue is full of what is not bounded: expected at most "
                    + MAX_SIGNALS + " service signals and the test device's completions");
        }
    }

    /** A service signal was delivered. Threads: any CPU's. */
    public void delivered() {
        signals.decrementAndGet();
    }

    /**
     * A reset of the machine, which has discarded the service signals: the guest takes no input until it says so again. Threads: one, while
     * no CPU operates.
     */
    public void reset() {
        signals.set(
                0); // a signal of the keyboard that comes just now is one too few: the limit is far from the queue's
        events.reset();
    }
}
