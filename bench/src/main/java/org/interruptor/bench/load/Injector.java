package org.interruptor.bench.load;

import java.util.Locale;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.Guest;
import org.interruptor.bench.baseline.VcpuDuty;
import org.interruptor.bench.latency.LatencyRecorder;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.MeasurementRefused;

/** A thread that injects, for one round. Its counts are read when it has ended. */
final class Injector implements Runnable {
    /** An open loop that ends later than scheduled by more than this part of its time has missed its rate, ... */
    private static final double RATE_TOLERANCE = 0.02;

    /** ... apart from one time slice that somebody else may have had at its end. */
    private static final long RATE_TOLERANCE_NANOS = 20_000_000;

    private final EngineUnderTest engine;
    private final int number;

    /** Whether it is a vCPU that sends external calls, and takes those of others between them. */
    private final boolean isCalling;

    private final VcpuDuty duty;

    private final Round round;
    private final Pacer pacer;
    private final LatencyRecorder recorder;
    private final Signal[] pattern;
    private final int[] targets;
    private final long[] accepted = new long[Signal.values().length];
    private long refused;
    private long lastIntended;
    private long sum64;
    private long ended;
    private volatile boolean isEnded;

    /**
     * Sets an injector up.
     *
     * @param number which of the injectors it is, from 0: it injects local ones to the vCPUs with this number modulo the
     *     number of injectors, one after the other.
     * @param recorder is told what to expect; or null.
     */
    Injector(EngineUnderTest engine, Load load, int number, Round round, Pacer pacer, LatencyRecorder recorder) {
        this.engine = engine;
        this.round = round;
        this.pacer = pacer;
        this.recorder = recorder;
        this.number = number;
        pattern = load.mix().pattern(load.seed() + number).toArray(Signal[]::new);
        isCalling = isCalling(load);
        duty = isCalling ? round.duty(number) : null;
        targets = isCalling ? others(number, load.vcpus()) : shareOf(number, load);
    }

    /** The vCPUs that are this injector's. */
    private static int[] shareOf(int number, Load load) {
        int first = number % load.vcpus();
        int step = load.injectors();
        int[] targets = new int[Math.max(1, (load.vcpus() - first + step - 1) / step)];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = first + i * step;
        }
        return targets;
    }

    /** All vCPUs but one, from the next on. */
    private static int[] others(int number, int vcpus) {
        int[] targets = new int[vcpus - 1];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (number + 1 + i) % vcpus;
        }
        return targets;
    }

    /** Whether the vCPUs of a load inject themselves. */
    static boolean isCalling(Load load) {
        return load.mix().isOnly(Signal.EXTERNAL_CALL);
    }

    @Override
    public void run() {
        round.awaitBegin();
        int turn = 0;
        int next = 0;
        long intended = pacer.next();
        while (intended != Pacer.NONE) {
            Signal signal = pattern[turn];
            turn = turn + 1 == pattern.length ? 0 : turn + 1;
            int target = targets[next];
            next = next + 1 == targets.length ? 0 : next + 1;
            if (recorder != null) {
                expect(signal, target, intended);
            }
            pacer.awaitDue(intended);
            inject(signal, target, intended);
            lastIntended = intended;
            intended = pacer.next();
        }
        ended = System.nanoTime();
        isEnded = true;
    }

    private void expect(Signal signal, int target, long intended) {
        int attempt = 0;
        while (!recorder.expect(signal, target, intended)) {
            giveUpIfAbandoned(signal);
            Backoff.pause(attempt++);
        }
    }

    private void inject(Signal signal, int target, long intended) {
        int parameter = isCalling ? number : Guest.parameter(signal, target, intended);
        int to = signal.isFloating() && signal.isArchitecture() ? number : target; // its own devices
        int attempt = 0;
        while (!engine.inject(signal, to, parameter, intended)) {
            refused++;
            giveUpIfAbandoned(signal);
            if (!isCalling || !engine.vcpu(number).look(duty)) {
                Backoff.pause(attempt++);
            }
        }
        accepted[signal.ordinal()]++;
        if (isCalling) {
            engine.vcpu(number).look(duty);
        }
        if (signal == Signal.VIRTIO) {
            sum64 += intended;
        }
    }

    private void giveUpIfAbandoned(Signal signal) {
        if (round.isAbandoned()) {
            throw new MeasurementRefused("for " + signal.label() + " there was no room until the time was up");
        }
    }

    /** Whether it has: from then on the rest can be read. */
    boolean isEnded() {
        return isEnded;
    }

    // When it has ended.

    long accepted(Signal signal) {
        return accepted[signal.ordinal()];
    }

    long accepted() {
        long sum = 0;
        for (long count : accepted) {
            sum += count;
        }
        return sum;
    }

    long refused() {
        return refused;
    }

    /** The sum of the 64-bit parameters that were accepted. */
    long sum64() {
        return sum64;
    }

    /** Of an open loop: refuses a round whose injections came too late as a whole. */
    void checkRate() {
        long scheduled = lastIntended - round.start();
        long taken = ended - round.start();
        if (scheduled > 0 && taken > scheduled * (1 + RATE_TOLERANCE) + RATE_TOLERANCE_NANOS) {
            throw new MeasurementRefused(String.format(
                    Locale.ROOT,
                    "the rate was missed: %,.0f injections a second were asked for, %,.0f were made",
                    accepted() * 1e9 / scheduled,
                    accepted() * 1e9 / taken));
        }
    }
}
