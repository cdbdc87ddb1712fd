package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Line;

/**
 * The page-fault initial interruption of one vCPU: a slot for one token of 64 bits, any of which is valid.
 *
 * <pre>
 *           compare-and-set          token, then volatile store
 *  EMPTY -----------------&gt; FILLING ---------------------------&gt; FULL
 *    ^                                                             |
 *    '----------------- taken: the vCPU's own thread --------------'
 * </pre>
 *
 * <p>A slot that is being filled is BUSY for a second injector and empty for the vCPU: an injector that is stopped there delays nobody.
 *
 * <p>Threads: {@link #put} any, the rest the vCPU's own. Ordering: {@link #put} ends with a volatile store and is followed by the
 * atomic operation that announces it, the injector's full fence.
 */
public final class PageFault extends Line {
    private static final long EMPTY = 0;
    private static final long FILLING = 1;
    private static final long FULL = 2;

    private static final VarHandle STATE = WORD_0;
    private static final VarHandle TOKEN = WORD_1;

    /** None is pending. */
    public PageFault() {}

    /** Makes one pending; false, with no effect, if one is. */
    public boolean put(long token) {
        if (!STATE.compareAndSet(this, EMPTY, FILLING)) {
            return false;
        }
        TOKEN.setOpaque(this, token);
        STATE.setVolatile(this, FULL);
        return true;
    }

    /** Whether one is pending. Volatile: a wait decides by it. */
    public boolean isPending() {
        return (long) STATE.getVolatile(this) == FULL;
    }

    /** The token of the one that is pending. */
    public long token() {
        return (long) TOKEN.getOpaque(this);
    }

    /** Takes the one that is pending: its token. Only where {@link #isPending}. */
    public long take() {
        long token = token();
        STATE.setRelease(this, EMPTY);
        return token;
    }
}
