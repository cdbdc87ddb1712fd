package org.interruptor.engine.wake;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;

/**
 * Which vCPU is told of a floating interruption: the lowest waiting one that may take it, else one that runs.
 *
 * <p>Notified is not owner: the vCPU that looks first takes it. In return each vCPU hands on what it leaves behind
 * ({@code interruptions.md}, section 3; the protocol is {@code wake.md}). Each floating gate has a rotation of its own.
 *
 * <p>Threads: any. Ordering: the caller has published, and has a full fence behind it, before it looks at the idle bits here;
 * pairs with the fence of {@link Waiting} between opening the wait and looking again. Handing on needs no fence: a vCPU that
 * opens a wait looks at the head after it.
 */
public final class Notifier extends Padded {
    private final Waiters waiters;
    private final VcpuSet operating;
    private final Arrivals[] arrivals;
    private final WaitWord[] words;

    /**
     * For each gate, the vCPU that its rotation chose last. Injectors race for it: one lost step now and then does not make it
     * unfair.
     */
    private final PaddedWords[] rotations = new PaddedWords[Gate.values().length];

    /** Tells the vCPUs whose arrivals and wait words these are, by their numbers. */
    public Notifier(Arrivals[] arrivals, WaitWord[] words, Waiters waiters, VcpuSet operating) {
        this.arrivals = arrivals;
        this.words = words;
        this.waiters = waiters;
        this.operating = operating;
        for (int i = 0; i < rotations.length; i++) {
            if ((waiters.gates() & 1 << i) != 0) {
                rotations[i] = new PaddedWords(1);
                rotations[i].setOpaque(0, arrivals.length - 1L);
            }
        }
    }

    /**
     * A floating interruption was published behind a gate, by a store without a fence. A claim that succeeds needs none: it is a
     * compare-and-set behind the store, and the vCPU that it wakes looks behind it. Where it succeeds, the fence would only make the
     * injector wait for the ring's cache line before it fetches those of the vCPU.
     *
     * @param stamp that no other announcement has.
     */
    public void published(Gate gate, long stamp) {
        if (!notifyWaiting(gate, stamp)) {
            // The look at the idle bits may have passed the store, and a vCPU that opened its wait would have seen
            // neither. Pairs with
            // the opening of the wait and the look behind it, in Waiting.
            VarHandle.fullFence();
            injected(gate, stamp);
        }
    }

    /**
     * A floating interruption was published behind a gate, and the fence is behind the caller.
     *
     * @param stamp that no other announcement has.
     */
    public void injected(Gate gate, long stamp) {
        if (!notifyWaiting(gate, stamp)) {
            int next = rotate(gate);
            if (next >= 0) {
                arrivals[next].announce(stamp);
            }
        }
    }

    /**
     * Hands on the head behind a gate to the lowest waiting vCPU that may take it.
     *
     * @param number of the hand-on, which no other one has.
     * @return whether there was one.
     */
    boolean handOnToWaiting(Gate gate, long number) {
        return notifyWaiting(gate, Arrivals.handOnStamp(number));
    }

    private boolean notifyWaiting(Gate gate, long stamp) {
        VcpuSet open = waiters.openInWait(gate);
        int count = open.wordCount();
        for (int i = 0; i < count; i++) {
            long mayWait = open.word(i); // first: vCPUs that wait with the gate closed cost no second load
            for (long bits = mayWait == 0 ? 0 : mayWait & waiters.idle().word(i); bits != 0; bits &= bits - 1) {
                int vcpu = (i << 6) + Long.numberOfTrailingZeros(bits);
                Object whom = words[vcpu].claim(gate);
                if (whom != null) {
                    arrivals[vcpu].announce(stamp);
                    words[vcpu].wake(whom);
                    return true;
                }
            }
        }
        return false;
    }

    /** Hands on the head to the next higher-numbered vCPU that operates and does not wait, if there is one. */
    void handOnToRunning(int from, long number) {
        int next = nextRunning(from);
        if (next >= 0 && next != from) {
            arrivals[next].announce(Arrivals.handOnStamp(number));
        }
    }

    /** The vCPU that the rotation of a gate chose last, for saving. */
    public int rotation(Gate gate) {
        return (int) rotations[gate.ordinal()].getOpaque(0);
    }

    /** Goes on behind a vCPU. Threads: one, while no other uses the machine. */
    public void rotation(Gate gate, int vcpu) {
        rotations[gate.ordinal()].setOpaque(0, vcpu);
    }

    private int rotate(Gate gate) {
        PaddedWords rotation = rotations[gate.ordinal()];
        int last = (int) rotation.getOpaque(0);
        int next = nextRunning(last);
        if (next >= 0 && next != last) {
            rotation.setOpaque(0, next);
        }
        return next;
    }

    /** The next vCPU behind {@code after}, cyclically and {@code after} itself last, that operates and does not wait; or -1. */
    private int nextRunning(int after) {
        int words = operating.wordCount();
        int index = after >>> 6;
        for (int i = 0; i <= words && words > 0; i++) { // a machine without vCPUs has none
            long running = operating.word(index) & ~waiters.idle().word(index);
            if (i == 0) {
                running &= -2L << after; // behind it
            } else if (i == words) {
                running &= ~(-2L << after); // up to it
            }
            if (running != 0) {
                return (index << 6) + Long.numberOfTrailingZeros(running);
            }
            if (++index == words) { // no remainder: a division takes as long as all the rest
                index = 0;
            }
        }
        return -1;
    }
}
