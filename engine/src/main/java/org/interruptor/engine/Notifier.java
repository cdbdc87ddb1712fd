package org.interruptor.engine;

/**
 * Who hears of a floating interruption: the lowest waiting vCPU that may take it, else one that runs.
 *
 * <p>Notified is not owner: whichever vCPU looks first takes it. In return nobody lets one lie, each hands on what it
 * leaves behind ({@code interruptions.md}, section 3; the protocol is {@code wake.md}).
 *
 * <p>A notice is a stamp in the vCPU's {@link Arrivals}, and no two are alike: one that is written late, over a newer one
 * that the vCPU has not seen, must not look like one that it has seen. Above 0 and even, it is the sequence number of an
 * injection; odd, the hand-on of a vCPU, by its number and a count of its own; below -1, a start.
 *
 * <p>Threads: any. Ordering: the caller has published, and has a full fence behind it, before it looks at the idle bits
 * here; pairs with the fence in {@link Waiting} between opening the wait and looking again. Handing on needs no fence:
 * who opens a wait looks at the head after it.
 */
final class Notifier extends Padded {
    private static final long FLOATING_GATE = InterruptionType.VIRTIO.subclassMask();

    private final VcpuSet idle;
    private final VcpuSet operating;
    private final Vcpu[] vcpus;

    /** The vCPU that the rotation chose last. Injectors race for it: one lost step now and then does not make it unfair. */
    private final PaddedWords rotation = new PaddedWords(1);

    /** Starts so far, for stamps. */
    private final PaddedWords starts = new PaddedWords(1);

    Notifier(Vcpu[] vcpus, VcpuSet idle, VcpuSet operating) {
        this.vcpus = vcpus;
        this.idle = idle;
        this.operating = operating;
        rotation.setOpaque(0, vcpus.length - 1L);
    }

    /** A floating interruption was published and the fence is behind the caller. */
    void injected(long sequence) {
        long stamp = 2 * sequence + 2;
        if (notifyWaiting(stamp)) {
            return;
        }
        int last = (int) rotation.getOpaque(0);
        int next = nextRunning(last);
        if (next >= 0) {
            if (next != last) {
                rotation.setOpaque(0, next);
            }
            vcpus[next].arrivals().announceFloating(stamp);
        }
    }

    /** The stamp of the {@code count}-th time that a vCPU hands on. */
    static long handOnStamp(int vcpu, long count) {
        return 2 * (count * Machine.MAX_VCPUS + vcpu) + 1;
    }

    /**
     * Hands on the head of the floating queue to the lowest waiting vCPU that may take it.
     *
     * @return whether there was one.
     */
    boolean handOnToWaiting(long stamp) {
        return notifyWaiting(stamp);
    }

    /** Hands on the head to the next higher-numbered vCPU that operates and does not wait, if there is one. */
    void handOnToRunning(int from, long stamp) {
        int next = nextRunning(from);
        if (next >= 0 && next != from) {
            vcpus[next].arrivals().announceFloating(stamp);
        }
    }

    /** A vCPU was started: it has to look at what came while it was stopped. */
    void started(Arrivals vcpu) {
        vcpu.announceFloating(-2 - starts.getAndAdd(0, 1));
    }

    /** The vCPU that the rotation chose last, for saving. */
    int rotation() {
        return (int) rotation.getOpaque(0);
    }

    /** Goes on behind a vCPU. Threads: one, while no other uses the machine. */
    void rotation(int vcpu) {
        rotation.setOpaque(0, vcpu);
    }

    private boolean notifyWaiting(long stamp) {
        for (int i = 0; i < idle.wordCount(); i++) {
            for (long bits = idle.word(i); bits != 0; bits &= bits - 1) {
                Vcpu vcpu = vcpus[(i << 6) + Long.numberOfTrailingZeros(bits)];
                int claimed = vcpu.waitWord().claim(FLOATING_GATE);
                if (claimed != WaitWord.RUNNING) {
                    vcpu.arrivals().announceFloating(stamp);
                    vcpu.waiting().wake(claimed);
                    return true;
                }
            }
        }
        return false;
    }

    /** The next vCPU behind {@code after}, cyclically and {@code after} itself last, that operates and does not wait; or -1. */
    private int nextRunning(int after) {
        int words = operating.wordCount();
        if (words == 0) {
            return -1; // a machine without vCPUs
        }
        int start = after >>> 6;
        for (int i = 0; i <= words; i++) {
            int index = (start + i) % words;
            long running = operating.word(index) & ~idle.word(index);
            if (i == 0) {
                running &= -2L << after; // behind it
            } else if (i == words) {
                running &= ~(-2L << after); // up to it
            }
            if (running != 0) {
                return (index << 6) + Long.numberOfTrailingZeros(running);
            }
        }
        return -1;
    }
}
