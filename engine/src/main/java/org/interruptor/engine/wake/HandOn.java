package org.interruptor.engine.wake;

import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.queue.FloatingRing;

/**
 * What a vCPU does with a floating interruption that it leaves behind: it hands it on, so that none is pending without a vCPU
 * that knows of it. One for each vCPU and floating gate.
 *
 * <p>Called where {@code interruptions.md}, section 3, says so: at the end of a delivery that leaves one behind (its gate is
 * closed, the vCPU is stopped, the pass ended early or by a fault), on entering a wait (also a disabled one), on leaving one
 * other than ready, on being stopped. Not at a slot that is claimed and not yet published: its producer will notify, and handing
 * on there can go round for ever. And not where a pass ended at an empty head: later heads notify by themselves.
 *
 * <p>Threads: the vCPU's own.
 */
public final class HandOn extends Padded {
    /** vCPUs that a machine can have at most: hand-ons are numbered by vCPU and count. */
    public static final int MAX_VCPUS = 1024;

    private final int vcpu;
    private final Gate gate;
    private final FloatingRing ring;
    private final Notifier notifier;

    /** The last head that was handed on to a running vCPU: once for each head, or it would go round for ever. */
    private long lastToRunning = FloatingRing.NONE;

    /** How often this vCPU has handed on, for stamps. Never goes back. */
    private long handedOn;

    /** Hands on the heads of a ring that is behind a gate. */
    public HandOn(int vcpu, Gate gate, FloatingRing ring, Notifier notifier) {
        this.vcpu = vcpu;
        this.gate = gate;
        this.ring = ring;
        this.notifier = notifier;
    }

    /**
     * Hands on the head, if there is one.
     *
     * @return the head, or {@link FloatingRing#NONE}.
     */
    public long handOn() {
        long head = ring.head();
        if (head != FloatingRing.NONE) {
            handOn(head);
        }
        return head;
    }

    /** Whether this vCPU has handed on a head to a running one. */
    public boolean isHandedOn(long head) {
        return head != FloatingRing.NONE && head == lastToRunning;
    }

    /** Takes the present head as handed on to a running vCPU, or not. */
    public void restore(boolean isHeadHandedOn) {
        lastToRunning = isHeadHandedOn ? ring.head() : FloatingRing.NONE;
    }

    /** Hands on {@code head}, which was published at some time. */
    public void handOn(long head) {
        long number = handedOn++ * MAX_VCPUS + vcpu;
        if (!notifier.handOnToWaiting(gate, number) && head != lastToRunning) {
            lastToRunning = head;
            notifier.handOnToRunning(vcpu, number);
        }
    }
}
