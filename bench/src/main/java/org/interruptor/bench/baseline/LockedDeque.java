package org.interruptor.bench.baseline;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;

/** An array deque under a {@link ReentrantLock}, searched from the front. */
final class LockedDeque extends PaddedFields implements InterruptionQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final int capacity;

    /** Guarded by the lock. */
    private final ArrayDeque<Interruption> queue = new ArrayDeque<>();

    /** Whether the queue is empty; changed with it. */
    private volatile boolean empty = true;

    LockedDeque(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean offer(Interruption interruption) {
        lock.lock();
        try {
            if (queue.size() >= capacity) {
                return false;
            }
            if (interruption.isUrgent()) {
                queue.addFirst(interruption);
            } else {
                queue.addLast(interruption);
            }
            empty = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Interruption take(long openGates) {
        lock.lock();
        try {
            Interruption taken = takeFirst(queue, openGates);
            empty = queue.isEmpty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Removes the first that may be taken from a deque that the caller has to itself. */
    static Interruption takeFirst(ArrayDeque<Interruption> queue, long openGates) {
        Interruption head = queue.peekFirst();
        if (head == null || head.isTakeable(openGates)) {
            return queue.pollFirst();
        }
        for (Iterator<Interruption> i = queue.iterator(); i.hasNext(); ) {
            Interruption one = i.next();
            if (one.isTakeable(openGates)) {
                i.remove();
                return one;
            }
        }
        return null;
    }

    /** Whether one of a deque that the caller has to itself may be taken. */
    static boolean hasTakeable(ArrayDeque<Interruption> queue, long openGates) {
        for (Interruption one : queue) {
            if (one.isTakeable(openGates)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isTakeable(long openGates) {
        lock.lock();
        try {
            return hasTakeable(queue, openGates);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isEmpty() {
        return empty;
    }
}
