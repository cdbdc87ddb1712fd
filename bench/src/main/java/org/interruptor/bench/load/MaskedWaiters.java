package org.interruptor.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.VcpuUnderTest;
import org.interruptor.bench.trial.MeasurementRefused;

/**
 * vCPUs that are parked in the wait during a whole trial, each on a thread of its own, with the gate of floating interruptions
 * closed: the last ones of the machine. Threads: one.
 */
final class MaskedWaiters {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = 1_000_000;

    /** What these threads need: a thousand of them with the usual stacks would take a gigabyte of address space. */
    private static final long STACK_BYTES = 256 << 10;

    private final EngineUnderTest engine;
    private final int first;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    MaskedWaiters(EngineUnderTest engine, int count) {
        this.engine = engine;
        this.first = engine.vcpuCount() - count;
    }

    /** Starts them, and waits until all are parked. */
    void start() {
        for (int i = first; i < engine.vcpuCount(); i++) {
            VcpuUnderTest vcpu = engine.vcpu(i);
            Thread thread = new Thread(null, () -> wait(vcpu), "waiter-" + i, STACK_BYTES);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        awaitAll(Thread.State.WAITING, "did not park");
    }

    private void wait(VcpuUnderTest vcpu) {
        try {
            vcpu.floatingGate(false);
            while (!over) {
                vcpu.await();
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Refuses what was measured if one of them did not wait all the time. */
    void check() {
        for (Thread thread : threads) {
            if (thread.getState() != Thread.State.WAITING) {
                throw new MeasurementRefused("thread " + thread.getName() + " did not wait: " + failure.get());
            }
        }
    }

    /** Ends them, also those that have failed. */
    void end() {
        over = true;
        for (int i = first; i < engine.vcpuCount(); i++) {
            engine.vcpu(i).kick();
        }
        awaitAll(Thread.State.TERMINATED, "did not end");
    }

    private void awaitAll(Thread.State state, String complaint) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (Thread thread : threads) {
            while (thread.getState() != state) {
                if (failure.get() != null || System.nanoTime() - deadline > 0) {
                    throw new MeasurementRefused("thread " + thread.getName() + " " + complaint + ": " + failure.get());
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }
}
