package org.interruptor.tools.guest;

import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.instruction.Interpreter;

/** A machine of one CPU that executes code which a test writes as numbers. A program interruption goes to a handler that waits. */
public final class GuestCpu implements AutoCloseable {
    /** 64-bit addressing. */
    public static final long MASK = 0x0000_0001_8000_0000L;

    public static final long DAT = 0x0400_0000_0000_0000L;
    public static final long SECONDARY = 0x0000_8000_0000_0000L;
    public static final long HOME = 0x0000_c000_0000_0000L;
    public static final long PROBLEM_STATE = 0x0001_0000_0000_0000L;
    public static final int CODE = 0x8000;

    private static final long WAIT = 0x0002_0000_0000_0000L;
    private static final int PROGRAM_CODE = 0x8e;
    private static final int PROGRAM_OLD_PSW = 0x150;
    private static final int PROGRAM_NEW_PSW = 0x1d0;

    public final GuestMemory memory;
    public final Cpu cpu;

    private final Machine machine;
    private final Interpreter interpreter;

    public GuestCpu(int size) {
        memory = GuestMemory.allocate(size);
        machine = Machine.builder(memory).vcpus(1).build();
        cpu = new Cpu(machine.vcpu(0).bind(), new PlatformStub());
        cpu.registers().initialReset();
        interpreter = new Interpreter(cpu, null, null);
        memory.putLong(PROGRAM_NEW_PSW, MASK | WAIT);
        memory.putLong(PROGRAM_NEW_PSW + 8, 0xdead);
    }

    /** Writes code, six bytes a number at most: the leading digits are an instruction, as {@code "a7190001"}. */
    public void code(long absolute, String... instructions) {
        long address = absolute;
        for (String instruction : instructions) {
            for (int i = 0; i < instruction.length(); i += 2) {
                memory.putByte(address++, (byte) Integer.parseInt(instruction.substring(i, i + 2), 16));
            }
        }
    }

    /** Executes from an address until a program interruption comes, and returns its code. */
    public int run(long mask, long address) {
        memory.putShort(PROGRAM_CODE, (short) 0);
        cpu.registers().psw(mask, address);
        interpreter.run();
        if (cpu.vcpu().deliverPending() == Vcpu.FAULT) {
            throw new IllegalStateException(cpu.vcpu().fault().toString());
        }
        return memory.getShort(PROGRAM_CODE) & 0xffff;
    }

    /** Executes code that is written to {@link #CODE}, without DAT, and an invalid instruction behind it. */
    public int run(String... instructions) {
        return run(MASK, instructions);
    }

    public int run(long mask, String... instructions) {
        code(CODE, instructions);
        int length = String.join("", instructions).length() / 2;
        memory.putInt(CODE + length, 0);
        return run(mask, CODE);
    }

    public long oldAddress() {
        return memory.getLong(PROGRAM_OLD_PSW + 8);
    }

    public int oldCondition() {
        return (int) (memory.getLong(PROGRAM_OLD_PSW) >>> 44) & 3;
    }

    public long teid() {
        return memory.getLong(0xa8);
    }

    public void control(int number, long value) {
        cpu.loadControl(number, value);
    }

    @Override
    public void close() {
        machine.close();
        memory.close();
    }
}
