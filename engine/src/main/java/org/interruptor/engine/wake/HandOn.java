package org.interruptor.engine.wake;

import java.util.Arrays;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.FloatingRing;

/**
 * What a vCPU does with floating interruptions that it leaves behind: it hands them on, gate by gate, so that none is pending
 * without a vCPU that knows of it.
 *
 * <p>Called where {@code interruptions.md}, section 3, says so: at the end of a delivery that leaves one behind (its gate is closed,
 * the vCPU is stopped, the pass ended early or by a fault), on entering a wait (also a disabled one), on leaving one other than
 * ready, on being stopped. Not at a slot that is claimed and not yet published: its producer will notify, and handing on there can
 * go round for ever. And not where a pass ended at an empty head: later heads notify by themselves.
 *
 * <p>Threads: the vCPU's own.
 */
public final class HandOn extends Padded {
    /** vCPUs that a machine can have at most: hand-ons are numbered by vCPU and count. */
    public static final int MAX_VCPUS = 1024;

    private final int vcpu;
    private final Floating floating;
    private final Notifier notifier;

    /** For each gate, the last head that was handed on to a running vCPU: once for each head, or it would go round for ever. */
    private final long[] lastToRunning = new long[Gate.values().length];

    /**
     * For each gate, the last head for which the hint was set again: once for each head. That is enough, since who clears the hint
     * by a word read behind it finds the head; and more would give all that is named by the word's epoch a new name, so that two
     * vCPUs would hand on to each other for ever.
     */
    private final long[] lastHinted = new long[Gate.values().length];

    /** The gates whose head was handed on in the present wait, and for each of these the head. */
    private int inWait;

    private final long[] lastInWait = new long[Gate.values().length];

    /** How often this vCPU has handed on, for stamps. Never goes back. */
    private long handedOn;

    /** Hands on what a machine has pending for any vCPU. */
    public HandOn(int vcpu, Floating floating, Notifier notifier) {
        this.vcpu = vcpu;
        this.floating = floating;
        this.notifier = notifier;
        Arrays.fill(lastToRunning, FloatingRing.NONE);
        Arrays.fill(lastHinted, FloatingRing.NONE);
    }

    /** Hands on the heads of all gates. */
    public void handOn() {
        for (int left = floating.candidates(); left != 0; left &= left - 1) {
            handOn(Integer.numberOfTrailingZeros(left));
        }
    }

    /** Hands on the head behind a gate; whether there is one. */
    public boolean handOn(Gate gate) {
        return handOn(gate.ordinal()) != FloatingRing.NONE;
    }

    private long handOn(int number) {
        Gate gate = Gate.ofOrdinal(number);
        long head = floating.head(gate);
        if (head != FloatingRing.NONE) {
            handOn(gate, head);
        }
        return head;
    }

    /** A wait begins: nothing was handed on in it. */
    void beginWait() {
        inWait = 0;
    }

    /**
     * Hands on the heads behind gates that the wait has closed, if they were not handed on in this wait yet. Behind an open gate the vCPU
     * has just found nothing; what comes there later notifies by itself.
     */
    void handOnInWait(int closed) {
        for (int left = floating.candidates() & closed; left != 0; left &= left - 1) {
            int number = Integer.numberOfTrailingZeros(left);
            long head = floating.head(Gate.ofOrdinal(number));
            boolean isHandedOn = (inWait & 1 << number) != 0 && head == lastInWait[number];
            if (head != FloatingRing.NONE && !isHandedOn) {
                handOn(Gate.ofOrdinal(number), head);
                inWait |= 1 << number;
                lastInWait[number] = head;
            }
        }
    }

    /** Whether something is pending behind any gate. */
    boolean isLeft() {
        for (int left = floating.candidates(); left != 0; left &= left - 1) {
            if (floating.head(Gate.ofOrdinal(Integer.numberOfTrailingZeros(left))) != FloatingRing.NONE) {
                return true;
            }
        }
        return false;
    }

    /** Whether this vCPU has handed on the present head behind a gate to a running one. */
    public boolean isHandedOn(Gate gate) {
        long head = floating.head(gate);
        return head != FloatingRing.NONE && head == lastToRunning[gate.ordinal()];
    }

    /** Whether the hint of the present head behind a gate was set again. */
    public boolean isHinted(Gate gate) {
        long head = floating.head(gate);
        return head != FloatingRing.NONE && head == lastHinted[gate.ordinal()];
    }

    /** Takes the hint of the present head as set again, or not. */
    public void restoreHint(Gate gate, boolean isHinted) {
        lastHinted[gate.ordinal()] = isHinted ? floating.head(gate) : FloatingRing.NONE;
    }

    /** Takes the present head as handed on to a running vCPU, or not. */
    public void restore(Gate gate, boolean isHeadHandedOn) {
        lastToRunning[gate.ordinal()] = isHeadHandedOn ? floating.head(gate) : FloatingRing.NONE;
    }

    /** Hands on {@code head}, which was pending behind a gate at some time. */
    public void handOn(Gate gate, long head) {
        long number = handedOn++ * MAX_VCPUS + vcpu;
        int index = gate.ordinal();
        if (head != lastHinted[index]) {
            lastHinted[index] = head;
            floating.handedOn(gate);
        }
        if (!notifier.handOnToWaiting(gate, number) && head != lastToRunning[index]) {
            lastToRunning[index] = head;
            notifier.handOnToRunning(vcpu, number);
        }
    }
}
