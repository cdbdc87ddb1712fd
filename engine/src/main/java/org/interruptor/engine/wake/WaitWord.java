package org.interruptor.engine.wake;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.padding.Line;

/**
 * The word that decides who ends a wait: one a vCPU, on a line of its own.
 *
 * <pre>
 *   63              34 33             2 1     0
 *  | number of the wait | gates open    | state |
 *
 *              owner: open            owner: park
 *   RUNNING  ----------->  SPINNING  ------------>  PARKED
 *      ^                      | others: claim         | others: claim      the one compare-and-set that
 *      |    owner: leave      v                       v                    the rest of the world may do
 *      +------------------ NOTIFIED  &lt;---------------+
 * </pre>
 *
 * <p>All that a claim depends on is in the word that it compares, so there is at most one winner for each wait. Whom to wake, a
 * thread or a callback, is read before the claim: as the word has the number of the wait, the claim succeeds only if that was
 * the wait's own. So a claim calls the callback of its own wait or none. (The number has 30 bits: a claimer that stands between
 * its read and its compare-and-set for exactly 2^30 waits could be deceived.)
 *
 * <p>Ordering: opening is a release store, and the caller has a full fence behind it, before it looks again: an atomic
 * operation on the idle bits, or {@link VarHandle#fullFence}. Partners: the full fence of each injector, kicker and closer
 * between what it publishes and {@link #claim}. Leaving is a release store; the owner then clears its idle bit atomically.
 *
 * <p>Threads: {@link #claim}, {@link #wake} and the reads any, the rest the vCPU's own.
 */
public final class WaitWord extends Line {
    /** No wait is open. */
    public static final int RUNNING = 0;
    /** A wait is open and its thread awake: who claims it need not wake it. */
    public static final int SPINNING = 1;
    /** A wait is open and its thread parked or about to be: who claims it must wake it. */
    public static final int PARKED = 2;
    /** The wait is claimed: nobody else can claim it. */
    public static final int NOTIFIED = 3;

    private static final long STATE = 3;
    private static final int GATES_SHIFT = 2;
    private static final int NUMBER_SHIFT = 34;

    private static final VarHandle WORD = WORD_0;

    /** Of a wait whose thread spins. */
    private static final Object AWAKE = new Object();

    private final Tell tell;

    /** Whom to wake: a {@link Thread} or a {@link Runnable}. Written before the wait opens. */
    private Object waiter;

    /** The owner's: the number of the present wait. */
    private long number;

    /** A word without a wait. */
    public WaitWord(Tell tell) {
        this.tell = tell;
    }

    // Any thread.

    /**
     * Claims the wait, if it is open and has the gate open. The caller has published, with a full fence behind it, and calls
     * {@link #wake} with the answer.
     *
     * @return whom to wake; {@link #AWAKE} if that is not necessary; null if the caller has not ended a wait.
     */
    Object claim(Gate gate) {
        return claim(gate.bit());
    }

    private Object claim(int gates) {
        long gateBits = Integer.toUnsignedLong(gates) << GATES_SHIFT;
        while (true) {
            long current = (long) WORD.getVolatile(this);
            int state = (int) (current & STATE);
            if ((state != SPINNING && state != PARKED) || (current & gateBits) == 0) {
                return null;
            }
            Object whom = waiter; // of this wait, if the claim succeeds
            if (WORD.compareAndSet(this, current, current | NOTIFIED)) {
                return state == PARKED ? whom : AWAKE; // one that spins looks at the word before it parks
            }
        }
    }

    /** Wakes what a claim has returned. */
    void wake(Object whom) {
        if (whom instanceof Thread thread) {
            LockSupport.unpark(thread);
        } else if (whom != AWAKE) {
            tell.wokenUp((Runnable) whom);
        }
    }

    /** Claims the wait if it is open and has the gate open, and wakes its vCPU. As {@link #claim}. */
    public void claimAndWake(Gate gate) {
        Object whom = claim(gate);
        if (whom != null) {
            wake(whom);
        }
    }

    /** As {@link #claimAndWake(Gate)}, if it has one of several gates open. */
    public void claimAndWake(int gates) {
        Object whom = claim(gates);
        if (whom != null) {
            wake(whom);
        }
    }

    /** The state. */
    public int state() {
        return stateIn(word());
    }

    /** Whether the vCPU is in a wait that nobody has ended yet. */
    public boolean isOpen() {
        int state = state();
        return state == SPINNING || state == PARKED;
    }

    /** The word, for {@link #stateIn} and {@link #gatesIn}. */
    public long word() {
        return (long) WORD.getVolatile(this);
    }

    /** The state in a word. */
    public static int stateIn(long word) {
        return (int) (word & STATE);
    }

    /** The gates that the wait holds open. */
    public static int gatesIn(long word) {
        return (int) (word >>> GATES_SHIFT);
    }

    // The vCPU's own thread.

    /** A wait begins, for which a thread or a callback is to be woken; it is not open yet. */
    void begin(Object whom) {
        number++;
        waiter = whom;
    }

    /** Opens the wait, or opens it again after a claim. Release; a full fence is the caller's, before it looks again. */
    void open(int gates) {
        WORD.setRelease(this, word(SPINNING, gates)); // nobody else changes it: no wait is open, or it is claimed
    }

    /** From spinning to parked; false if it was claimed meanwhile. */
    boolean park(int gates) {
        return WORD.compareAndSet(this, word(SPINNING, gates), word(PARKED, gates));
    }

    /** Ends the wait. Release; the caller then clears its idle bit, which is its full fence. */
    void leave() {
        WORD.setRelease(this, (long) RUNNING);
    }

    private long word(int state, int gates) {
        return number << NUMBER_SHIFT | Integer.toUnsignedLong(gates) << GATES_SHIFT | state;
    }
}
