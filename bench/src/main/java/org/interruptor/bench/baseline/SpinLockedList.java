package org.interruptor.bench.baseline;

/** The design of the original: a doubly linked list under a spin lock, searched from the front. */
final class SpinLockedList extends PaddedFields implements InterruptionQueue {
    private final SpinLock lock = new SpinLock();
    private final int capacity;

    // Guarded by the lock; the size is looked at without it, as a hint.
    private Interruption first;
    private Interruption last;
    private volatile int size;

    SpinLockedList(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean offer(Interruption interruption) {
        lock.acquire();
        boolean accepted = size < capacity;
        if (accepted) {
            if (interruption.isUrgent()) {
                link(null, interruption, first);
            } else {
                link(last, interruption, null);
            }
            setSize(size + 1);
        }
        lock.release();
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
        lock.acquire();
        Interruption found = find(openGates);
        if (found != null) {
            unlink(found);
            setSize(size - 1);
        }
        lock.release();
        return found;
    }

    @Override
    public boolean isTakeable(long openGates) {
        lock.acquire();
        boolean found = find(openGates) != null;
        lock.release();
        return found;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }
}
