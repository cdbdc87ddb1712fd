package org.interruptor.tools.guest;

import java.util.Locale;
import org.interruptor.engine.GuestCpu;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.gate.Registers;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.instruction.Interpreter;

/**
 * A CPU of the machine, and the thread that is its own: what the engine's run loop calls.
 *
 * <p>Threads: {@link #run} and what the engine calls are the CPU's; the rest before it was started or after it has ended.
 */
final class Processor implements Runnable, GuestCpu {
    private static final int REGISTERS = 16;
    private static final int STORED = StatusArea.HAS_FLOATING_POINT
            | StatusArea.HAS_GENERAL
            | StatusArea.HAS_ACCESS
            | StatusArea.HAS_FLOATING_POINT_CONTROL
            | StatusArea.HAS_TOD_PROGRAMMABLE;

    private final Vcpu vcpu;
    private final Cpu cpu;
    private final Interpreter interpreter;
    private final CpuActivity activity;
    private final MachineReset reset;
    private final Ending ending;

    Processor(Cpu cpu, CpuActivity activity, MachineReset reset, Ending ending, GuestMachineSetup setup) {
        this.vcpu = cpu.vcpu();
        this.cpu = cpu;
        this.activity = activity;
        this.reset = reset;
        this.ending = ending;
        interpreter = new Interpreter(cpu, setup.tracer(), setup.debugger());
    }

    Cpu cpu() {
        return cpu;
    }

    Thread start() {
        Thread thread = new Thread(this, "vcpu-" + vcpu.id());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The guest has ended: the CPU leaves the run loop. Threads: any. */
    void comeOut() {
        vcpu.handle().exit();
    }

    /** For a report, when the thread has ended. */
    String registers() {
        Registers registers = vcpu.registers();
        return String.format(
                Locale.ROOT,
                "vCPU %d %s: PSW %016x %016x, CR0 %016x, prefix %08x, clock comparator %016x",
                vcpu.id(),
                activity.state(vcpu.id()).label(),
                registers.pswMask(),
                registers.pswAddress(),
                registers.control(0),
                registers.prefix(),
                registers.clockComparator());
    }

    @Override
    public void run() {
        vcpu.handle().bind();
        try {
            if (vcpu.run(this) == RunOutcome.FAULT) { // PSW and lowcore are as the guest must see them
                ending.end(new GuestEnd(GuestEnd.Reason.IMPOSSIBLE, vcpu.fault().toString()));
            }
        } catch (Throwable thrown) { // a defect of this machine, or of the console: it ends the guest
            ending.failed(thrown);
        } finally {
            vcpu.unbind();
        }
    }

    // What the engine calls.

    @Override
    public long execute(Vcpu own) {
        return interpreter.run();
    }

    @Override
    public int storeStatus(StatusArea area) {
        for (int i = 0; i < REGISTERS; i++) {
            area.floatingPoint(i, cpu.fpr(i));
            area.general(i, cpu.gr(i));
            area.access(i, cpu.ar(i));
        }
        area.floatingPointControl(cpu.fpc());
        area.todProgrammable(cpu.programmableField());
        return STORED;
    }

    @Override
    public void reset(ResetKind kind) {
        cpu.reset(kind);
    }

    @Override
    public void stopped(Vcpu own) {
        settle();
    }

    @Override
    public void disabledWait(Vcpu own) {
        settle();
    }

    @Override
    public void requested(Vcpu own) {
        reset.goOn(cpu);
        settle();
    }

    private void settle() {
        if (!reset.isUnderWay(cpu)) {
            activity.settle(cpu);
        }
    }

    /** A new PSW that is enabled for a condition that stays, or whose first instruction cannot be executed. */
    @Override
    public void interruptionLoop(Vcpu own) {
        ending.stuck(String.format(
                Locale.ROOT,
                "vCPU %d is stuck: 1000 times in a row interruptions were delivered, and no instruction completed in between;"
                        + " its last program interruption had code 0x%02x",
                own.id(),
                own.registers().lowcore().programCode()));
        own.handle().exit();
    }
}
