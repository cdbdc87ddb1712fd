package org.interruptor.engine;

/**
 * What a vCPU does with a floating interruption that it leaves behind: nobody lets one lie.
 *
 * <p>Called where {@code interruptions.md}, section 3, says so: at the end of a delivery (also by a fault), on entering a
 * wait (also a disabled one), on leaving one other than ready, on being stopped. Not at a slot that is claimed and not yet
 * published: its producer will notify, and handing on there can go round for ever.
 *
 * <p>Threads: the vCPU's own.
 */
final class HandOn extends Padded {
    private final int vcpu;
    private final FloatingQueue floating;
    private final Notifier notifier;

    /** The last head that was handed on to a running vCPU: once for each head, or it would go round for ever. */
    private long lastToRunning = FloatingQueue.NONE;

    /** How often this vCPU has handed on, for stamps. */
    private long handedOn;

    HandOn(int vcpu, FloatingQueue floating, Notifier notifier) {
        this.vcpu = vcpu;
        this.floating = floating;
        this.notifier = notifier;
    }

    /**
     * Hands on the head, if there is one.
     *
     * @return the head, or {@link FloatingQueue#NONE}.
     */
    long handOn() {
        long head = floating.head();
        if (head != FloatingQueue.NONE) {
            handOn(head);
        }
        return head;
    }

    /** Whether this vCPU has handed on a head to a running one. */
    boolean isHandedOn(long head) {
        return head != FloatingQueue.NONE && head == lastToRunning;
    }

    /** Takes the present head as handed on to a running vCPU, or not. */
    void restore(boolean isHeadHandedOn) {
        lastToRunning = isHeadHandedOn ? floating.head() : FloatingQueue.NONE;
    }

    /** Hands on {@code head}, which was published at some time. */
    void handOn(long head) {
        long stamp = Notifier.handOnStamp(vcpu, handedOn++);
        if (!notifier.handOnToWaiting(stamp) && head != lastToRunning) {
            lastToRunning = head;
            notifier.handOnToRunning(vcpu, stamp);
        }
    }
}
