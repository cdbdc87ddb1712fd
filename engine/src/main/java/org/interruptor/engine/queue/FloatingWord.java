package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.padding.Line;

/**
 * What floating interruptions a machine has pending beside the service ring: one word, so that a pass looks at one place however
 * many gates there are.
 *
 * <pre>
 *   63                  20 19              18               17       16    15 ... 8        7 ... 0
 *  | epoch                | service event | channel report | timing | key | I/O ring 7..0 | adapter 7..0 |
 * </pre>
 *
 * <p>Adapter interruptions, the interrupt key and the channel report: the bit <em>is</em> the interruption, and who clears it
 * delivers it. I/O rings, the timing alert and the service event: the bit is a hint, set behind the publication. A pass that found nothing behind a
 * hint clears it by a compare-and-set against the word that it had read <em>before</em> it looked: an injection or hand-on
 * in between has changed the epoch.
 *
 * <p>Threads: any. Ordering: {@link #set} is one compare-and-set, also when the bit is set: the injector's full fence between what
 * it has published and its look at the waiting vCPUs. Its partner is the fence of a wait between opening and looking.
 */
public final class FloatingWord extends Line {
    /** The adapter interruption of subclass 0; the others follow. */
    public static final int ADAPTER = 1;
    /** The adapter interruptions of all subclasses. */
    static final int ADAPTERS = 0xff;
    /** The ring of subclass 0; the others follow. */
    public static final int IO_RING = 1 << 8;
    /** Interrupt key. */
    public static final int KEY = 1 << 16;
    /** Timing alert. */
    public static final int TIMING_ALERT = 1 << 17;
    /** Channel report. */
    public static final int CHANNEL_REPORT = 1 << 18;
    /** Service event. */
    public static final int SERVICE_EVENT = 1 << 19;

    private static final int EPOCH_SHIFT = 20;
    private static final long EPOCH = 1L << EPOCH_SHIFT;
    private static final int SUBCLASSES = 0xff;

    private static final VarHandle WORD = WORD_0;

    /** The word. Volatile: a wait decides by it. */
    public long word() {
        return (long) WORD.getVolatile(this);
    }

    /** The epoch of a word: a stamp and the name of a head. */
    public static long epochIn(long word) {
        return word >>> EPOCH_SHIFT;
    }

    /** Whether a word has a bit. */
    public static boolean has(long word, int bit) {
        return (word & bit) != 0;
    }

    /**
     * Sets a bit and begins a new epoch.
     *
     * @return the word as it was before.
     */
    public long set(int bit) {
        while (true) {
            long word = word();
            if (WORD.compareAndSet(this, word, (word | bit) + EPOCH)) {
                return word;
            }
        }
    }

    /** The bits that are interruptions themselves. */
    public int interruptions() {
        return (int) word() & (ADAPTERS | KEY | CHANNEL_REPORT);
    }

    /** Takes the interruption that a bit is; whether the caller has it. */
    public boolean take(int bit) {
        while (true) {
            long word = word();
            if ((word & bit) == 0) {
                return false;
            }
            if (WORD.compareAndSet(this, word, word & ~(long) bit)) {
                return true;
            }
        }
    }

    /** Clears a hint behind which nothing was found since the word was read. */
    public void clear(long seen, int bit) {
        WORD.compareAndSet(this, seen, seen & ~(long) bit);
    }

    /** The gates behind which a word says that something may be pending. */
    public static int gatesIn(long word) {
        int bits = (int) word;
        if ((bits & (EPOCH - 1)) == 0) {
            return 0;
        }
        int subclasses = (bits | bits >>> 8) & SUBCLASSES;
        return subclasses << Gate.IO_0.ordinal()
                | ((bits & KEY) != 0 ? Gate.INTERRUPT_KEY.bit() : 0)
                | ((bits & TIMING_ALERT) != 0 ? Gate.TIMING_ALERT.bit() : 0)
                | ((bits & CHANNEL_REPORT) != 0 ? Gate.CHANNEL_REPORT.bit() : 0)
                | ((bits & SERVICE_EVENT) != 0 ? Gate.SERVICE.bit() : 0);
    }
}
