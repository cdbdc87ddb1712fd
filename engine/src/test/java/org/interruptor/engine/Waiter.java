package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.interruptor.engine.contract.WaitOutcome;

/** A thread that has entered the blocking wait of a vCPU. */
final class Waiter {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Thread thread;
    private volatile WaitOutcome outcome;
    private volatile boolean interruptedAtTheEnd;
    private volatile Throwable thrown;

    private Waiter(TestVcpu cpu, boolean interrupted) {
        VcpuHandle handle = cpu.handle();
        cpu.vcpu().unbind();
        thread = new Thread(
                () -> {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    Vcpu vcpu = handle.bind();
                    WaitOutcome reason;
                    try {
                        reason = vcpu.enterWait();
                    } finally {
                        interruptedAtTheEnd = Thread.currentThread().isInterrupted();
                        vcpu.unbind();
                    }
                    outcome = reason; // last: the test's thread may bind the vCPU now
                },
                "vCPU " + handle.id());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> thrown = e);
        thread.start();
    }

    /** Enters the wait on a thread of its own, and returns when it is open. */
    static Waiter of(TestVcpu cpu) {
        Waiter waiter = new Waiter(cpu, false);
        await("the wait to open", () -> cpu.handle().isWaiting() || waiter.outcome != null);
        return waiter;
    }

    /** As {@link #of}, and returns when the thread is parked. */
    static Waiter parked(TestVcpu cpu) {
        Waiter waiter = of(cpu);
        waiter.awaitParked();
        return waiter;
    }

    /** Enters the wait on a thread whose interrupt status is set. */
    static Waiter interrupted(TestVcpu cpu) {
        return new Waiter(cpu, true);
    }

    void awaitParked() {
        await(
                "the thread to be parked",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** How often the thread has been parked so far; 0 when it has ended. */
    long parks() {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        return info == null ? 0 : info.getWaitedCount();
    }

    Thread thread() {
        return thread;
    }

    boolean isWaiting() {
        return outcome == null;
    }

    /** Why the wait ended. */
    WaitOutcome outcome() {
        await("the wait to end", () -> outcome != null || thrown != null);
        assertThat(thrown).isNull();
        return outcome;
    }

    boolean isInterruptedAtTheEnd() throws InterruptedException {
        thread.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
        return interruptedAtTheEnd;
    }

    /** Waits for a condition, at most 20 seconds. */
    static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                fail("waited 20 seconds for " + what);
            }
            LockSupport.parkNanos(20_000);
        }
    }
}
