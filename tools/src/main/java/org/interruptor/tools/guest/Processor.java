package org.interruptor.tools.guest;

import java.util.Locale;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.Vcpu;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.instruction.Interpreter;
import org.interruptor.tools.guest.instruction.Tracer;
import org.interruptor.tools.guest.sigp.CpuStates;
import org.interruptor.tools.guest.sigp.SignalProcessor;

/**
 * A CPU of the machine, and the thread that is its own.
 *
 * <p>Threads: {@link #run} is the CPU's; the rest before it was started or after it has ended.
 */
final class Processor implements Runnable {
    /** So many deliveries may follow one another with no instruction completed in between. */
    private static final int MOST_FRUITLESS = 1000;

    private final Vcpu vcpu;
    private final Cpu cpu;
    private final Interpreter interpreter;
    private final SignalProcessor signals;
    private final CpuStates states;
    private final Ending ending;

    /** Deliveries since the last instruction that was completed. */
    private int fruitless;

    Processor(Cpu cpu, SignalProcessor signals, CpuStates states, Ending ending, Tracer tracer) {
        this.vcpu = cpu.vcpu();
        this.cpu = cpu;
        this.signals = signals;
        this.states = states;
        this.ending = ending;
        interpreter = new Interpreter(cpu, tracer);
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

    /** Calls the CPU out of the wait or of guest code, to look whether the guest has ended. Threads: any. */
    void comeOut() {
        vcpu.handle().kick();
    }

    /** For a report, when the thread has ended. */
    String registers() {
        Registers registers = vcpu.registers();
        return String.format(
                Locale.ROOT,
                "vCPU %d %s: PSW %016x %016x, CR0 %016x, prefix %08x, clock comparator %016x",
                vcpu.id(),
                states.state(vcpu.id()).label(),
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
            loop();
        } catch (Throwable thrown) { // a defect of this machine, or of the console: it ends the guest
            ending.failed(thrown);
        } finally {
            vcpu.unbind();
        }
    }

    /** The main loop of a vCPU. */
    private void loop() {
        while (true) {
            int delivered = vcpu.deliverPending();
            if (delivered == Vcpu.CLOSED) {
                return;
            }
            if (delivered == Vcpu.FAULT) { // else PSW and lowcore are as the guest must see them
                ending.end(new GuestEnd(GuestEnd.Reason.IMPOSSIBLE, vcpu.fault().toString()));
                return;
            }
            if ((vcpu.flags() & CpuFlags.STOP) != 0 && vcpu.handle().takeStopOnStop()) {
                vcpu.stop(); // a stop order was delivered
                signals.stopped(cpu);
            }
            vcpu.takeKick(); // behind the delivery, and in front of a look at all that one kicks for
            if (!ending.isRunning()) {
                return;
            }
            signals.carryOut(cpu); // what cannot go through the queues: starting, resets, storing status
            if (vcpu.isOperating() && !cpu.isWaiting()) {
                executed(interpreter.run(), delivered); // until there is something to deliver, or to wait for
                continue;
            }
            switch (vcpu.enterWait()) {
                case READY, TIMER, KICKED, INTERRUPTED -> {} // deliver, or look why
                case DISABLED -> halt();
                default -> {
                    return; // closed
                }
            }
        }
    }

    /** A guest whose new PSW is enabled for a condition that stays is interrupted for ever, and executes nothing. */
    private void executed(boolean hasCompleted, int delivered) {
        if (hasCompleted) {
            fruitless = 0;
        } else if (delivered > 0) {
            fruitless++;
            if (fruitless == MOST_FRUITLESS) {
                cpu.platform()
                        .stuck(
                                cpu,
                                fruitless
                                        + " times in a row interruptions were delivered, and no instruction completed in between");
            }
        }
    }

    /**
     * Only a restart or a reset can end this wait: the engine's vCPU is stopped for it, so that its wait sleeps until an order
     * comes. Where there is nothing to wait for, the vCPU was stopped, and started just before it would have waited.
     */
    private void halt() {
        if (!cpu.isWaiting()) {
            return;
        }
        vcpu.stop();
        if (!states.halt(vcpu.id())) {
            vcpu.handle().start(); // an order was faster
        }
    }
}
