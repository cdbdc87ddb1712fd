package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Line;

/**
 * What others ask of one vCPU that needs no contents: a bit for each kind, and an epoch that makes each announcement another one.
 *
 * <pre>
 *   63                           16 15        0
 *  | epoch: announcements so far   | bits      |
 * </pre>
 *
 * <p>The word has a line of its own, apart from the stamp: the vCPU looks at it between deliveries and must not fetch the line
 * that injectors write meanwhile.
 *
 * <p>Threads: {@link #post}, {@link #has} and {@link #bits} any, the rest the vCPU's own. Ordering: {@link #post} is one compare-and-set, also
 * when the bit was set already. It is the injector's full fence between what it has published and its look at the wait word;
 * the vCPU's partner is the fence of {@code WaitWord.open} and the look behind it.
 */
public final class Mailbox extends Line {
    /** Somebody calls the vCPU out; it stays until it is taken. */
    public static final int KICK = 1;
    /** The vCPU was started; a delivery takes it. */
    public static final int START = 1 << 1;

    /** An order or a reset was accepted. */
    public static final int ORDER = 1 << 2;
    /** The run loop has to return. */
    public static final int EXIT = 1 << 3;
    /** The embedder asked for a call of {@code requested}. */
    public static final int REQUEST = 1 << 4;
    /** The machine is paused, or goes on. */
    public static final int PAUSE = 1 << 5;
    /** A timer is due, or the clock was set. */
    public static final int TIMER = 1 << 6;

    /** What ends a wait beside an interruption and a kick. */
    public static final int ENDS_WAIT = START | EXIT | REQUEST | PAUSE | TIMER;

    /** Bits that a delivery leaves there. */
    private static final int STICKY = KICK | EXIT | REQUEST;

    /** What a saved state has of it beside kick and start: an announcement that no pass has taken out. */
    public static final int SAVED = ORDER | TIMER;

    private static final int BITS = 16;
    private static final int BIT_MASK = (1 << BITS) - 1;

    private static final VarHandle WORD = WORD_0;

    /**
     * Sets a bit and begins a new epoch.
     *
     * @return the epoch, which no other call has returned or will return.
     */
    long post(int bit) {
        while (true) {
            long word = (long) WORD.getVolatile(this);
            long posted = (word | bit) + (1L << BITS);
            if (WORD.compareAndSet(this, word, posted)) {
                return posted >>> BITS;
            }
        }
    }

    /** Whether one of some bits is set. Volatile. */
    public boolean has(int bit) {
        return ((long) WORD.getVolatile(this) & bit) != 0;
    }

    /** The bits. Acquire: what was published before they were posted is visible. */
    public int bits() {
        return (int) (long) WORD.getAcquire(this) & BIT_MASK;
    }

    /** Takes out the bits that are not {@link #STICKY}, and returns all that were set. */
    int harvest() {
        int bits = bits();
        while ((bits & ~STICKY) != 0) {
            long word = (long) WORD.getVolatile(this);
            bits = (int) word & BIT_MASK;
            if (WORD.compareAndSet(this, word, word & ~(bits & ~STICKY))) {
                break;
            }
        }
        return bits;
    }

    /** Takes out a bit; whether it was set. */
    boolean take(int bit) {
        return ((long) WORD.getVolatile(this) & bit) != 0
                && ((long) WORD.getAndBitwiseAnd(this, ~(long) bit) & bit) != 0;
    }
}
