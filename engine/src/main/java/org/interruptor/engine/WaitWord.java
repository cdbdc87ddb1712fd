package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The word that decides who ends a wait: one a vCPU, on a line of its own.
 *
 * <pre>
 *   63                                  2 1    0
 *  | subclass masks that the wait has open | state |
 *
 *              owner: open            owner: park
 *   RUNNING  ----------->  SPINNING  ------------>  PARKED
 *      ^                      | others: claim         | others: claim      the one compare-and-set that
 *      |    owner: leave      v                       v                    the rest of the world may do
 *      +------------------ NOTIFIED  &lt;---------------+
 * </pre>
 *
 * <p>The gates are subclass-mask bits of control register 0 (0x200, 0x4000), open where the PSW enables external
 * interruptions too; they do not meet the two bits of the state. All that a claim depends on is in the word that it
 * compares, so there is at most one winner for each wait and no number of the wait is needed.
 *
 * <p>Ordering: all accesses are volatile; opening is a release store and a full fence. Threads: {@link #claim} and the
 * reads any, the rest the vCPU's own.
 */
final class WaitWord extends Padded {
    /** No wait is open. */
    static final int RUNNING = 0;
    /** A wait is open and its thread awake: who claims it need not wake it. */
    static final int SPINNING = 1;
    /** A wait is open and its thread parked or about to be: who claims it must wake it. */
    static final int PARKED = 2;
    /** The wait is claimed: nobody else can claim it. */
    static final int NOTIFIED = 3;

    private static final long STATE = 3;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(WaitWord.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused")
    private long word;

    // spotless:off
    @SuppressWarnings("unused")
    private int // behind the word, since the fields of a class are laid out by size
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17,
            p20, p21, p22, p23, p24, p25, p26, p27,
            p30, p31, p32, p33, p34, p35, p36, p37;
    // spotless:on

    /**
     * Claims the wait, if it is open and has the gate open.
     *
     * @param gate a subclass mask, or 0 for what is taken always.
     * @return {@link #SPINNING} or {@link #PARKED}, what it was, to the one who has claimed it; else {@link #RUNNING}.
     */
    int claim(long gate) {
        while (true) {
            long current = (long) WORD.getVolatile(this);
            int state = (int) (current & STATE);
            if ((state != SPINNING && state != PARKED) || (current & gate) != gate) {
                return RUNNING;
            }
            if (WORD.compareAndSet(this, current, (long) NOTIFIED)) {
                return state;
            }
        }
    }

    int state() {
        return stateIn(word());
    }

    /** Whether the vCPU is in a wait that nobody has ended yet. */
    boolean isOpen() {
        int state = state();
        return state == SPINNING || state == PARKED;
    }

    /** The word: state and gates, for {@link #stateIn} and {@link #gatesIn}. */
    long word() {
        return (long) WORD.getVolatile(this);
    }

    static int stateIn(long word) {
        return (int) (word & STATE);
    }

    /** The gates that the wait holds open; 0 where none is open. */
    static long gatesIn(long word) {
        return word & ~STATE;
    }

    /**
     * Opens the wait, or opens it again after a claim. The full fence is the vCPU's half of the one with each injector,
     * kicker and closer: the owner looks at all that they write after it, they look here after they have written.
     */
    void open(long gates) {
        WORD.setRelease(this, SPINNING | gates); // nobody else changes it: no wait is open, or it is claimed
        VarHandle.fullFence();
    }

    /** From spinning to parked; false if it was claimed meanwhile. */
    boolean park(long gates) {
        return WORD.compareAndSet(this, SPINNING | gates, PARKED | gates);
    }

    /** Ends the wait: a claim of before is absorbed, none can come later. */
    void leave() {
        WORD.getAndSet(this, (long) RUNNING);
    }
}
