package org.interruptor.engine;

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
 * <p>Ordering: all accesses are volatile. Threads: {@link #claim} and the reads any, the rest the vCPU's own.
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

    private final PaddedWords word = new PaddedWords(1);

    /**
     * Claims the wait, if it is open and has the gate open.
     *
     * @param gate a subclass mask, or 0 for what is taken always.
     * @return {@link #SPINNING} or {@link #PARKED}, what it was, to the one who has claimed it; else {@link #RUNNING}.
     */
    int claim(long gate) {
        while (true) {
            long current = word.getVolatile(0);
            int state = (int) (current & STATE);
            if ((state != SPINNING && state != PARKED) || (current & gate) != gate) {
                return RUNNING;
            }
            if (word.compareAndSet(0, current, NOTIFIED)) {
                return state;
            }
        }
    }

    int state() {
        return (int) (word.getVolatile(0) & STATE);
    }

    /** Whether the vCPU is in a wait that nobody has ended yet. */
    boolean isOpen() {
        int state = state();
        return state == SPINNING || state == PARKED;
    }

    /** The gates that the wait holds open; 0 where none is open. */
    long gates() {
        return word.getVolatile(0) & ~STATE;
    }

    void open(long gates) {
        word.setVolatile(0, SPINNING | gates);
    }

    /** From spinning to parked; false if it was claimed meanwhile. */
    boolean park(long gates) {
        return word.compareAndSet(0, SPINNING | gates, PARKED | gates);
    }

    /** Ends the wait: a claim of before is absorbed, none can come later. */
    void leave() {
        word.getAndSet(0, RUNNING);
    }
}
