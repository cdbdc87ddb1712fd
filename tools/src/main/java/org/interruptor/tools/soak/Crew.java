package org.interruptor.tools.soak;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of one machine: vCPUs first, then injectors. Threads: one. */
final class Crew {
    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Thread> threads = new ArrayList<>();

    void add(String name, Runnable duty) {
        Thread thread = new Thread(duty, name);
        thread.setDaemon(true); // the process ends although one hangs
        threads.add(thread);
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void interrupt(int vcpu) {
        threads.get(vcpu).interrupt();
    }

    /** Bytes that all have allocated so far. */
    long allocatedBytes() {
        long[] ids = threads.stream().mapToLong(Thread::getId).toArray();
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(ids)) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /** Waits for the end of all; those that have not ended in time are violations. Whether all have. */
    boolean join(Violations violations) throws InterruptedException {
        long end = System.nanoTime() + JOIN_NANOS;
        boolean haveEnded = true;
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            if (thread.isAlive()) {
                haveEnded = false;
                violations.found("the thread of " + thread.getName() + " did not end after the machine was closed: "
                        + List.of(thread.getStackTrace()));
            }
        }
        return haveEnded;
    }
}
