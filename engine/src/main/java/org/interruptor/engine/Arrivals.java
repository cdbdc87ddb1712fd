package org.interruptor.engine;

/**
 * What has come to one vCPU from outside, and what of it the vCPU has seen: attention and kicks are computed from the
 * difference, so neither needs a flag that both sides write, a clear, or a fence of the owner's.
 *
 * <pre>
 *  written by injectors, kickers, notifiers      written by the vCPU's own thread
 *  (arrivals, one line)                          (seen, another line)
 *  EMERGENCIES  arrived since the start   &lt;--&gt;   as of the last look
 *  RECORDS      arrived since the start   &lt;--&gt;   as of the last look
 *  NOTIFIED     stamp of the last notice  &lt;--&gt;   as of the last look, or NEVER: left set
 *  KICKS        kicks since the start     &lt;--&gt;   as of the last look; and as of the last kick taken
 * </pre>
 *
 * <p>Attention is set where a left-hand word differs from its right-hand one. Each left-hand word changes <em>after</em>
 * what it announces is published, to a value that it never had before (but for a head that is handed on twice, see
 * {@link Notifier}). The owner reads it with acquire and then the queues: what it has seen announced it finds, and what
 * is announced later differs. An announcement that is written late over a newer one differs as well.
 *
 * <p>EMERGENCIES doubles as the queue of emergency signals, see {@link LocalQueue}.
 */
final class Arrivals extends Padded {
    private static final int EMERGENCIES = 0;
    private static final int RECORDS = 1;
    private static final int NOTIFIED = 2;
    private static final int KICKS = 3;
    private static final int WORDS = 4;

    private static final int KICKS_TAKEN = WORDS;

    /** A stamp that no notice carries. */
    private static final long NEVER = -1;

    private final PaddedWords arrived = new PaddedWords(WORDS);
    private final PaddedWords seen = new PaddedWords(WORDS + 1);

    // Any thread: announce. The caller has published what it announces.

    /**
     * Counts one emergency signal in: this is its injection. Volatile, so in one order with the read of the wait word
     * that follows it; pairs with {@link Waiting}'s opening of the wait and the look after it.
     */
    void announceEmergency() {
        arrived.getAndAdd(EMERGENCIES, 1);
    }

    /** As {@link #announceEmergency}, but only if exactly {@code expected} have arrived so far. */
    boolean announceEmergencyAfter(long expected) {
        return arrived.compareAndSet(EMERGENCIES, expected, expected + 1);
    }

    /** A record was published in the vCPU's ring. Volatile, pairs as {@link #announceEmergency}. */
    void announceRecord() {
        arrived.getAndAdd(RECORDS, 1);
    }

    /** Somebody thinks that the vCPU should look at the floating queue. Release; pairs with the acquire in {@link #see}. */
    void announceFloating(long stamp) {
        arrived.setRelease(NOTIFIED, stamp);
    }

    /** A kick. Volatile, pairs as {@link #announceEmergency}. */
    void announceKick() {
        arrived.getAndAdd(KICKS, 1);
    }

    /** How many emergency signals have arrived. Acquire. */
    long emergencies() {
        return arrived.getAcquire(EMERGENCIES);
    }

    // The vCPU's own thread.

    /** Looks at what was announced but for the vCPU's own queue. Acquire; the caller then looks at the queues. */
    void see() {
        seen.setOpaque(NOTIFIED, arrived.getAcquire(NOTIFIED));
        seen.setOpaque(KICKS, arrived.getAcquire(KICKS));
    }

    /**
     * Looks at what was announced for the vCPU's own queue. Acquire; the caller then reads the ring.
     *
     * @return how many emergency signals have arrived.
     */
    long seeLocal() {
        seen.setOpaque(RECORDS, arrived.getAcquire(RECORDS));
        long emergencies = arrived.getAcquire(EMERGENCIES);
        seen.setOpaque(EMERGENCIES, emergencies);
        return emergencies;
    }

    /** Leaves attention set, whatever was seen. */
    void leaveAttention() {
        seen.setOpaque(NOTIFIED, NEVER);
    }

    /** Whether a kick came since the last {@link #see}. */
    boolean isKickedSinceLook() {
        return arrived.getAcquire(KICKS) != seen.getPlain(KICKS);
    }

    /** Takes all kicks up to now. */
    boolean takeKick() {
        long kicks = arrived.getVolatile(KICKS);
        if (kicks == seen.getPlain(KICKS_TAKEN)) {
            return false;
        }
        seen.setOpaque(KICKS_TAKEN, kicks);
        return true;
    }

    // Any thread: exact on the vCPU's own, a good guess elsewhere.

    /** Something came since the last look, or was left. */
    boolean isAttention() {
        return arrived.getOpaque(EMERGENCIES) != seen.getOpaque(EMERGENCIES)
                || arrived.getOpaque(RECORDS) != seen.getOpaque(RECORDS)
                || arrived.getOpaque(NOTIFIED) != seen.getOpaque(NOTIFIED)
                || arrived.getOpaque(KICKS) != seen.getOpaque(KICKS);
    }

    /** A kick has not been taken yet. */
    boolean isKickPending() {
        return arrived.getOpaque(KICKS) != seen.getOpaque(KICKS_TAKEN);
    }
}
