package org.interruptor.tools.guest.sigp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.interruptor.engine.Machine;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.PswFormat;

/**
 * Resets the machine on behalf of one CPU: all others are reset and stopped, then that CPU is reset and goes on with the short PSW
 * at absolute 0.
 *
 * <p>The calling CPU's thread waits until the others have carried their resets out. Of two that want to reset at the same time
 * the later one is reset by the earlier, and its request is dropped; so nobody waits for a CPU that waits.
 *
 * <p>Threads: any CPU's.
 */
public final class SystemReset {
    private final Machine machine;
    private final CpuStates states;
    private final SignalProcessor signals;
    private final BooleanSupplier isRunning;
    private final Runnable others;
    private final AtomicBoolean resetting = new AtomicBoolean();

    /**
     * The resets of one machine.
     *
     * @param machine the engine's.
     * @param signals by which the other CPUs are reset.
     * @param states what the CPUs do.
     * @param isRunning whether the guest has not ended: else nobody carries out anything any more.
     * @param others resets what is no CPU.
     */
    public SystemReset(
            Machine machine, SignalProcessor signals, CpuStates states, BooleanSupplier isRunning, Runnable others) {
        this.machine = machine;
        this.signals = signals;
        this.states = states;
        this.isRunning = isRunning;
        this.others = others;
    }

    /**
     * Resets, and loads the PSW. Without effect where the CPU itself is being reset.
     *
     * @param cpu who asks; its thread calls.
     * @param clear a clear reset; else a CPU reset, which leaves registers alone.
     * @throws ProgramException EARLY_SPECIFICATION if the PSW is invalid.
     */
    public void resetAndLoad(Cpu cpu, boolean clear) {
        cpu.leave();
        while (!resetting.compareAndSet(false, true)) {
            if (isOvertaken(cpu)) {
                return;
            }
            Thread.onSpinWait();
        }
        try {
            if (!resetOthers(cpu, clear)) {
                return;
            }
            others.run();
            cpu.vcpu().reset();
            if (clear) {
                cpu.clearReset();
            }
        } finally {
            resetting.set(false);
        }
        long psw = machine.storage().getLong(0);
        cpu.loadPsw(PswFormat.longMask(psw), PswFormat.longAddress(psw)); // invalid where bit 12 was zero
    }

    /** The guest has ended, or another CPU resets this one: its order is carried out behind the instruction. */
    private boolean isOvertaken(Cpu cpu) {
        SigpOrder order = states.order(cpu.id());
        return !isRunning.getAsBoolean() || order == SigpOrder.CPU_RESET || order == SigpOrder.INITIAL_CPU_RESET;
    }

    private boolean resetOthers(Cpu cpu, boolean clear) {
        SigpOrder order = clear ? SigpOrder.INITIAL_CPU_RESET : SigpOrder.CPU_RESET;
        for (int i = 0; i < machine.vcpuCount(); i++) {
            while (i != cpu.id() && !signals.reset(i, order)) {
                if (isOvertaken(cpu)) {
                    return false;
                }
                Thread.onSpinWait();
            }
        }
        for (int i = 0; i < machine.vcpuCount(); i++) {
            while (i != cpu.id() && states.order(i) != null) {
                if (isOvertaken(cpu)) {
                    return false;
                }
                Thread.onSpinWait();
            }
        }
        return true;
    }
}
