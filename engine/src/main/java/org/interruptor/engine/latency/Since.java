package org.interruptor.engine.latency;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.padding.PaddedWords;

/**
 * When interruptions were injected that no queue holds one by one: of each class the oldest that is pending, for each vCPU and for
 * the machine. Those that merge with it have its time.
 *
 * <p>Threads: any. Ordering: the injector sets its time before it publishes the interruption, the vCPU takes it after it has taken the
 * interruption; each is one atomic operation. An injection between the two finds the old time and has none of its own: it is not in
 * the histograms.
 */
public final class Since {
    /** No time. */
    public static final long NONE = 0;

    /** Instead of a vCPU: the machine. */
    public static final int MACHINE = -1;

    private static final int TYPES = InterruptionType.values().length;

    /** Adapter interruptions have a word for each subclass. */
    private static final int SUBCLASSES = 8;

    private static final int WORDS = TYPES + SUBCLASSES;

    private final PaddedWords words;

    /** For a machine with so many vCPUs. */
    public Since(int vcpus) {
        words = new PaddedWords((vcpus + 1) * WORDS);
    }

    /** Now, and never {@link #NONE}. */
    public static long now() {
        return System.nanoTime() | 1;
    }

    private static int word(int target, InterruptionType type) {
        return (target + 1) * WORDS + type.ordinal();
    }

    private static int adapter(int subclass) {
        return TYPES + subclass;
    }

    /** One is about to be injected. */
    public void begin(int target, InterruptionType type, long time) {
        words.compareAndSet(word(target, type), NONE, time);
    }

    /** It was refused. */
    public void refused(int target, InterruptionType type, long time) {
        words.compareAndSet(word(target, type), time, NONE);
    }

    /** An adapter interruption is about to be injected. */
    public void beginAdapter(int subclass, long time) {
        words.compareAndSet(adapter(subclass), NONE, time);
    }

    /** The time of one that was taken; {@link #NONE} if it is not known. */
    public long take(int target, InterruptionType type) {
        int word = word(target, type);
        return words.getVolatile(word) == NONE ? NONE : words.getAndSet(word, NONE);
    }

    /** As {@link #take}, of an adapter interruption. */
    public long takeAdapter(int subclass) {
        return words.getAndSet(adapter(subclass), NONE);
    }

    /** What was pending is discarded. */
    public void forget(int target) {
        for (int i = 0; i < WORDS; i++) {
            words.setVolatile((target + 1) * WORDS + i, NONE);
        }
    }
}
