package org.interruptor.tools.guest;

import java.util.Arrays;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Whether any CPU is still active: the guest has ended when each is stopped or in a disabled wait and has no order in progress.
 *
 * <p>The engine carries out the orders. An order that can end a CPU's rest is sent under the lock, after its target was noted as
 * operating; the target's own thread notes the rest under the lock, when no order is in progress any more. So there is no moment
 * at which the guest only seems to have ended.
 *
 * <p>Threads: any, but for {@link #settle}. Only rare orders take the lock.
 */
final class CpuActivity {
    private static final int SENSE = 0x01;
    private static final int EXTERNAL_CALL = 0x02;
    private static final int EMERGENCY_SIGNAL = 0x03;
    private static final int CONDITIONAL_EMERGENCY_SIGNAL = 0x13;
    private static final int SENSE_RUNNING = 0x15;
    private static final int BUSY = 2;

    private final Machine machine;
    private final CpuState[] states;
    private final Runnable onEnd;

    /** All CPUs stopped; {@code onEnd} is called when the guest has ended, under the lock, and must not block. */
    CpuActivity(Machine machine, Runnable onEnd) {
        this.machine = machine;
        this.onEnd = onEnd;
        states = new CpuState[machine.vcpuCount()];
        Arrays.fill(states, CpuState.STOPPED);
    }

    synchronized CpuState state(int cpu) {
        return states[cpu];
    }

    /** A CPU starts, or is about to. */
    synchronized void operate(int cpu) {
        states[cpu] = CpuState.OPERATING;
    }

    /** SIGNAL PROCESSOR: the engine's answer. Threads: the sender's. */
    long signal(int sender, int address, int order, long parameter) {
        return switch (order) {
            case SENSE, EXTERNAL_CALL, EMERGENCY_SIGNAL, CONDITIONAL_EMERGENCY_SIGNAL, SENSE_RUNNING ->
                machine.signalProcessor(sender, address, order, parameter);
            default -> ordered(sender, address, order, parameter);
        };
    }

    private synchronized long ordered(int sender, int address, int order, long parameter) {
        long answer = machine.signalProcessor(sender, address, order, parameter);
        if (Machine.conditionCodeOf(answer) == 0) {
            expect(machine.vcpu(address));
        }
        return answer;
    }

    /** The operator, or the watchdog, restarts a CPU; false if another order is in progress. */
    synchronized boolean restart(int cpu) {
        VcpuHandle target = machine.vcpu(cpu);
        InjectResult result = target.injectRestart();
        if (result != InjectResult.ACCEPTED && result != InjectResult.COALESCED) {
            return false;
        }
        expect(target);
        return true;
    }

    /** The target looks at itself when the order is carried out. */
    private void expect(VcpuHandle target) {
        states[target.id()] = CpuState.OPERATING;
        target.request();
    }

    /** Notes whether a CPU is at rest. Threads: the CPU's own, whose PSW is published by this. */
    synchronized void settle(Cpu cpu) {
        Vcpu vcpu = cpu.vcpu();
        int id = vcpu.id();
        if (Machine.conditionCodeOf(machine.signalProcessor(id, id, SENSE, 0)) == BUSY) {
            vcpu.handle().request(); // again, behind the order
            return;
        }
        if (!vcpu.isOperating()) {
            states[id] = CpuState.STOPPED;
        } else if (cpu.isDisabledWait()) {
            states[id] = CpuState.DISABLED_WAIT;
        } else {
            return;
        }
        for (CpuState state : states) {
            if (state == CpuState.OPERATING) {
                return;
            }
        }
        onEnd.run();
    }
}
