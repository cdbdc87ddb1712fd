package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Line;

/**
 * The I/O interruption of one subchannel: at most one is pending, as in the architecture.
 *
 * <pre>
 *  STATE    63              18 17      2 1    0         state: IDLE, INJECTING, QUEUED, WITHDRAWN
 *          | entry             | version | state |      entry: sequence number and subclass of its entry in an {@link IoRing}
 *  PAYLOAD | interruption parameter | identification word |
 *
 *           inject: compare-and-set        entry published
 *   IDLE ----------------------&gt; INJECTING ----------------&gt; QUEUED --- taken: compare-and-set ---&gt; IDLE
 *     ^                                                       | ^
 *     |                                 withdraw: compare-and-set | | inject: valid again
 *     '------------ the dead entry is passed ------------ WITHDRAWN
 * </pre>
 *
 * <p>The state decides, with the entry in it: a taker of an older entry, or of one in another ring, cannot take a newer one. The version changes with each
 * payload that replaces another, so a taker never delivers a payload that was replaced before its compare-and-set.
 *
 * <p>Threads: any. Ordering: volatile; the states are changed by compare-and-set only.
 */
public final class Subchannel extends Line {
    static final int IDLE = 0;
    static final int INJECTING = 1;
    static final int QUEUED = 2;
    static final int WITHDRAWN = 3;

    private static final long STATE_MASK = 3;
    private static final int VERSION_SHIFT = 2;
    private static final long VERSION = 1L << VERSION_SHIFT;
    private static final long VERSION_MASK = 0xffffL << VERSION_SHIFT;
    private static final int ENTRY_SHIFT = 18;

    private static final VarHandle STATE = WORD_0;
    private static final VarHandle PAYLOAD = WORD_1;
    private static final VarHandle SUBCLASS = WORD_2;

    /** When the pending one was injected. Opaque: written before the state, read before the state is changed. */
    private static final VarHandle SINCE = WORD_3;

    private final int subsystemId;

    /** The source of one subchannel. */
    public Subchannel(int subsystemId) {
        this.subsystemId = subsystemId;
    }

    /** Its subsystem-identification word. */
    public int subsystemId() {
        return subsystemId;
    }

    long state() {
        return (long) STATE.getVolatile(this);
    }

    static int kindIn(long state) {
        return (int) (state & STATE_MASK);
    }

    static long entryIn(long state) {
        return state >>> ENTRY_SHIFT;
    }

    /** A state of the same version. */
    static long with(long state, long entry, int kind) {
        return entry << ENTRY_SHIFT | (state & VERSION_MASK) | kind;
    }

    static long nextVersion(long state) {
        return (state & ~VERSION_MASK) | ((state + VERSION) & VERSION_MASK);
    }

    boolean change(long expected, long state) {
        return STATE.compareAndSet(this, expected, state);
    }

    /** Only in INJECTING, which is the caller's. */
    void queued(long entry) {
        STATE.setVolatile(this, with(state(), entry, QUEUED));
    }

    long payload() {
        return (long) PAYLOAD.getVolatile(this);
    }

    void payload(long payload) {
        PAYLOAD.setVolatile(this, payload);
    }

    long since() {
        return (long) SINCE.getOpaque(this);
    }

    void since(long since) {
        SINCE.setOpaque(this, since);
    }

    /** The subclass in whose ring its last entry is. */
    int subclass() {
        return (int) (long) SUBCLASS.getVolatile(this);
    }

    void subclass(int subclass) {
        SUBCLASS.setVolatile(this, (long) subclass);
    }

    /** Whether an interruption is pending. */
    public boolean isPending() {
        int kind = kindIn(state());
        return kind == QUEUED || kind == INJECTING;
    }

    /** Takes the pending interruption back: it will not be delivered. False if there is none, or if it is taken already. */
    public boolean withdraw() {
        while (true) {
            long state = state();
            if (kindIn(state) != QUEUED) {
                return false;
            }
            if (change(state, with(state, entryIn(state), WITHDRAWN))) {
                return true;
            }
        }
    }
}
