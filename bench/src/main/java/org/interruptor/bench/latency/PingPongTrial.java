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

    /** After so many looks the other has no core: it may need this one. */
    private static final int MOST_LOOKS = 10_000;

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
                boolean isPrompt = true;
                for (int i = 0; i < TRIPS_PER_CLOCK_READ && isPrompt; i++) {
                    isPrompt = await(back, there, ++number);
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

    /** Sends a number and waits for it to come back; whether the other had a core all the time. */
    private static boolean await(Sequence back, Sequence there, long number) {
        there.set(number);
        int looks = 0;
        while (back.get() != number) {
            looks = pause(looks);
        }
        return looks < MOST_LOOKS;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the core is left to the other, who may need it
    private static int pause(int looks) {
        if (looks == MOST_LOOKS) {
            Thread.yield();
            return looks;
        }
        Thread.onSpinWait();
        return looks + 1;
    }

    private static long answer(Sequence there, Sequence back) {
        long answered = 0;
        long last = 0;
        int looks = 0;
        while (true) {
            long number = there.get();
            if (number == OVER) {
                return answered;
            }
            if (number != last) {
                last = number;
                back.set(number);
                answered++;
                looks = 0;
            } else {
                looks = pause(looks);
            }
        }
    }

    @Override
    public void close() {}
}
