package org.interruptor.engine;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.interruptor.engine.contract.Rules;

/**
 * {@link TestMachine}s with architecture rules: every gate of every vCPU is open, all new PSWs are valid and open too, and what
 * interruptions store in is zero at first.
 */
final class ArchitectureMachine {
    static final long IO_NEW_ADDRESS = 0xb000;
    static final long MACHINE_CHECK_NEW_ADDRESS = 0x9000;
    static final long SUPERVISOR_CALL_NEW_ADDRESS = 0xa000;

    private static final int SUPERVISOR_CALL_NEW_PSW = 0x1c0;
    private static final int IO_NEW_PSW = 0x1f0;
    private static final int MACHINE_CHECK_NEW_PSW = 0x1e0;
    private static final int STORED_FROM = 0x80;
    private static final int STORED_TO = 0xc8;

    private ArchitectureMachine() {}

    static TestMachine of(int vcpus) {
        return of(vcpus, options -> options);
    }

    static TestMachine of(int vcpus, UnaryOperator<MachineBuilder> options) {
        TestMachine machine = TestMachine.of(vcpus, builder -> options.apply(builder.rules(Rules.ARCHITECTURE)));
        machine.cpus().forEach(cpu -> open(machine, cpu));
        return machine;
    }

    private static void open(TestMachine machine, TestVcpu cpu) {
        cpu.registers().control(0, 0x2_0000_fe70L);
        cpu.registers().control(6, 0xff00_0000L);
        cpu.registers().control(14, 0x1f00_0000L);
        cpu.comparator(-1);
        cpu.vcpu().cpuTimer(Long.MAX_VALUE);
        newPsw(machine, cpu, SUPERVISOR_CALL_NEW_PSW, SUPERVISOR_CALL_NEW_ADDRESS);
        newPsw(machine, cpu, IO_NEW_PSW, IO_NEW_ADDRESS);
        newPsw(machine, cpu, MACHINE_CHECK_NEW_PSW, MACHINE_CHECK_NEW_ADDRESS);
        for (int i = STORED_FROM; i < STORED_TO; i++) {
            machine.storage().putByte(cpu.lowcore() + i, (byte) 0);
        }
    }

    private static void newPsw(TestMachine machine, TestVcpu cpu, int offset, long address) {
        machine.storage().putLong(cpu.lowcore() + offset, TestMachine.ENABLED);
        machine.storage().putLong(cpu.lowcore() + offset + Long.BYTES, address);
    }

    /** What differs from zero of what interruptions store in, by offsets in the lowcore. */
    static String stored(TestMachine machine, TestVcpu cpu) {
        StringBuilder text = new StringBuilder();
        boolean isRun = false;
        for (int i = STORED_FROM; i < STORED_TO; i++) {
            int value = machine.storage().getByte(cpu.lowcore() + i) & 0xff;
            boolean isPart = value != 0 || isInside(machine, cpu, i, isRun);
            if (isPart && !isRun) {
                text.append(text.isEmpty() ? "" : " ")
                        .append(Integer.toHexString(i))
                        .append(':');
            }
            if (isPart) {
                text.append(String.format(Locale.ROOT, "%02x", value));
            }
            isRun = isPart;
        }
        return text.toString();
    }

    /** A zero between two others. */
    private static boolean isInside(TestMachine machine, TestVcpu cpu, int offset, boolean isRun) {
        return isRun && offset + 1 < STORED_TO && machine.storage().getByte(cpu.lowcore() + offset + 1) != 0;
    }
}
