package org.interruptor.engine.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.interruptor.engine.padding.Padded;

/**
 * Who found a queue full and wants to be called when there is space.
 *
 * <pre>
 *  register:  push (compare-and-set: the fence); look for space again; there is some: take the own call back
 *  taker:     take (compare-and-set of the queue: the fence); look at the stack; not empty: take all out and call them
 * </pre>
 *
 * <p>Either the taker sees the registration or the registration sees the space: both have an atomic operation between their store
 * and their volatile load. A call is claimed by one compare-and-set, so it is made once or taken back, never both.
 *
 * <p>Threads: any. No lock. Only a registration allocates.
 */
public final class SpaceWaiters extends Padded {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(SpaceWaiters.class, "top", Call.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A registration. */
    private static final class Call {
        private final Runnable callback;
        private final AtomicBoolean isClaimed = new AtomicBoolean();
        private Call next;

        Call(Runnable callback) {
            this.callback = callback;
        }

        boolean claim() {
            return isClaimed.compareAndSet(false, true);
        }
    }

    @SuppressWarnings("unused")
    private Call top;

    /** Nobody waits. */
    public SpaceWaiters() {}

    /**
     * Registers a call.
     *
     * @param isSpace whether there is space; volatile reads.
     * @return false if there is space already: the callback is not called.
     */
    public boolean register(Runnable callback, BooleanSupplier isSpace) {
        Call call = new Call(callback);
        while (true) {
            Call below = (Call) TOP.getVolatile(this);
            call.next = below;
            if (TOP.compareAndSet(this, below, call)) {
                break;
            }
        }
        // Where the call is claimed meanwhile it is made, though there is space.
        return !isSpace.getAsBoolean() || !call.claim();
    }

    /** Whether somebody waits. Volatile; the caller has taken something, by an atomic operation. */
    public boolean isAny() {
        return TOP.getVolatile(this) != null;
    }

    /** Calls all that wait, the first one first, by a method that catches what they throw. */
    public void callAll(Consumer<Runnable> by) {
        Call newest = (Call) TOP.getAndSet(this, (Call) null);
        Call oldest = null;
        while (newest != null) {
            Call below = newest.next;
            newest.next = oldest;
            oldest = newest;
            newest = below;
        }
        for (Call call = oldest; call != null; call = call.next) {
            if (call.claim()) {
                by.accept(call.callback);
            }
        }
    }
}
