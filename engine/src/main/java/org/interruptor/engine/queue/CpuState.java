package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Line;

/**
 * The state of one CPU and the order in progress at it, in one word that is changed by compare-and-set. So no order needs a place
 * in a queue, stop and restart cannot change places, and what was accepted is carried out once.
 *
 * <pre>
 *   63          32 31          8 7     6 5    2 1     0
 *  | parameter    | -           | reset | order| state |
 * </pre>
 *
 * <p>An order is accepted by a compare-and-set from no order to that order; the vCPU's own thread takes it by one that clears it
 * and sets the state that follows. A reset is accepted beside any order, and cancels it.
 *
 * <p>Threads: {@link #start}, {@link #accept}, {@link #acceptReset} and the reads any, the rest the vCPU's own. Ordering: volatile.
 * The acceptance is followed by a post into the {@link Mailbox}, which announces it.
 */
public final class CpuState extends Line {
    /** State: stopped. */
    public static final int STOPPED = 0;
    /** State: operating. */
    public static final int OPERATING = 1;
    /** State: load. It takes nothing; for sense it operates. */
    public static final int LOAD = 2;
    /** State: check stop. It takes nothing; only a reset ends it. */
    public static final int CHECK_STOP = 3;

    /** No order in progress. */
    public static final int NO_ORDER = 0;
    /** Order: stop. */
    public static final int STOP = 1;
    /** Order: stop and store status. */
    public static final int STOP_AND_STORE_STATUS = 2;
    /** Order: restart. */
    public static final int RESTART = 3;
    /** Order: set prefix; the parameter is the prefix. */
    public static final int SET_PREFIX = 4;
    /** Order: store status at address; the parameter is the address. */
    public static final int STORE_STATUS = 5;
    /** Order of the embedder: load a PSW, which is kept beside this word, and operate. */
    public static final int LOAD_PSW = 6;

    /** No reset in progress. */
    public static final int NO_RESET = 0;
    /** CPU reset. */
    public static final int CPU_RESET = 1;
    /** Initial CPU reset. */
    public static final int INITIAL_CPU_RESET = 2;
    /** Clear reset: of the whole machine. */
    public static final int CLEAR_RESET = 3;

    private static final long STATE = 3;
    private static final int ORDER_SHIFT = 2;
    private static final long ORDER = 15L << ORDER_SHIFT;
    private static final int RESET_SHIFT = 6;
    private static final long RESET = 3L << RESET_SHIFT;
    private static final long PARAMETER = -1L << 32;

    /** Bits that no word has. */
    public static final long UNUSED = ~(STATE | ORDER | RESET | PARAMETER);

    private static final VarHandle WORD = WORD_0;

    private final PswLoad pswLoad = new PswLoad(this);

    /** Operating, without an order. */
    public CpuState(boolean isOperating) {
        WORD.setRelease(this, isOperating ? (long) OPERATING : STOPPED);
    }

    // Any thread.

    /** The word, for the static readers. Volatile. */
    public long word() {
        return (long) WORD.getVolatile(this);
    }

    /** The state in a word. */
    public static int stateIn(long word) {
        return (int) (word & STATE);
    }

    /** The order in progress in a word. */
    public static int orderIn(long word) {
        return (int) ((word & ORDER) >>> ORDER_SHIFT);
    }

    /** The reset in progress in a word. */
    public static int resetIn(long word) {
        return (int) ((word & RESET) >>> RESET_SHIFT);
    }

    /** The parameter of the order in a word. */
    public static int parameterIn(long word) {
        return (int) (word >>> 32);
    }

    /** Whether a word has an order or a reset in progress. */
    public static boolean isBusy(long word) {
        return (word & (ORDER | RESET)) != 0;
    }

    /** Whether a word has something in progress that the run loop carries out, and no delivery: a reset, or one of its orders. */
    public static boolean isForRunLoop(long word) {
        int order = orderIn(word);
        return resetIn(word) != NO_RESET
                || order == STOP_AND_STORE_STATUS
                || order == STORE_STATUS
                || order == LOAD_PSW;
    }

    /** Whether the CPU operates: not stopped, in load or check stop. */
    public boolean isOperating() {
        return stateIn(word()) == OPERATING;
    }

    /** From stopped to operating, also while an order is in progress; whether it was stopped. */
    public boolean start() {
        while (true) {
            long word = word();
            if (stateIn(word) != STOPPED) {
                return false;
            }
            if (WORD.compareAndSet(this, word, word | OPERATING)) {
                return true;
            }
        }
    }

    /**
     * From stopped to operating.
     *
     * @param expected the word by which the caller has decided: stopped.
     * @return false, with no effect, if the word has changed: an order or a reset was accepted meanwhile.
     */
    public boolean start(long expected) {
        return WORD.compareAndSet(this, expected, expected | OPERATING);
    }

    /**
     * Accepts an order.
     *
     * @param expected the word by which the caller has decided.
     * @return false, with no effect, if the word has changed.
     */
    public boolean accept(long expected, int order, int parameter) {
        long word = (expected & (STATE | RESET)) | (long) order << ORDER_SHIFT | (long) parameter << 32;
        return WORD.compareAndSet(this, expected, word);
    }

    /**
     * Accepts a reset; it cancels the order in progress, and the stronger of two wins.
     *
     * @return whether it has cancelled a stop, a restart or a set prefix: what is delivered otherwise.
     */
    public boolean acceptReset(int reset) {
        while (true) {
            long word = word();
            long stronger = Math.max(resetIn(word), reset);
            if (WORD.compareAndSet(this, word, (word & STATE) | stronger << RESET_SHIFT)) {
                clearPsw(word);
                int order = orderIn(word);
                return order == STOP || order == RESTART || order == SET_PREFIX;
            }
        }
    }

    /** The PSW that the order {@link #LOAD_PSW} loads. */
    public PswLoad pswLoad() {
        return pswLoad;
    }

    // The vCPU's own thread.

    /**
     * Takes the order in progress.
     *
     * @param expected the word in which it was seen.
     * @param state that follows.
     * @return false, with no effect, if the word has changed: a reset has cancelled the order, or the CPU was started.
     */
    public boolean take(long expected, int state) {
        boolean isTaken = WORD.compareAndSet(this, expected, (expected & RESET) | state);
        if (isTaken) {
            clearPsw(expected);
        }
        return isTaken;
    }

    /** By the one that has taken the order out of the word. */
    private void clearPsw(long taken) {
        if (orderIn(taken) == LOAD_PSW) {
            pswLoad.clear();
        }
    }

    /** Enters a state; order and reset in progress stay. */
    public void enter(int state) {
        while (true) {
            long word = word();
            if (WORD.compareAndSet(this, word, (word & ~STATE) | state)) {
                return;
            }
        }
    }

    /** Ends the reset that was seen in a word, unless a stronger one was accepted since; the CPU is stopped. */
    public boolean endReset(long expected) {
        return WORD.compareAndSet(this, expected, (long) STOPPED);
    }

    /** Restores a saved word. Threads: one, while no other uses the machine. */
    public void restore(long word) {
        WORD.setVolatile(this, word & (STATE | ORDER | RESET | PARAMETER));
    }
}
