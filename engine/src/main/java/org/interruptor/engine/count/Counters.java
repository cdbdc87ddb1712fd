package org.interruptor.engine.count;

import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * The counters of a machine, in memory: for each vCPU those that its own thread writes, on lines of their own, and those that others
 * write. No counter lies in a mapped file: a file that was cut must not throw in a vCPU's thread.
 *
 * <p>Most have one writer, their vCPU's own thread, so counting is a load and a store; what others write is counted by atomic
 * additions, none of them in an injection that is accepted. Ordering: opaque; a reader gets a value that was there.
 */
public final class Counters extends Padded {
    /** Floating injections refused as invalid, full or closed. */
    public static final int REFUSED = 0;
    /** Floating injections that became part of what was pending. */
    public static final int COALESCED = 1;
    /** Adapter interruptions that their suppression mode held back. */
    public static final int SUPPRESSED = 2;
    /** I/O interruptions that were taken back. */
    public static final int WITHDRAWN = 3;
    /** Floating interruptions discarded by a reset. */
    public static final int DISCARDED = 4;
    /** How many there are of these. */
    public static final int FLOATING = 5;

    private static final int WRITTEN_BY_OTHERS = 3;
    private static final int BY_OWNER = -1;

    private final PaddedWords[] vcpus;
    private final PaddedWords[] byOthers;
    private final PaddedWords floating = new PaddedWords(FLOATING);

    /** Counters of a machine with so many vCPUs, all 0. */
    public Counters(int vcpus) {
        this.vcpus = new PaddedWords[vcpus];
        byOthers = new PaddedWords[vcpus];
        for (int i = 0; i < vcpus; i++) {
            this.vcpus[i] = new PaddedWords(Counter.count());
            byOthers[i] = new PaddedWords(WRITTEN_BY_OTHERS);
        }
    }

    private static int indexByOthers(Counter counter) {
        return switch (counter) {
            case REFUSED -> 0;
            case COALESCED -> 1;
            case CANCELLED_BY_RESET -> 2;
            default -> BY_OWNER;
        };
    }

    /** The counters that a vCPU's own thread writes, indexed by {@link Counter#ordinal}. */
    public PaddedWords ofVcpu(int vcpu) {
        return vcpus[vcpu];
    }

    /** Adds to a counter. Threads: the vCPU's own. */
    public static void add(PaddedWords ofVcpu, Counter counter, long count) {
        int index = counter.ordinal();
        ofVcpu.setOpaque(index, ofVcpu.getPlain(index) + count);
    }

    /** Adds to a counter. Threads: the vCPU's own. */
    public void add(int vcpu, Counter counter, long count) {
        add(vcpus[vcpu], counter, count);
    }

    /** Counts one. Threads: the vCPU's own. */
    public void increment(int vcpu, Counter counter) {
        add(vcpus[vcpu], counter, 1);
    }

    /** Counts a refused local injection. Threads: any. */
    public void refused(int vcpu) {
        byOthers(vcpu, Counter.REFUSED);
    }

    /** Counts one of REFUSED, COALESCED or CANCELLED_BY_RESET. Threads: any. */
    public void byOthers(int vcpu, Counter counter) {
        byOthers[vcpu].getAndAdd(indexByOthers(counter), 1);
    }

    /** Counts a refused floating injection. Threads: any. */
    public void refusedFloating() {
        addFloating(REFUSED, 1);
    }

    /** Adds to one of {@link #REFUSED} to {@link #DISCARDED}. Threads: any. */
    public void addFloating(int counter, long count) {
        floating.getAndAdd(counter, count);
    }

    /** The value of a counter. Threads: any. */
    public long get(int vcpu, Counter counter) {
        int index = indexByOthers(counter);
        return index == BY_OWNER ? vcpus[vcpu].getOpaque(counter.ordinal()) : byOthers[vcpu].getOpaque(index);
    }

    /** The value of one of {@link #REFUSED} to {@link #DISCARDED}. Threads: any. */
    public long floating(int counter) {
        return floating.getOpaque(counter);
    }

    /** Floating injections refused. Threads: any. */
    public long floatingRefused() {
        return floating(REFUSED);
    }

    /** Sets a counter. Threads: one, while no other uses the machine. */
    public void restore(int vcpu, Counter counter, long value) {
        int index = indexByOthers(counter);
        if (index == BY_OWNER) {
            vcpus[vcpu].setOpaque(counter.ordinal(), value);
        } else {
            byOthers[vcpu].setOpaque(index, value);
        }
    }

    /** Sets one of {@link #REFUSED} to {@link #DISCARDED}. Threads: one, while no other uses the machine. */
    public void restoreFloating(int counter, long value) {
        floating.setOpaque(counter, value);
    }
}
