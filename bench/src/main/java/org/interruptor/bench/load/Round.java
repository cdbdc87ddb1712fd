package org.interruptor.bench.load;

import com.lmax.disruptor.Sequence;
import org.interruptor.bench.baseline.VcpuDuty;

/**
 * What the threads of one round share: when it began, whether injections are still made, how many have been delivered. Threads:
 * any.
 */
final class Round {
    /** Delivered by each vCPU, in words of their own. */
    private final Sequence[] delivered;

    private final boolean waiting;

    /** Injections that a closed loop has begun; padded, or it would share a line with what all others read. */
    private final Sequence begun = new Sequence(0);

    private volatile boolean started;
    private volatile boolean injecting = true;
    private volatile boolean over;
    private volatile boolean abandoned;
    private long start;
    private long end;

    Round(int vcpus, boolean waiting) {
        this.waiting = waiting;
        delivered = new Sequence[vcpus];
        for (int i = 0; i < vcpus; i++) {
            delivered[i] = new Sequence(0);
        }
    }

    /** Lets the injectors begin. */
    void begin(long nanos) {
        start = System.nanoTime();
        end = start + nanos;
        started = true;
    }

    /** Waits for the beginning. */
    void awaitBegin() {
        int attempt = 0;
        while (!started && !abandoned) {
            Backoff.pause(attempt++);
        }
    }

    /** When it began, by {@link System#nanoTime}. */
    long start() {
        return start;
    }

    /** When injections end, by {@link System#nanoTime}. */
    long end() {
        return end;
    }

    /** Whether further injections may be made. */
    boolean isInjecting() {
        return injecting;
    }

    void stopInjecting() {
        injecting = false;
    }

    /** Everybody go home: it has failed. */
    void abandon() {
        abandoned = true;
        injecting = false;
        over = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Everything has arrived. */
    void finish() {
        over = true;
    }

    /** How many have been delivered, by the answers of deliveries. */
    long delivered() {
        long sum = 0;
        for (Sequence one : delivered) {
            sum += one.get();
        }
        return sum;
    }

    /**
     * Begins one more injection of a closed loop, if there is room.
     *
     * @param outstanding begun and not yet delivered at most.
     */
    boolean tryBegin(int outstanding) {
        long before = begun.get();
        return before - delivered() < outstanding && begun.compareAndSet(before, before + 1);
    }

    /** What the thread of a vCPU is told. */
    VcpuDuty duty(int vcpu) {
        Sequence own = delivered[vcpu];
        return new VcpuDuty() {
            @Override
            public boolean isOver() {
                return over;
            }

            @Override
            public boolean isWaiting() {
                return waiting;
            }

            @Override
            public void delivered(int count) {
                own.set(own.get() + count); // one writer
            }
        };
    }
}
