package org.interruptor.bench.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.latency.LatencyRecorder;
import org.interruptor.bench.latency.Schedule;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Pacing;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Placement;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;
import org.interruptor.bench.trial.Workers;

/**
 * Injectors and vCPUs, each on a thread of its own. A round injects for a given time, and ends when all that was accepted has
 * been delivered; the rate is that of the whole. With a recorder it measures times instead.
 */
public final class LoadTrial implements Trial {
    /** Without one delivery for so long, what has not come is lost. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The reason to refuse a round in which no injector got a core. */
    static final String NOTHING_INJECTED = "nothing was injected in a whole round: the injectors had no core";

    private static final long LOOK_NANOS = 20_000;

    private final EngineUnderTest engine;
    private final Load load;
    private final Placement placement;
    private final LatencyRecorder recorder;
    private final Ledger ledger;
    private final MaskedBacklog backlog;
    private final long patienceNanos;
    private long rounds;

    /**
     * Sets the trial up, with its backlog.
     *
     * @param recorder the engine's observer; or null, to measure throughput.
     */
    public LoadTrial(EngineUnderTest engine, Load load, Placement placement, LatencyRecorder recorder) {
        this(engine, load, placement, recorder, PATIENCE_NANOS);
    }

    LoadTrial(EngineUnderTest engine, Load load, Placement placement, LatencyRecorder recorder, long patienceNanos) {
        this.patienceNanos = patienceNanos;
        this.engine = engine;
        this.load = load;
        this.placement = placement;
        this.recorder = recorder;
        ledger = new Ledger(engine);
        backlog = new MaskedBacklog(engine, load.backlog());
        backlog.load(ledger);
    }

    /** Times are measured of few injections a second: here they come one after the other, so that the compiler sees enough. */
    @Override
    public void warmUp(long nanos) {
        run(nanos, recorder == null ? load.pacing() : Pacing.closedLoop(load.injectors()));
    }

    @Override
    public Sample run(long nanos) {
        return run(nanos, load.pacing());
    }

    private Sample run(long nanos, Pacing pacing) {
        Round round = new Round(load.vcpus(), load.waitMode().isWait());
        Workers workers = new Workers(placement, load.vcpus() + load.injectors());
        List<Injector> injectors = injectors(round, pacing);
        long elapsed;
        try {
            startAll(round, workers, injectors);
            elapsed = drive(round, workers, injectors, nanos);
        } catch (RuntimeException e) {
            round.abandon();
            kickAll();
            throw workers.joinAfter(e);
        }
        workers.join();
        return settle(round, workers, injectors, elapsed, pacing);
    }

    private List<Injector> injectors(Round round, Pacing pacing) {
        boolean sparing = load.vcpus() + load.injectors() > Runtime.getRuntime().availableProcessors();
        List<Injector> injectors = new ArrayList<>();
        if (recorder != null) {
            recorder.forget(); // what a refused round has left
        }
        rounds++;
        for (int i = 0; i < load.injectors(); i++) {
            Schedule schedule = pacing.mode() == Pacing.Mode.OPEN_LOOP
                    ? new Schedule(
                            pacing.ratePerSecond(),
                            pacing.arrivals(),
                            i,
                            load.injectors(),
                            load.seed() + rounds * load.injectors())
                    : null;
            Pacer pacer = Pacer.of(pacing, round, schedule, load.disturber(), sparing);
            injectors.add(new Injector(engine, load, i, round, pacer, recorder));
        }
        return injectors;
    }

    private void startAll(Round round, Workers workers, List<Injector> injectors) {
        CountDownLatch ready = new CountDownLatch(load.vcpus() + load.injectors());
        for (int i = 0; i < load.vcpus(); i++) {
            int id = i;
            workers.start("vcpu-" + i, () -> {
                ready.countDown();
                engine.vcpu(id).serve(round.duty(id));
            });
        }
        for (Injector injector : injectors) {
            workers.start("injector-" + injectors.indexOf(injector), () -> {
                ready.countDown();
                injector.run();
            });
        }
        try {
            while (!ready.await(10, TimeUnit.MILLISECONDS)) {
                checkAlive(workers);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementRefused("interrupted", e);
        }
    }

    /** Lets them inject for a while, and waits until all has arrived. */
    private long drive(Round round, Workers workers, List<Injector> injectors, long nanos) {
        round.begin(nanos);
        long left = nanos;
        while (left > 0) {
            checkAlive(workers);
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(10)));
            left = round.end() - System.nanoTime();
        }
        round.stopInjecting();
        long last = -1;
        long lastChange = System.nanoTime();
        while (!injectors.stream().allMatch(Injector::isEnded) || round.delivered() < accepted(injectors)) {
            checkAlive(workers);
            long delivered = round.delivered();
            if (delivered != last) {
                last = delivered;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > patienceNanos) {
                throw new MeasurementRefused(lost(injectors, delivered));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long elapsed = System.nanoTime() - round.start();
        round.end(true);
        kickAll();
        return elapsed;
    }

    private String lost(List<Injector> injectors, long delivered) {
        boolean ended = injectors.stream().allMatch(Injector::isEnded);
        return ended
                ? String.format(
                        Locale.ROOT,
                        "counts do not agree: %,d were accepted, %,d arrived, and for %d ms nothing more",
                        accepted(injectors),
                        delivered,
                        TimeUnit.NANOSECONDS.toMillis(patienceNanos))
                : String.format(
                        Locale.ROOT,
                        "nothing was accepted and nothing arrived for %d ms",
                        TimeUnit.NANOSECONDS.toMillis(patienceNanos));
    }

    private static void checkAlive(Workers workers) {
        if (workers.isFailed()) {
            throw new MeasurementRefused("a thread failed");
        }
    }

    private static long accepted(List<Injector> injectors) {
        return injectors.stream().mapToLong(Injector::accepted).sum();
    }

    private void kickAll() {
        for (int i = 0; i < load.vcpus(); i++) {
            engine.vcpu(i).kick();
        }
    }

    private Sample settle(Round round, Workers workers, List<Injector> injectors, long elapsed, Pacing pacing) {
        for (Injector injector : injectors) {
            for (Signal signal : Signal.values()) {
                ledger.accepted(signal, injector.accepted(signal));
            }
        }
        long delivered = round.delivered();
        ledger.answered(delivered);
        ledger.check(backlog.total());
        if (delivered == 0) {
            throw new MeasurementRefused(NOTHING_INJECTED);
        }
        long refused = injectors.stream().mapToLong(Injector::refused).sum();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.ALLOCATED, (double) workers.allocatedBytes() / delivered);
        if (recorder == null) {
            figures.put(Figure.CPU, (double) workers.cpuNanos() / delivered);
            figures.put(Figure.RATE, delivered * 1e9 / elapsed);
            return new Sample(figures, null, accepted(injectors), delivered, refused);
        }
        if (pacing.mode() == Pacing.Mode.OPEN_LOOP) {
            injectors.forEach(Injector::checkRate);
        }
        long sent = injectors.stream().mapToLong(Injector::sum64).sum();
        return Sample.ofTimes(recorder.take(sent), figures, accepted(injectors), delivered, refused);
    }

    @Override
    public void close() {
        try {
            backlog.release(ledger);
        } finally {
            engine.close();
        }
    }
}
