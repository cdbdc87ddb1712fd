package org.interruptor.bench.load;

import java.util.Arrays;
import java.util.EnumMap;
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

    /**
     * Times are measured of few injections a second. So here they come one after the other at first, that the compiler sees
     * enough of them, and then as they are measured, that it has seen all of that too. There the rate may be missed.
     */
    @Override
    public void warmUp(long nanos) {
        if (load.pacing().mode() != Pacing.Mode.OPEN_LOOP) {
            run(nanos, load.pacing(), false);
            return;
        }
        run(nanos / 2, Pacing.closedLoop(load.injectors()), false);
        run(nanos / 2, load.pacing(), false);
    }

    @Override
    public Sample run(long nanos) {
        return run(nanos, load.pacing(), true);
    }

    private Sample run(long nanos, Pacing pacing, boolean isMeasured) {
        Round round = new Round(load.vcpus(), load.waitMode().isWait());
        Workers workers = new Workers(placement, threads());
        Injector[] injectors = new Injector[load.injectors()];
        if (recorder != null) {
            recorder.forget(); // what a refused round has left
        }
        rounds++;
        long elapsed;
        try {
            startAll(round, workers, injectors, pacing);
            elapsed = drive(round, workers, injectors, nanos);
        } catch (RuntimeException e) {
            round.abandon();
            kickAll();
            throw workers.joinAfter(e);
        }
        workers.join();
        return settle(round, workers, injectors, elapsed, isMeasured);
    }

    /** Made by the injector's own thread: so what it writes lies apart from what other injectors write. */
    private Injector injector(int number, Round round, Pacing pacing) {
        boolean sparing = threads() > Runtime.getRuntime().availableProcessors();
        Schedule schedule = null;
        if (pacing.mode() == Pacing.Mode.OPEN_LOOP) {
            long seed = load.seed() + rounds * load.injectors();
            schedule = new Schedule(pacing.ratePerSecond(), pacing.arrivals(), number, load.injectors(), seed);
        }
        Pacer pacer = Pacer.of(pacing, round, schedule, load.disturber(), sparing);
        return new Injector(engine, load, number, round, pacer, recorder);
    }

    private int threads() {
        return Injector.isCalling(load) ? load.vcpus() : load.vcpus() + load.injectors();
    }

    private void startAll(Round round, Workers workers, Injector[] injectors, Pacing pacing) {
        CountDownLatch ready = new CountDownLatch(threads());
        boolean isCalling = Injector.isCalling(load);
        for (int i = 0; i < load.vcpus(); i++) {
            int id = i;
            workers.start("vcpu-" + i, () -> {
                if (isCalling) {
                    injectors[id] = injector(id, round, pacing);
                }
                ready.countDown();
                if (isCalling) {
                    injectors[id].run();
                }
                engine.vcpu(id).serve(round.duty(id));
            });
        }
        for (int i = 0; i < load.injectors() && !isCalling; i++) {
            int number = i;
            workers.start("injector-" + i, () -> {
                injectors[number] = injector(number, round, pacing);
                ready.countDown();
                injectors[number].run();
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
    private long drive(Round round, Workers workers, Injector[] injectors, long nanos) {
        round.begin(nanos);
        long left = nanos;
        while (left > 0) {
            checkAlive(workers);
            LockSupport.parkNanos(left); // in one go: whoever wakes up takes a core from those that are measured
            left = round.end() - System.nanoTime();
        }
        round.stopInjecting();
        long last = -1;
        long lastChange = System.nanoTime();
        while (!isEnded(injectors) || round.delivered() < accepted(injectors)) {
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
        round.finish();
        kickAll();
        return elapsed;
    }

    private String lost(Injector[] injectors, long delivered) {
        return isEnded(injectors)
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

    private static boolean isEnded(Injector[] injectors) {
        return Arrays.stream(injectors).allMatch(Injector::isEnded);
    }

    private static long accepted(Injector[] injectors) {
        return Arrays.stream(injectors).mapToLong(Injector::accepted).sum();
    }

    private void kickAll() {
        for (int i = 0; i < load.vcpus(); i++) {
            engine.vcpu(i).kick();
        }
    }

    private Sample settle(Round round, Workers workers, Injector[] injectors, long elapsed, boolean isMeasured) {
        for (Injector injector : injectors) {
            for (Signal signal : Signal.values()) {
                ledger.accepted(signal, injector.accepted(signal));
            }
        }
        long delivered = round.delivered();
        ledger.answered(delivered);
        ledger.check(backlog.total());
        if (delivered == 0 && isMeasured) {
            throw new MeasurementRefused(MeasurementRefused.NO_CORE);
        }
        long refused = Arrays.stream(injectors).mapToLong(Injector::refused).sum();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.ALLOCATED, (double) workers.allocatedBytes() / delivered);
        if (recorder == null) {
            figures.put(Figure.CPU, (double) workers.cpuNanos() / delivered);
            figures.put(Figure.RATE, delivered * 1e9 / elapsed);
            return new Sample(figures, null, accepted(injectors), delivered, refused);
        }
        if (isMeasured && load.pacing().mode() == Pacing.Mode.OPEN_LOOP) {
            Arrays.stream(injectors).forEach(Injector::checkRate);
        }
        long sent = Arrays.stream(injectors).mapToLong(Injector::sum64).sum();
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
