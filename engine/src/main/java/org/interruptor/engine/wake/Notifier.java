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
 * <p>Threads: any. Ordering: the caller has published, and has a full fence behind it, before it looks for waiting vCPUs here;
 * pairs with the fence of {@link Waiting} between opening the wait and looking again. Handing on needs no fence: a vCPU that
 * opens a wait looks at the head after it.
 */
public final class Notifier extends Padded {
    /** Of so few marked vCPUs the wait words alone say who waits. */
    private static final int FEW = 2;

    private final Waiters waiters;
    private final long[] idle; // the words of these sets, as VcpuSet keeps them
    private final long[] operating;
    private final Arrivals[] arrivals;
    private final WaitWord[] words;

    /**
     * For each gate, on a line of its own, the vCPU that its rotation chose last. Injectors race for it: one lost step now and then does
     * not make it unfair.
     */
    private final PaddedWords rotations = new PaddedWords(Gate.values().length * PaddedWords.PAD);

    /** Tells the vCPUs whose arrivals and wait words these are, by their numbers. */
    public Notifier(Arrivals[] arrivals, WaitWord[] words, Waiters waiters, VcpuSet operating) {
        this.arrivals = arrivals;
        this.words = words;
        this.waiters = waiters;
        idle = waiters.idle().words();
        this.operating = operating.words();
        for (Gate gate : Gate.values()) {
            rotation(gate, arrivals.length - 1);
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
        // All in locals: the loads that find them need not wait for the fence.
        long[] open = waiters.openInWait(gate).words();
        long[] waiting = idle;
        long[] operates = operating;
        int last = rotation(gate);
        if (!notifyWaiting(open, waiting, gate, stamp)) {
            // The look at the open gates may have passed the store, and a vCPU that opened its wait would have seen
            // neither. Pairs with the opening of the wait and the look behind it, in Waiting.
            VarHandle.fullFence();
            injected(open, waiting, operates, gate, last, stamp);
        }
    }

    /**
     * A floating interruption was published behind a gate, and the fence is behind the caller.
     *
     * @param stamp that no other announcement has.
     */
    public void injected(Gate gate, long stamp) {
        injected(waiters.openInWait(gate).words(), idle, operating, gate, rotation(gate), stamp);
    }

    private void injected(long[] open, long[] waiting, long[] operates, Gate gate, int last, long stamp) {
        if (!notifyWaiting(open, waiting, gate, stamp)) {
            notifyRunning(operates, waiting, gate, last, stamp);
        }
    }

    /**
     * Hands on the head behind a gate to the lowest waiting vCPU that may take it.
     *
     * @param number of the hand-on, which no other one has.
     * @return whether there was one.
     */
    boolean handOnToWaiting(Gate gate, long number) {
        return notifyWaiting(waiters.openInWait(gate).words(), idle, gate, Arrivals.handOnStamp(number));
    }

    /** Where nobody waits with the gate open this is one load, and no loop, up to 64 vCPUs. */
    private boolean notifyWaiting(long[] open, long[] waiting, Gate gate, long stamp) {
        return VcpuSet.isAny(open) && claimWaiting(open, waiting, gate, stamp);
    }

    private boolean claimWaiting(long[] open, long[] waiting, Gate gate, long stamp) {
        int count = VcpuSet.count(open);
        for (int i = 0; i < count; i++) {
            for (long bits = mayWait(open, waiting, i); bits != 0; bits &= bits - 1) {
                int vcpu = vcpu(i, bits);
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

    /**
     * Where to try a claim. Marks of open gates stay, but each wait writes its idle bit, twice: where the injector reads that
     * line, the vCPU that it wakes has to fetch it back before it is out of the wait. So the idle bits are read only where they
     * spare more wait words than they cost.
     */
    private static long mayWait(long[] open, long[] waiting, int index) {
        long marked = VcpuSet.word(open, index);
        return Long.bitCount(marked) <= FEW ? marked : marked & VcpuSet.word(waiting, index);
    }

    /** Hands on the head to the next higher-numbered vCPU that operates and does not wait, if there is one. */
    void handOnToRunning(int from, long number) {
        int next = nextRunning(operating, idle, from);
        if (next >= 0 && next != from) {
            arrivals[next].announce(Arrivals.handOnStamp(number));
        }
    }

    /** The vCPU that the rotation of a gate chose last. */
    public int rotation(Gate gate) {
        return (int) rotations.getOpaque(gate.ordinal() * PaddedWords.PAD);
    }

    /** Goes on behind a vCPU. Threads: for a saved state one, while no other uses the machine. */
    public void rotation(Gate gate, int vcpu) {
        rotations.setOpaque(gate.ordinal() * PaddedWords.PAD, vcpu);
    }

    private void notifyRunning(long[] operates, long[] waiting, Gate gate, int last, long stamp) {
        int next = nextRunning(operates, waiting, last);
        if (next < 0) {
            return;
        }
        if (next != last) {
            rotation(gate, next);
        }
        arrivals[next].announce(stamp);
    }

    /**
     * The next vCPU behind {@code after}, cyclically and {@code after} itself last, that operates and does not wait; or -1.
     *
     * @param after -1 in a machine without vCPUs.
     */
    private static int nextRunning(long[] operates, long[] waiting, int after) {
        if (after < 0) {
            return -1;
        }
        int first = after >>> 6;
        long nearby = running(operates, waiting, first);
        long behind = nearby & -2L << after;
        if (behind != 0) {
            return vcpu(first, behind);
        }
        int elsewhere = nextRunningElsewhere(operates, waiting, first);
        return elsewhere >= 0 || nearby == 0 ? elsewhere : vcpu(first, nearby); // up to it
    }

    private static int nextRunningElsewhere(long[] operates, long[] waiting, int first) {
        int words = VcpuSet.count(operates);
        int index = first;
        for (int i = 1; i < words; i++) {
            if (++index == words) { // no remainder: a division takes as long as all the rest
                index = 0;
            }
            long running = running(operates, waiting, index);
            if (running != 0) {
                return vcpu(index, running);
            }
        }
        return -1;
    }

    private static long running(long[] operates, long[] waiting, int index) {
        return VcpuSet.word(operates, index) & ~VcpuSet.word(waiting, index);
    }

    /** The vCPU of the lowest bit in a word. */
    private static int vcpu(int index, long bits) {
        return (index << 6) + Long.numberOfTrailingZeros(bits);
    }
}
