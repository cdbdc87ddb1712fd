package org.interruptor.engine.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Line;

/**
 * What has come to one vCPU from outside. Attention is one comparison: the stamp against the stamp that the vCPU has seen.
 *
 * <pre>
 *  written by others, one line ({@link Line})           written by the vCPU's own thread
 *  STAMP        the last announcement            &lt;--&gt;   SEEN: the stamp as of the last pass, or NEVER: attention stays
 *  EMERGENCIES  emergency signals since the start
 *  RECORDS      records since the start
 *  CONDITIONS   conditions since the start: {@link LocalConditions} says what they are
 *  OWNER        the id of the thread that the vCPU is bound to
 *  {@link Mailbox}, a line of its own: kick, start
 * </pre>
 *
 * <p><b>The rule of the stamp:</b> a value is stored at most once, ever, into one vCPU's stamp. Counts never go back, also not
 * on reset and restore.
 *
 * <pre>
 *  value, the kind in the low 4 bits       unique by
 *  EMERGENCY  count of emergency signals   the atomic addition to it
 *  RECORD     count of records             the atomic addition to it
 *  CONDITION  count of conditions          the atomic addition to it
 *  RING       ring and sequence number     one vCPU is told of an injection, once
 *  HAND_ON    count and vCPU               a count that each vCPU keeps over all its hand-ons
 *  MAILBOX    epoch of the mailbox         the compare-and-set of {@link Mailbox#post}
 *  CLOSED     a constant                   it never counts as seen
 * </pre>
 *
 * <p>Ordering: an announcer publishes, then has a full fence (its atomic operation), then stores the stamp with release. The
 * owner reads the stamp with acquire and then looks at the queues: it finds what this stamp and all earlier ones announce. That
 * one stamp stands for all earlier ones needs multi-copy atomic stores. x86 and ARMv8 have them. The Java memory model does not
 * promise it for release stores of different threads; the stress test {@code StampStandsForEarlierOnes} watches it.
 *
 * <p><b>The vCPU's own thread stores no stamp.</b> Its store could stand in the processor's store buffer while the pass behind it
 * reads that stamp back and looks at the queues, and reach memory behind that of another announcer, which would be lost. Its own
 * announcement leaves attention instead; the pass finds it in program order. The stress test {@code OwnAnnouncement} shows it.
 *
 * <p>Who decides to sleep looks at counts, mailbox and rings, never at the stamp.
 *
 * <p>EMERGENCIES doubles as the queue of emergency signals, see {@link LocalQueue}.
 */
public final class Arrivals extends Line {
    /** No stamp: the vCPU has not seen all that it has to. Odd in its kind, so no announcement has it. */
    private static final long NEVER = -1;

    private static final int KIND_BITS = 4;
    private static final int EMERGENCY = 1;
    private static final int RECORD = 2;
    private static final int RING = 3;
    private static final int HAND_ON = 4;
    private static final int MAILBOX = 5;
    private static final int CLOSED = 6;
    private static final int WORD = 7;
    private static final int CONDITION = 8;
    private static final int SIGNAL = 0;

    private static final VarHandle STAMP = WORD_0;
    private static final VarHandle EMERGENCIES = WORD_1;
    private static final VarHandle RECORDS = WORD_2;
    private static final VarHandle OWNER = WORD_3;
    private static final VarHandle CONDITIONS = WORD_4;
    private static final VarHandle SEEN;

    static {
        try {
            SEEN = MethodHandles.lookup().findVarHandle(Arrivals.class, "seen", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Mailbox mailbox = new Mailbox();

    /** Read by others for reports; written by the owner. */
    private long seen;

    // The owner alone, from here.

    /** The stamp as of the last look of a pass. */
    private long passStamp;

    /** What the last pass left, or the vCPU has left or announced to itself since: attention stays until the next pass. */
    private boolean isLeft;

    /** The mailbox had a kick as of the last look, which was not taken since. */
    private boolean isKickSeen;

    // Any thread: announce. The caller has published what it announces.

    /**
     * Counts one emergency signal in: this is its injection. The addition is the injector's full fence; its partner is the
     * fence of {@code WaitWord.open} and the look after it.
     */
    void announceEmergency() {
        stamp(EMERGENCY, (long) EMERGENCIES.getAndAdd(this, 1L) + 1);
    }

    /** As {@link #announceEmergency}, but only if exactly {@code expected} have arrived so far. */
    boolean announceEmergencyAfter(long expected) {
        if (!EMERGENCIES.compareAndSet(this, expected, expected + 1)) {
            return false;
        }
        stamp(EMERGENCY, expected + 1);
        return true;
    }

    /** Counts several emergency signals in. */
    void announceEmergencies(long count) {
        stamp(EMERGENCY, (long) EMERGENCIES.getAndAdd(this, count) + count);
    }

    /** A condition was put, or was pending already. Its put is the injector's full fence. */
    public void announceCondition() {
        stamp(CONDITION, (long) CONDITIONS.getAndAdd(this, 1L) + 1);
    }

    /** A record was published in the vCPU's ring. Full fence as {@link #announceEmergency}. */
    void announceRecord() {
        stamp(RECORD, (long) RECORDS.getAndAdd(this, 1L) + 1);
    }

    /**
     * The stamp of a floating injection: one vCPU is told of it.
     *
     * @param ring the number of the ring, 0 to 31.
     * @param sequence its sequence number there.
     */
    public static long floatingStamp(int ring, long sequence) {
        return (sequence << 5 | ring) << KIND_BITS | RING;
    }

    /**
     * The stamp of a vCPU that hands on a floating interruption.
     *
     * @param number one that no other hand-on has.
     */
    public static long handOnStamp(long number) {
        return number << KIND_BITS | HAND_ON;
    }

    /**
     * The stamp of what a {@link FloatingWord} tells of.
     *
     * @param epoch of the word.
     */
    public static long wordStamp(long epoch) {
        return epoch << KIND_BITS | WORD;
    }

    /**
     * The stamp of a signal that one CPU sends to another.
     *
     * @param sender its number, 0 to 1,023.
     * @param count of the signals that the sender has sent, from its own thread.
     */
    public static long signalStamp(int sender, long count) {
        return (count << 10 | sender) << KIND_BITS | SIGNAL;
    }

    /** Announces what {@link #floatingStamp} or {@link #handOnStamp} says. */
    public void announce(long stamp) {
        if (Thread.currentThread().getId() == (long) OWNER.getOpaque(this)) {
            leaveAttention();
        } else {
            // Behind the full fence of the caller, so it needs none of its own. Pairs with the acquire in look.
            STAMP.setRelease(this, stamp);
        }
    }

    /**
     * Posts into the mailbox.
     *
     * @param bit of {@link Mailbox}.
     */
    public void post(int bit) {
        stamp(MAILBOX, mailbox.post(bit));
    }

    /** The machine was closed, and that is visible. */
    public void announceClose() {
        announce(CLOSED);
    }

    private void stamp(int kind, long value) {
        announce(value << KIND_BITS | kind);
    }

    /** How many emergency signals have arrived. Volatile: a wait decides by it, behind its atomic operation. */
    public long emergencies() {
        return (long) EMERGENCIES.getVolatile(this);
    }

    /** How many records have arrived. Volatile, as {@link #emergencies}. */
    public long records() {
        return (long) RECORDS.getVolatile(this);
    }

    /** The mailbox: for looks that decide whether to sleep. */
    public Mailbox mailbox() {
        return mailbox;
    }

    // The vCPU's own thread.

    /**
     * A thread binds the vCPU, with a full fence in front, or unbinds it.
     *
     * @param id of the thread; 0 for none. Only the thread itself compares it with its own, so each sees what it has to.
     */
    public void owner(long id) {
        OWNER.setOpaque(this, id);
    }

    /** A pass begins to look, or looks anew while everything is still to be looked at. Acquire; the caller then looks. */
    public void look() {
        isLeft = false;
        passStamp = (long) STAMP.getAcquire(this);
    }

    /**
     * Whether anything was announced since the last look, also by the vCPU's own thread. Where it was not, nothing that is announced can
     * be new: not in the queues, not in the mailbox, and the machine is not closed. Acquire; the caller then looks.
     */
    public boolean isMoved() {
        return isLeft || passStamp != (long) STAMP.getAcquire(this);
    }

    /** Whether the pass that has just looked finds the stamp that the last pass has seen, and that one left nothing. */
    public boolean isSeen() {
        return passStamp == seen;
    }

    /**
     * Looks at the mailbox if the stamp has moved since it was looked at last, and takes out what a pass takes.
     *
     * @return the bits that were set; 0 where nothing can have been posted.
     */
    public int lookAtMailbox() {
        if (passStamp == seen) {
            return 0;
        }
        int bits = mailbox.harvest();
        isKickSeen = (bits & Mailbox.KICK) != 0;
        return bits;
    }

    /** Whether a kick came since the pass began: one from before does not keep the vCPU from delivering. */
    public boolean isKickedSincePass() {
        return !isKickSeen && (mailbox.bits() & Mailbox.KICK) != 0;
    }

    /**
     * A pass ends.
     *
     * @param isLeft whether it has not looked at all, or must be followed by another.
     */
    public void seen(boolean isLeft) {
        this.isLeft |= isLeft;
        settle();
    }

    /** Leaves attention set until the next pass. */
    public void leaveAttention() {
        isLeft = true;
        SEEN.setOpaque(this, NEVER);
    }

    private void settle() {
        SEEN.setOpaque(this, isLeft || isKickSeen || passStamp == CLOSED ? NEVER : passStamp);
    }

    /** Takes a bit out of the mailbox; whether it was set. */
    public boolean take(int bit) {
        return mailbox.take(bit);
    }

    /** Takes all kicks up to now. Computes what was seen anew; never sets it to the stamp. */
    public boolean takeKick() {
        if (!mailbox.take(Mailbox.KICK)) {
            return false;
        }
        isKickSeen = false;
        settle();
        return true;
    }

    /** Whether attention is set because of a kick that a pass has seen, and of nothing else. */
    public boolean isKickAlone() {
        return isKickSeen && !isLeft && passStamp == (long) STAMP.getAcquire(this);
    }

    /**
     * Has seen all that was announced but what a saved state says. Threads: one, while no other uses the machine.
     *
     * @param isAttention for anything but a kick.
     */
    public void restore(boolean isAttention, boolean isKickPending, boolean isStartPending) {
        mailbox.take(Mailbox.KICK);
        mailbox.harvest();
        if (isKickPending) {
            post(Mailbox.KICK);
        }
        look();
        lookAtMailbox();
        if (isStartPending) {
            post(Mailbox.START);
        }
        seen(isAttention);
    }

    // Any thread: exact on the vCPU's own, a good guess elsewhere.

    /** Something came since the last pass, or was left: two loads and a comparison. */
    public boolean isAttention() {
        return (long) STAMP.getOpaque(this) != (long) SEEN.getOpaque(this);
    }

    /** A kick has not been taken yet. */
    public boolean isKickPending() {
        return mailbox.has(Mailbox.KICK);
    }
}
