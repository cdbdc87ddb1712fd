package org.interruptor.stress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Objects that are used again for sample after sample: to make one takes a hundred times as long as a sample. */
public final class Pool<T> {
    private final Supplier<T> maker;
    private final Deque<T> free = new ArrayDeque<>();

    public Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One that is free, or a new one. */
    public T take() {
        T one;
        synchronized (free) {
            one = free.poll();
        }
        return one == null ? maker.get() : one;
    }

    public void give(T one) {
        synchronized (free) {
            free.add(one);
        }
    }
}
