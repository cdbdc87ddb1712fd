package org.interruptor.tools.guest;

import java.util.concurrent.atomic.AtomicReference;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.PswFormat;
import org.interruptor.tools.guest.diagnose.SystemReset;

/**
 * Resets the machine on behalf of one CPU: the engine resets and stops all, then that CPU loads the short PSW at absolute 0 and
 * starts.
 *
 * <pre>
 *   asking CPU: resetAndLoad --- all CPUs: reset, stopped --- last CPU: whenDone --- asking CPU: load, start
 * </pre>
 *
 * <p>Of two that ask at the same time the later one is reset by the earlier, and its request is dropped. No thread waits.
 *
 * <p>Threads: any CPU's.
 */
final class MachineReset implements SystemReset {
    private final Machine machine;
    private final CpuActivity activity;
    private final Runnable others;

    /** Who has asked, and gets the PSW. */
    private final AtomicReference<Cpu> asking = new AtomicReference<>();

    private volatile boolean isDone;

    /** {@code others} resets what is no CPU; it is called on the CPU's thread that has asked, while all are stopped. */
    MachineReset(Machine machine, CpuActivity activity, Runnable others) {
        this.machine = machine;
        this.activity = activity;
        this.others = others;
    }

    @Override
    public void resetAndLoad(Cpu cpu, boolean isClear) {
        cpu.leave();
        if (!asking.compareAndSet(null, cpu)) {
            return; // the reset is on its way to this CPU
        }
        machine.reset(isClear ? ResetKind.CLEAR : ResetKind.CPU, () -> {
            isDone = true;
            cpu.vcpu().handle().request();
        });
    }

    /** Whether a CPU has asked and not been started yet: it is not at rest, although it is stopped. */
    boolean isUnderWay(Cpu cpu) {
        return asking.get() == cpu;
    }

    /** Loads and starts the CPU that has asked, if all are reset. Threads: its own. */
    void goOn(Cpu cpu) {
        if (!isDone || !isUnderWay(cpu)) {
            return;
        }
        isDone = false;
        others.run();
        long psw = machine.storage().getLong(0);
        // Invalid where bit 12 was zero: the interruption for that comes first.
        cpu.vcpu().loadPsw(PswFormat.longMask(psw), PswFormat.longAddress(psw));
        activity.operate(cpu.id());
        cpu.vcpu().handle().start();
        asking.set(null);
    }
}
