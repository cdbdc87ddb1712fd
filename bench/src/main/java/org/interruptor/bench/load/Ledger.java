package org.interruptor.bench.load;

import java.util.Locale;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.Guest;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.MeasurementRefused;

/**
 * What was sent against what arrived, since the engine was set up: accepted injections by kind, deliveries by kind as the
 * engine counts them, deliveries as its answers say, and what the lowcores show.
 *
 * <p>Threads: one; workers hand their counts over when they have ended.
 */
public final class Ledger {
    private final EngineUnderTest engine;
    private final long[] accepted = new long[Signal.values().length];
    private long answered;

    /** Opens a ledger for an engine that has delivered nothing yet. */
    public Ledger(EngineUnderTest engine) {
        this.engine = engine;
    }

    /** So many were accepted. */
    public void accepted(Signal signal, long count) {
        accepted[signal.ordinal()] += count;
    }

    /** So many were delivered, by the answers of deliveries. */
    public void answered(long count) {
        answered += count;
    }

    /**
     * Compares.
     *
     * @param masked emergency signals that are queued and masked.
     * @throws MeasurementRefused if one count does not agree with another.
     */
    public void check(long masked) {
        long total = 0;
        for (Signal signal : Signal.values()) {
            long expected = accepted[signal.ordinal()] - (signal == Signal.EMERGENCY ? masked : 0);
            long delivered = 0;
            for (int i = 0; i < engine.vcpuCount(); i++) {
                delivered += engine.vcpu(i).delivered(signal);
            }
            if (delivered != expected) {
                throw refuse(signal.label() + ": " + compare(expected, delivered) + " by the engine's counters");
            }
            if (expected > 0 && !isShown(signal)) {
                throw refuse(signal.label() + ": " + expected + " were delivered, and no lowcore shows one");
            }
            total += expected;
        }
        String disagreement = engine.disagreement();
        if (disagreement != null) {
            throw refuse(disagreement);
        }
        if (answered != total) {
            throw refuse(compare(total, answered) + " by the answers of deliveries");
        }
    }

    /** The last interruption of a group overwrites the one before: with several kinds of it only that one can be seen. */
    private boolean isShown(Signal signal) {
        boolean overwritten = signal != Signal.RESTART && signal != Signal.PROGRAM && storingKinds() > 1;
        for (int i = 0; i < engine.vcpuCount(); i++) {
            if (overwritten || Guest.shows(engine.storage(), i, signal)) {
                return true;
            }
        }
        return false;
    }

    /** External kinds, or kinds of I/O: never both. */
    private int storingKinds() {
        int kinds = 0;
        for (Signal signal :
                new Signal[] {Signal.EMERGENCY, Signal.SERVICE, Signal.VIRTIO, Signal.IO, Signal.ADAPTER}) {
            if (accepted[signal.ordinal()] > 0) {
                kinds++;
            }
        }
        return kinds;
    }

    private static String compare(long expected, long arrived) {
        return String.format(
                Locale.ROOT,
                "%,d were accepted, %,d arrived: %,d %s",
                expected,
                arrived,
                Math.abs(expected - arrived),
                arrived < expected ? "lost" : "too many");
    }

    private static MeasurementRefused refuse(String reason) {
        return new MeasurementRefused("counts do not agree: " + reason);
    }
}
