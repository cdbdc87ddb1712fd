package org.interruptor.bench.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.Guest;
import org.interruptor.bench.baseline.VcpuUnderTest;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.interruptor.bench.trial.Workers;

/** An injection and its delivery, again and again, on one thread: what the work itself costs, without any other core. */
public final class OneThreadTrial implements Trial {
    /** Pairs between two readings of the clock take about this long. */
    private static final long BATCH_NANOS = 50_000;

    private static final int MAX_BATCH = 4096;

    private final EngineUnderTest engine;
    private final VcpuUnderTest vcpu;
    private final Placement placement;
    private final Ledger ledger;
    private final MaskedBacklog backlog;
    private final MaskedWaiters waiters;
    private final Signal[] pattern;
    private final long[] turns;
    private int batch = 1;

    /** Sets the trial up, with its backlog. */
    public OneThreadTrial(EngineUnderTest engine, Load load, Placement placement) {
        this.engine = engine;
        this.vcpu = engine.vcpu(0);
        this.placement = placement;
        List<Signal> turn = load.mix().pattern(load.seed());
        pattern = turn.toArray(Signal[]::new);
        turns = new long[Signal.values().length];
        turn.forEach(signal -> turns[signal.ordinal()]++);
        ledger = new Ledger(engine);
        backlog = new MaskedBacklog(engine, load.backlog());
        backlog.load(ledger);
        waiters = new MaskedWaiters(engine, load.maskedWaiters());
        try {
            waiters.start();
        } catch (MeasurementRefused e) {
            close();
            throw e;
        }
    }

    @Override
    public void warmUp(long nanos) {
        run(nanos);
    }

    @Override
    public Sample run(long nanos) {
        Workers workers = new Workers(placement, 1);
        double[] pair = new double[1];
        long[] pairs = new long[1];
        workers.start("one-thread", () -> {
            long start = System.nanoTime();
            pairs[0] = pairs(start + nanos);
            pair[0] = (double) (System.nanoTime() - start) / pairs[0];
        });
        workers.join(nanos);
        for (Signal signal : Signal.values()) {
            ledger.accepted(signal, turns[signal.ordinal()] * (pairs[0] / pattern.length));
        }
        ledger.answered(pairs[0]);
        ledger.check(backlog.total());
        waiters.check();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.PAIR, pair[0]);
        figures.put(Figure.CPU, (double) workers.cpuNanos() / pairs[0]);
        figures.put(Figure.ALLOCATED, (double) workers.allocatedBytes() / pairs[0]);
        return new Sample(figures, null, pairs[0], pairs[0], 0);
    }

    /** Whole turns of the pattern until the time is up; one at least, however late the thread gets a core. */
    private long pairs(long end) {
        long pairs = 0;
        long last = System.nanoTime();
        do {
            for (int i = 0; i < batch; i++) {
                turn(pairs);
                pairs += pattern.length;
            }
            long now = System.nanoTime();
            if (now - last < BATCH_NANOS && batch < MAX_BATCH) {
                batch *= 2;
            } else if (now - last > 2 * BATCH_NANOS && batch > 1) {
                batch /= 2;
            }
            last = now;
        } while (last - end < 0);
        return pairs;
    }

    private void turn(long number) {
        for (Signal signal : pattern) {
            int parameter = Guest.parameter(signal, 0, number);
            if (!engine.inject(signal, 0, parameter, number) || vcpu.deliver() != 1) {
                throw new MeasurementRefused(
                        signal.label() + " was injected " + number + " pairs after the start, and not delivered once");
            }
        }
    }

    @Override
    public void close() {
        try {
            waiters.end();
            backlog.release(ledger);
        } finally {
            engine.close();
        }
    }
}
