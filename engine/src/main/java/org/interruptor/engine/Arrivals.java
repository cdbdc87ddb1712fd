package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What has come to one vCPU from outside, and what of it the vCPU has seen: attention and kicks are computed from the
 * difference, so neither needs a flag that both sides write, a clear, or a fence of the owner's.
 *
 * <pre>
 *  written by injectors, kickers, notifiers      written by the vCPU's own thread
 *  ({@link ArrivedWords}, a line each)                  (here, another line)
 *  EMERGENCIES  arrived since the start   &lt;--&gt;   as of the last look
 *  RECORDS      arrived since the start   &lt;--&gt;   as of the last look
 *  NOTIFIED     stamp of the last notice  &lt;--&gt;   as of the last look, or NEVER: left set
 *  KICKS        kicks since the start     &lt;--&gt;   as of the last look; and as of the last kick taken
 * </pre>
 *
 * <p>Attention is set where a left-hand word differs from its right-hand one. Each left-hand word changes <em>after</em>
 * what it announces is published, to a value that it never had before. The owner reads it with acquire and then the
 * queues: what it has seen announced it finds, and what is announced later differs. An announcement that is written late
 * over a newer one differs as well. Closing is no exception: {@link Delivery} asks for it after it has seen the notice.
 *
 * <p>EMERGENCIES doubles as the queue of emergency signals, see {@link LocalQueue}.
 */
final class Arrivals extends ArrivedWords {
    /** A stamp that no notice carries. */
    private static final long NEVER = -1;

    private static final VarHandle SEEN_EMERGENCIES;
    private static final VarHandle SEEN_RECORDS;
    private static final VarHandle SEEN_NOTIFIED;
    private static final VarHandle SEEN_KICKS;
    private static final VarHandle KICKS_TAKEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SEEN_EMERGENCIES = lookup.findVarHandle(Arrivals.class, "seenEmergencies", long.class);
            SEEN_RECORDS = lookup.findVarHandle(Arrivals.class, "seenRecords", long.class);
            SEEN_NOTIFIED = lookup.findVarHandle(Arrivals.class, "seenNotified", long.class);
            SEEN_KICKS = lookup.findVarHandle(Arrivals.class, "seenKicks", long.class);
            KICKS_TAKEN = lookup.findVarHandle(Arrivals.class, "kicksTaken", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused")
    private long seenEmergencies;

    @SuppressWarnings("unused")
    private long seenRecords;

    @SuppressWarnings("unused")
    private long seenNotified;

    private long seenKicks;
    private long kicksTaken;

    // Any thread: announce. The caller has published what it announces.

    /**
     * Counts one emergency signal in: this is its injection. Volatile, so in one order with the read of the wait word
     * that follows it; pairs with the full fence of {@link WaitWord#open} and the look after it.
     */
    void announceEmergency() {
        EMERGENCIES.getAndAdd(this, 1L);
    }

    /** As {@link #announceEmergency}, but only if exactly {@code expected} have arrived so far. */
    boolean announceEmergencyAfter(long expected) {
        return EMERGENCIES.compareAndSet(this, expected, expected + 1);
    }

    /** Counts several emergency signals in. */
    void announceEmergencies(long count) {
        EMERGENCIES.getAndAdd(this, count);
    }

    /** A record was published in the vCPU's ring. Volatile, pairs as {@link #announceEmergency}. */
    void announceRecord() {
        RECORDS.getAndAdd(this, 1L);
    }

    /** Somebody thinks that the vCPU should look at the floating queue. Release; pairs with the acquire in {@link #see}. */
    void announceFloating(long stamp) {
        NOTIFIED.setRelease(this, stamp);
    }

    /** A kick. Volatile, pairs as {@link #announceEmergency}. */
    void announceKick() {
        KICKS.getAndAdd(this, 1L);
    }

    /** How many emergency signals have arrived. Acquire. */
    long emergencies() {
        return (long) EMERGENCIES.getAcquire(this);
    }

    // The vCPU's own thread.

    /** Looks at what was announced but for the vCPU's own queue. Acquire; the caller then looks at the queues. */
    void see() {
        SEEN_NOTIFIED.setOpaque(this, (long) NOTIFIED.getAcquire(this));
        SEEN_KICKS.setOpaque(this, (long) KICKS.getAcquire(this));
    }

    /**
     * Looks at what was announced for the vCPU's own queue, and leaves attention as it is. Acquire; the caller then reads the
     * ring: it finds all records that were announced when this read the count of them, though it does not use that count.
     *
     * @return how many emergency signals have arrived.
     */
    long lookLocal() {
        RECORDS.getAcquire(this);
        return emergencies();
    }

    /**
     * Looks at what was announced for the vCPU's own queue. Acquire; the caller then reads the ring.
     *
     * @return how many emergency signals have arrived.
     */
    long seeLocal() {
        SEEN_RECORDS.setOpaque(this, (long) RECORDS.getAcquire(this));
        long arrived = emergencies();
        SEEN_EMERGENCIES.setOpaque(this, arrived);
        return arrived;
    }

    /** Leaves attention set, whatever was seen. */
    void leaveAttention() {
        SEEN_NOTIFIED.setOpaque(this, NEVER);
    }

    /** Whether a kick came since the last {@link #see}. */
    boolean isKickedSinceLook() {
        return (long) KICKS.getAcquire(this) != seenKicks;
    }

    /** Takes all kicks up to now. */
    boolean takeKick() {
        long kicks = (long) KICKS.getVolatile(this);
        if (kicks == kicksTaken) {
            return false;
        }
        KICKS_TAKEN.setOpaque(this, kicks);
        return true;
    }

    /** Has seen all that was announced but what a saved state says. Threads: one, while no other uses the machine. */
    void restore(boolean isAttention, boolean isKickPending) {
        takeKick();
        if (isKickPending) {
            announceKick();
        }
        see();
        seeLocal();
        if (isAttention) {
            leaveAttention();
        }
    }

    // Any thread: exact on the vCPU's own, a good guess elsewhere.

    /** Something came since the last look, or was left. The innermost check of an emulator: no branch but the caller's. */
    boolean isAttention() {
        return (((long) EMERGENCIES.getOpaque(this) ^ (long) SEEN_EMERGENCIES.getOpaque(this))
                        | ((long) RECORDS.getOpaque(this) ^ (long) SEEN_RECORDS.getOpaque(this))
                        | ((long) NOTIFIED.getOpaque(this) ^ (long) SEEN_NOTIFIED.getOpaque(this))
                        | ((long) KICKS.getOpaque(this) ^ (long) SEEN_KICKS.getOpaque(this)))
                != 0;
    }

    /** A kick has not been taken yet. */
    boolean isKickPending() {
        return (long) KICKS.getOpaque(this) != (long) KICKS_TAKEN.getOpaque(this);
    }
}
