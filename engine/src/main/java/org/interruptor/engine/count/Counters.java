package org.interruptor.engine.count;

import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * The counters of a machine, in memory: for each vCPU those that its own thread writes, on lines of their own, and those of
 * refused injections, which injectors write. No counter lies in a mapped file: a file that was cut must not throw in a vCPU's
 * thread.
 *
 * <p>Each has one writer, its vCPU's own thread, so counting is a load and a store; only refused injections are counted by
 * atomic additions. Ordering: opaque; a reader gets a value that was there.
 */
public final class Counters extends Padded {
    private final PaddedWords[] vcpus;
    private final PaddedWords[] refused;
    private final PaddedWords refusedFloating = new PaddedWords(1);

    /** Counters of a machine with so many vCPUs, all 0. */
    public Counters(int vcpus) {
        this.vcpus = new PaddedWords[vcpus];
        refused = new PaddedWords[vcpus];
        for (int i = 0; i < vcpus; i++) {
            this.vcpus[i] = new PaddedWords(Counter.count());
            refused[i] = new PaddedWords(1);
        }
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
        refused[vcpu].getAndAdd(0, 1);
    }

    /** Counts a refused floating injection. Threads: any. */
    public void refusedFloating() {
        refusedFloating.getAndAdd(0, 1);
    }

    /** The value of a counter. Threads: any. */
    public long get(int vcpu, Counter counter) {
        return counter == Counter.REFUSED ? refused[vcpu].getOpaque(0) : vcpus[vcpu].getOpaque(counter.ordinal());
    }

    /** Floating injections refused. Threads: any. */
    public long floatingRefused() {
        return refusedFloating.getOpaque(0);
    }

    /** Sets a counter. Threads: one, while no other uses the machine. */
    public void restore(int vcpu, Counter counter, long value) {
        if (counter == Counter.REFUSED) {
            refused[vcpu].setOpaque(0, value);
        } else {
            vcpus[vcpu].setOpaque(counter.ordinal(), value);
        }
    }

    /** Sets the counter of refused floating injections. Threads: one, while no other uses the machine. */
    public void restoreRefusedFloating(long value) {
        refusedFloating.setOpaque(0, value);
    }
}
