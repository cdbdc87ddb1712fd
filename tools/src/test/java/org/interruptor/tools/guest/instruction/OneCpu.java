package org.interruptor.tools.guest.instruction;

import java.util.Locale;
import org.interruptor.engine.Machine;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;

/**
 * A CPU in the supervisor state and 64-bit mode, with 128 KiB of storage, that executes single instructions. Its AFP-register
 * control is one.
 */
final class OneCpu implements AutoCloseable {
    static final int SIZE = 1 << 17;

    private static final long START = 0x1000;
    private static final long MODE_64 = PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final long AFP = 0x40000;

    private final GuestMemory memory = GuestMemory.allocate(SIZE);
    private final Machine machine = Machine.builder(memory).vcpus(1).build();
    private final Cpu cpu = new Cpu(machine.vcpu(0).bind(), new PlatformStub());

    OneCpu() {
        cpu.registers().initialReset();
        cpu.registers().control(0, cpu.registers().control(0) | AFP);
        mode(MODE_64);
    }

    Cpu cpu() {
        return cpu;
    }

    GuestMemory memory() {
        return memory;
    }

    /** Sets the PSW mask, with condition code 0. */
    void mode(long mask) {
        cpu.registers().psw(mask, START);
        cpu.pswLoaded();
    }

    /** Executes an instruction once: its program interruption code, 0 for none. */
    int once(String hex) {
        String digits = hex.replace(" ", "");
        long code = Long.parseUnsignedLong(digits, 16) << (64 - 4 * digits.length());
        Instruction instruction = InstructionTable.all().find(code);
        cpu.begin(START, digits.length() / 2);
        if (instruction == null) {
            return ProgramException.OPERATION.code();
        }
        try {
            instruction.execute(cpu, code);
            return 0;
        } catch (ProgramException exception) {
            cpu.raise(exception);
            cpu.vcpu().programInterruption().store(cpu.registers().lowcore());
            cpu.vcpu().programInterruption().clear();
            return exception.code();
        }
    }

    /** Executes an instruction, again as long as it is interrupted: how often it was. */
    int untilDone(String hex) {
        int times = 0;
        do {
            int code = once(hex);
            if (code != 0) {
                throw new AssertionError(hex + ": program interruption " + code);
            }
            times++;
        } while (cpu.registers().pswAddress() == START);
        return times;
    }

    OneCpu gr(int number, long value) {
        cpu.gr(number, value);
        return this;
    }

    long gr(int number) {
        return cpu.gr(number);
    }

    int cc() {
        return cpu.cc();
    }

    /** Stores bytes, in hexadecimal. */
    OneCpu store(long address, String hex) {
        byte[] bytes = bytes(hex);
        memory.putBytes(address, bytes, 0, bytes.length);
        return this;
    }

    /** Bytes of storage, in hexadecimal. */
    String load(long address, int length) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < length; i++) {
            hex.append(String.format(Locale.ROOT, "%02x", memory.getByte(address + i)));
        }
        return hex.toString();
    }

    static byte[] bytes(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    @Override
    public void close() {
        machine.close();
        memory.close();
    }
}
