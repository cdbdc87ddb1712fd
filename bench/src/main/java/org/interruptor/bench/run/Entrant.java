package org.interruptor.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.result.ContenderResult;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;

/**
 * One contender in one scenario: set up, warmed up until the compilers have come to rest, then measured round by round. A round in
 * which the compilers were at work is measured again.
 *
 * <p>Threads: one.
 */
final class Entrant {
    /** A warm-up is done in so many slices at least: at the end of each, threads end and begin, as between rounds. */
    private static final int SLICES = 3;

    private static final long MIN_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** At rest, compilers work less than this part of the time... */
    private static final double RESTING = 0.02;

    /** ... or these milliseconds, the least that can be told, and what the harness itself may need. */
    private static final long RESTING_MILLIS = 1;

    /** A warm-up ends after so many times its length, at rest or not, ... */
    private static final int MOST_WARM_UPS = 6;

    /** ... but not before this time. */
    private static final long LEAST_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    /** So long a core is waited for. */
    private static final long CORE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** For each round that counts, so many more may be measured again. */
    private static final int REPEATS_PER_ROUND = 1;

    private final Contender contender;
    private final Timing timing;
    private final Compiler compiler;
    private final LongSupplier clock;
    private final List<Sample> samples = new ArrayList<>();
    private Trial trial;
    private String refusal;
    private int repeats;
    private int restless;

    Entrant(Contender contender, Timing timing, Compiler compiler) {
        this(contender, timing, compiler, System::nanoTime);
    }

    /** With another clock, which a test stops. */
    Entrant(Contender contender, Timing timing, Compiler compiler, LongSupplier clock) {
        this.contender = contender;
        this.timing = timing;
        this.compiler = compiler;
        this.clock = clock;
    }

    Contender contender() {
        return contender;
    }

    /** Sets it up, and warms it up; without any warm-up if none is wanted. */
    void open(Supplier<Trial> factory) {
        guarded(() -> {
            trial = factory.get();
            long nanos = TimeUnit.MILLISECONDS.toNanos(timing.warmupMillis());
            if (nanos > 0) {
                warmUp(nanos);
            }
        });
    }

    private void warmUp(long nanos) {
        long slice = Math.max(MIN_SLICE_NANOS, nanos / SLICES);
        long start = clock.getAsLong();
        long patience = Math.max(LEAST_PATIENCE_NANOS, MOST_WARM_UPS * nanos);
        boolean isResting = false;
        for (long done = 0; done < nanos || (!isResting && clock.getAsLong() - start < patience); done += slice) {
            long before = compiler.workedMillis();
            trial.warmUp(slice);
            // What waits for a compiler is compiled sooner while no thread of the trial needs its core.
            isResting = compiler.awaitIdle(slice) && isResting(before, slice);
        }
    }

    /** Whether the compilers have rested, as far as they can in that time. */
    private boolean isResting(long workedMillisBefore, long nanos) {
        long worked = compiler.workedMillis() - workedMillisBefore;
        return worked <= Math.max(RESTING_MILLIS, RESTING * TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Measures one round. */
    void round() {
        guarded(() -> {
            long nanos = TimeUnit.MILLISECONDS.toNanos(timing.roundMillis());
            boolean isRepeated;
            do {
                long before = compiler.workedMillis();
                Sample sample = measure(nanos);
                boolean isDisturbed = !isResting(before, nanos);
                isRepeated = isDisturbed && timing.warmupMillis() > 0 && repeats < REPEATS_PER_ROUND * timing.rounds();
                if (isRepeated) {
                    repeats++;
                    compiler.awaitIdle(nanos);
                } else {
                    restless += isDisturbed ? 1 : 0;
                    samples.add(sample);
                }
            } while (isRepeated);
        });
    }

    private Sample measure(long nanos) {
        System.gc(); // what others left behind is not to be collected in this one's time
        long start = System.currentTimeMillis();
        Sample sample = awaitCore(nanos);
        if (sample.histogram() != null) {
            sample.histogram().setStartTimeStamp(start);
            sample.histogram().setEndTimeStamp(System.currentTimeMillis());
        }
        return sample;
    }

    /** A round in which no thread had a core has measured nothing, and says nothing about the contender: it is repeated. */
    private Sample awaitCore(long nanos) {
        long start = clock.getAsLong();
        while (true) {
            try {
                return trial.run(nanos);
            } catch (MeasurementRefused e) {
                boolean isBusy = MeasurementRefused.NO_CORE.equals(e.getMessage());
                if (!isBusy || clock.getAsLong() - start > CORE_PATIENCE_NANOS) {
                    throw e;
                }
            }
        }
    }

    void close() {
        guarded(() -> {
            if (trial != null) {
                trial.close();
            }
        });
    }

    private void guarded(Runnable step) {
        if (refusal != null) {
            return;
        }
        try {
            step.run();
        } catch (MeasurementRefused e) {
            refusal = e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            refusal = "it failed: " + e;
        }
    }

    ContenderResult result() {
        return refusal != null
                ? ContenderResult.refused(contender, refusal)
                : ContenderResult.of(contender, samples, restless);
    }
}
