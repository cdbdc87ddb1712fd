package org.interruptor.tools.soak;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;

/**
 * The loop of a vCPU as the guide for embedders has it, and an embedder that mends what its guest breaks. Threads: one of
 * its own.
 */
final class SoakVcpu implements Runnable {
    private static final long LEAST_PARK_NANOS = 1000;

    /** Of so many turns of the loop, one with a reset. */
    private static final int RESET_OF = 256;

    private final Vcpu vcpu;
    private final Guest guest;
    private final Stage stage;
    private final DeliveryBook deliveries;
    private final Violations violations;
    private final SplittableRandom random;
    private final boolean isFaulty;
    private final Runnable wakeUp = this::wakeUp;
    private Thread thread;
    private long faults;
    private volatile boolean isCalledBack;

    SoakVcpu(
            Vcpu vcpu,
            Guest guest,
            Stage stage,
            DeliveryBook deliveries,
            Violations violations,
            boolean isFaulty,
            SplittableRandom random) {
        this.vcpu = vcpu;
        this.guest = guest;
        this.stage = stage;
        this.deliveries = deliveries;
        this.violations = violations;
        this.isFaulty = isFaulty;
        this.random = random;
    }

    Guest guest() {
        return guest;
    }

    /** CPU resets, when its thread has ended. */
    long resets() {
        return deliveries.resets();
    }

    /** Faults mended, when its thread has ended. */
    long faults() {
        return faults;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            vcpu.handle().bind();
            while (step()) {}
        } catch (Throwable thrown) {
            violations.found("vCPU " + vcpu.id() + " threw " + thrown);
        }
    }

    /** One turn of the main loop; false once the machine is closed. */
    private boolean step() {
        if (stage.phase() == Stage.Phase.DRAINING) {
            guest.open();
        }
        long comparators = deliveries.count(InterruptionType.CLOCK_COMPARATOR);
        int delivered = vcpu.deliverPending();
        if (deliveries.count(InterruptionType.CLOCK_COMPARATOR) != comparators) {
            guest.comparatorDelivered();
        }
        if (delivered == Vcpu.CLOSED) {
            return false;
        }
        if (delivered == Vcpu.FAULT) {
            mend(vcpu.fault());
            return true;
        }
        if ((vcpu.flags() & CpuFlags.STOP) != 0 && vcpu.handle().takeStopOnStop()) {
            vcpu.stop();
        }
        if (isReset()) {
            vcpu.reset();
            deliveries.reset();
            return true; // a pass may have left a request that is gone now
        }
        if (delivered > 0 && stage.phase() == Stage.Phase.DRAINING) {
            return true; // the new PSW may have closed a gate: not to wait with that
        }
        if (!vcpu.isOperating() || PswMask.isWait(vcpu.registers().pswMask())) {
            waitsFor(isFaulty && random.nextInt(4) == 0 ? waitCalledBack() : vcpu.enterWait());
        } else {
            vcpu.takeKick(); // it is for guest code; one in front of a wait is left to the wait
            guest.run();
        }
        return true;
    }

    private boolean isReset() {
        return guest.isResetAtTimes() && stage.phase() == Stage.Phase.ACTIVE && random.nextInt(RESET_OF) == 0;
    }

    private void mend(LowcoreFault fault) {
        faults++;
        if (fault.vcpu() != vcpu.id() || fault.prefix() != vcpu.registers().prefix()) {
            violations.found("vCPU " + vcpu.id() + ": the fault is of another: " + fault);
        }
        guest.repair();
    }

    private void waitsFor(WaitOutcome outcome) {
        switch (outcome) {
            case TIMER -> checkTimer();
            case KICKED, INTERRUPTED -> {
                Thread.interrupted(); // the embedder's to clear
                if (random.nextBoolean()) {
                    guest.reload();
                }
            }
            case DISABLED -> guest.reload();
            case WAITING, NOT_WAITING -> violations.found("vCPU " + vcpu.id() + ": a wait ended with " + outcome);
            default -> {} // deliver, or the machine is closed
        }
    }

    private void checkTimer() {
        long now = vcpu.machine().clock().tod() + vcpu.registers().epoch();
        if (Long.compareUnsigned(vcpu.registers().clockComparator(), now) >= 0) {
            violations.found("vCPU " + vcpu.id() + ": the timer ended a wait "
                    + (vcpu.registers().clockComparator() - now) + " units early");
        }
    }

    /** The wait of an embedder with a scheduler of its own, which is this thread. */
    private WaitOutcome waitCalledBack() {
        isCalledBack = false;
        WaitOutcome outcome = vcpu.beginWait(wakeUp);
        if (outcome != WaitOutcome.WAITING) {
            return outcome;
        }
        long begun = System.nanoTime();
        long deadline = vcpu.waitDeadlineNanos();
        while (outcome == WaitOutcome.WAITING) {
            sleep(begun, deadline);
            isCalledBack = false; // before the end of the wait, which may open it again
            outcome = vcpu.endWait();
        }
        return outcome;
    }

    private void sleep(long begun, long deadline) {
        long end = deadline < 0 ? Long.MAX_VALUE : Math.max(deadline, System.nanoTime() - begun + LEAST_PARK_NANOS);
        while (!isCalledBack) {
            if (Thread.interrupted()) {
                vcpu.handle().kick();
                return;
            }
            if (deadline < 0) {
                LockSupport.park(this);
                continue;
            }
            long left = end - (System.nanoTime() - begun);
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private void wakeUp() {
        isCalledBack = true;
        LockSupport.unpark(thread);
    }
}
