package org.interruptor.bench.baseline;

import com.lmax.disruptor.Sequence;

/**
 * The design of the original: a doubly linked list under a spin lock, searched from the front.
 *
 * <p>A spinner yields after a while: the threads of a JVM, unlike those of a kernel, are preempted while they hold the lock.
 */
final class SpinLockedList extends PaddedFields implements InterruptionQueue {
    private static final long FREE = 0;
    private static final long HELD = 1;
    private static final int LOOKS_BEFORE_YIELD = 1000;

    /** A padded word. */
    private final Sequence lock = new Sequence(FREE);

    private final int capacity;

    // Guarded by the lock; the size is looked at without it, as a hint.
    private Interruption first;
    private Interruption last;
    private volatile int size;

    SpinLockedList(int capacity) {
        this.capacity = capacity;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the holder may need the core
    private void acquire() {
        int looks = 0;
        while (lock.get() != FREE || !lock.compareAndSet(FREE, HELD)) {
            if (++looks % LOOKS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void release() {
        lock.set(FREE); // release
    }

    @Override
    public boolean offer(Interruption interruption) {
        acquire();
        boolean accepted = size < capacity;
        if (accepted) {
            if (interruption.isUrgent()) {
                link(null, interruption, first);
            } else {
                link(last, interruption, null);
            }
            setSize(size + 1);
        }
        release();
        return accepted;
    }

    private void link(Interruption before, Interruption interruption, Interruption after) {
        interruption.previous = before;
        interruption.next = after;
        if (before == null) {
            first = interruption;
        } else {
            before.next = interruption;
        }
        if (after == null) {
            last = interruption;
        } else {
            after.previous = interruption;
        }
    }

    private void unlink(Interruption interruption) {
        if (interruption.previous == null) {
            first = interruption.next;
        } else {
            interruption.previous.next = interruption.next;
        }
        if (interruption.next == null) {
            last = interruption.previous;
        } else {
            interruption.next.previous = interruption.previous;
        }
    }

    private void setSize(int value) {
        size = value;
    }

    private Interruption find(long openGates) {
        Interruption one = first;
        while (one != null && !one.isTakeable(openGates)) {
            one = one.next;
        }
        return one;
    }

    @Override
    public Interruption take(long openGates) {
        if (size == 0) {
            return null;
        }
        acquire();
        Interruption found = find(openGates);
        if (found != null) {
            unlink(found);
            setSize(size - 1);
        }
        release();
        return found;
    }

    @Override
    public boolean isTakeable(long openGates) {
        if (size == 0) {
            return false;
        }
        acquire();
        boolean found = find(openGates) != null;
        release();
        return found;
    }
}
