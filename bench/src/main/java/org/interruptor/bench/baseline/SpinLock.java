package org.interruptor.bench.baseline;

import com.lmax.disruptor.Sequence;

/**
 * A lock for whose holder one spins.
 *
 * <p>A spinner yields after a while: the threads of a JVM, unlike those of a kernel, are preempted while they hold a lock.
 */
final class SpinLock {
    private static final long FREE = 0;
    private static final long HELD = 1;
    private static final int LOOKS_BEFORE_YIELD = 1000;

    /** A padded word. */
    private final Sequence word = new Sequence(FREE);

    @SuppressWarnings("ThreadPriorityCheck") // the holder may need the core
    void acquire() {
        int looks = 0;
        while (word.get() != FREE || !word.compareAndSet(FREE, HELD)) {
            if (++looks % LOOKS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    void release() {
        word.set(FREE); // release
    }
}
