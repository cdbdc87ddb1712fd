package org.interruptor.tools.guest;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.PswFormat;
import org.interruptor.tools.guest.diagnose.SystemReset;
import org.interruptor.tools.guest.loader.InitialPsw;

/**
 * Resets the machine on behalf of one CPU: the engine resets and stops all, then that CPU loads a PSW and starts: the short PSW at
 * absolute 0, or the first one of the guest, which it has loaded again.
 *
 * <pre>
 *   asking CPU: resetAndLoad, reload --- all CPUs: reset, stopped --- last CPU: whenDone --- asking CPU: load, start
 * </pre>
 *
 * <p>Of two that ask at the same time the later one is reset by the earlier, and its request is dropped. No thread waits.
 *
 * <p>Threads: any CPU's.
 */
final class MachineReset implements SystemReset {
    private final Machine machine;
    private final CpuActivity activity;
    private final GuestProgram program;
    private final Runnable others;

    /** Who has asked, and gets the PSW; no PSW if the guest has ended. */
    private record Request(Cpu cpu, Supplier<InitialPsw> psw) {}

    private final AtomicReference<Request> asking = new AtomicReference<>();

    private volatile boolean isDone;

    /** {@code others} resets what is no CPU; it is called on the CPU's thread that has asked, while all are stopped. */
    MachineReset(Machine machine, CpuActivity activity, GuestProgram program, Runnable others) {
        this.program = program;
        this.machine = machine;
        this.activity = activity;
        this.others = others;
    }

    @Override
    public void resetAndLoad(Cpu cpu, boolean isClear) {
        reset(isClear ? ResetKind.CLEAR : ResetKind.CPU, new Request(cpu, this::restartPsw));
    }

    @Override
    public void reload(Cpu cpu, boolean isClear) {
        if (program.canBeReloaded()) {
            reset(isClear ? ResetKind.CLEAR : ResetKind.INITIAL_CPU, new Request(cpu, () -> program.reload(isClear)));
        } else {
            cpu.vcpu().handle().exit();
            cpu.leave();
        }
    }

    private void reset(ResetKind kind, Request request) {
        Cpu cpu = request.cpu();
        cpu.leave();
        if (!asking.compareAndSet(null, request)) {
            return; // the reset is on its way to this CPU
        }
        machine.reset(kind, () -> {
            isDone = true;
            cpu.vcpu().handle().request();
        });
    }

    /** Whether a CPU has asked and not been started yet: it is not at rest, although it is stopped. */
    boolean isUnderWay(Cpu cpu) {
        Request request = asking.get();
        return request != null && request.cpu() == cpu;
    }

    /** Loads and starts the CPU that has asked, if all are reset. Threads: its own. */
    void goOn(Cpu cpu) {
        if (!isDone || !isUnderWay(cpu)) {
            return;
        }
        isDone = false;
        others.run();
        InitialPsw psw = asking.get().psw().get();
        if (psw == null) {
            return;
        }
        cpu.vcpu().loadPsw(psw.mask(), psw.address());
        activity.operate(cpu.id());
        cpu.vcpu().handle().start();
        asking.set(null);
    }

    /** Invalid where bit 12 was zero: the interruption for that comes first. */
    private InitialPsw restartPsw() {
        long psw = machine.storage().getLong(0);
        return new InitialPsw(PswFormat.longMask(psw), PswFormat.longAddress(psw));
    }
}
