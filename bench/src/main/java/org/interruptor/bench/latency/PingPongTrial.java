package org.interruptor.bench.latency;

import com.lmax.disruptor.Sequence;
import java.util.Map;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.interruptor.bench.trial.Workers;

/**
 * The floor under all that goes between two cores: one thread writes a number to a word on a line of its own, the other sees it
 * and writes it to another such word, which the first looks at. One way is half of that.
 */
public final class PingPongTrial implements Trial {
    private static final long OVER = -1;
    private static final int TRIPS_PER_CLOCK_READ = 256;

    private final Placement placement;

    /** Sets the trial up. */
    public PingPongTrial(Placement placement) {
        this.placement = placement;
    }

    @Override
    public void warmUp(long nanos) {
        run(nanos);
    }

    @Override
    public Sample run(long nanos) {
        Sequence there = new Sequence(0);
        Sequence back = new Sequence(0);
        long[] trips = new long[1];
        long[] answered = new long[1];
        double[] roundTrip = new double[1];
        Workers workers = new Workers(placement, 2);
        workers.start("pong", () -> answered[0] = answer(there, back));
        workers.start("ping", () -> {
            await(back, there, 1); // the other is there
            long start = System.nanoTime();
            long number = 1;
            long now = start;
            while (now - start < nanos) {
                for (int i = 0; i < TRIPS_PER_CLOCK_READ; i++) {
                    await(back, there, ++number);
                }
                now = System.nanoTime();
            }
            there.set(OVER);
            trips[0] = number;
            roundTrip[0] = (double) (now - start) / (number - 1);
        });
        workers.join(nanos);
        if (trips[0] != answered[0]) {
            throw new MeasurementRefused("counts do not agree: " + trips[0] + " trips there, " + answered[0] + " back");
        }
        return new Sample(Map.of(Figure.ONE_WAY, roundTrip[0] / 2), null, trips[0], answered[0], 0);
    }

    private static void await(Sequence back, Sequence there, long number) {
        there.set(number);
        while (back.get() != number) {
            Thread.onSpinWait();
        }
    }

    private static long answer(Sequence there, Sequence back) {
        long answered = 0;
        long last = 0;
        while (true) {
            long number = there.get();
            if (number == OVER) {
                return answered;
            }
            if (number != last) {
                last = number;
                back.set(number);
                answered++;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() {}
}
