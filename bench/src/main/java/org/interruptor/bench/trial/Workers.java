package org.interruptor.bench.trial;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one round: placed, their time and their allocations counted, their failures kept. Threads: the one that made it;
 * if it is parked, the first failure unparks it.
 */
public final class Workers {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Placement placement;
    private final int count;
    private final long joinMillis;
    private final Thread owner = Thread.currentThread();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final LongAdder allocated = new LongAdder();
    private final LongAdder cpuNanos = new LongAdder();

    /**
     * Nobody works yet.
     *
     * @param placement where they will.
     * @param count how many there will be.
     */
    public Workers(Placement placement, int count) {
        this(placement, count, JOIN_MILLIS);
    }

    /** With another time that they may take to end. */
    Workers(Placement placement, int count, long joinMillis) {
        this.joinMillis = joinMillis;
        this.placement = placement;
        this.count = count;
    }

    /** Starts the next. */
    public void start(String name, Runnable body) {
        int number = threads.size();
        Thread thread = new Thread(() -> run(number, body), name);
        thread.setDaemon(true); // one that hangs is reported, and must not keep the JVM
        threads.add(thread);
        thread.start();
    }

    private void run(int number, Runnable body) {
        try {
            placement.place(number, count);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long cpuBefore = THREADS.getCurrentThreadCpuTime();
            body.run();
            cpuNanos.add(THREADS.getCurrentThreadCpuTime() - cpuBefore);
            allocated.add(THREADS.getCurrentThreadAllocatedBytes() - before);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            LockSupport.unpark(owner);
        }
    }

    /** Whether one has thrown. */
    public boolean isFailed() {
        return failure.get() != null;
    }

    /**
     * Waits for the end of all.
     *
     * @throws MeasurementRefused if one has thrown, or does not end.
     */
    public void join() {
        join(0);
    }

    /**
     * Waits for the end of all, that have just begun.
     *
     * @param nanos how long they work.
     * @throws MeasurementRefused if one has thrown, or does not end some seconds after that.
     */
    public void join(long nanos) {
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(nanos) + joinMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MeasurementRefused("interrupted", e);
            }
            if (thread.isAlive() && !isFailed()) {
                throw new MeasurementRefused("thread " + thread.getName() + " did not end");
            }
        }
        Throwable thrown = failure.get();
        if (thrown instanceof MeasurementRefused) {
            throw new MeasurementRefused(thrown.getMessage(), thrown);
        }
        if (thrown != null) {
            throw new MeasurementRefused("a thread failed: " + thrown, thrown);
        }
    }

    /**
     * Waits for the end of all after something went wrong.
     *
     * @param reason what went wrong, as others see it.
     * @return what one of them has thrown, if one has, else the reason.
     */
    public RuntimeException joinAfter(RuntimeException reason) {
        try {
            join();
            return reason;
        } catch (MeasurementRefused e) {
            return isFailed() ? e : reason;
        }
    }

    /** Nanoseconds that all were on a core; after {@link #join}. */
    public long cpuNanos() {
        return cpuNanos.sum();
    }

    /** Bytes that all have allocated; after {@link #join}. */
    public long allocatedBytes() {
        return allocated.sum();
    }
}
