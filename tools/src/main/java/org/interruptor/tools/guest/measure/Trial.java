package org.interruptor.tools.guest.measure;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.gate.Counter;
import org.interruptor.tools.guest.GuestEnd;
import org.interruptor.tools.guest.GuestMachine;
import org.interruptor.tools.guest.GuestMachineSetup;
import org.interruptor.tools.guest.device.TestDevice;
import org.interruptor.tools.guest.diagnose.Measurement;
import org.interruptor.tools.guest.loader.GuestImage;

/**
 * One line of the report: a guest in one state under one load.
 *
 * <p>Threads: {@link #run} one's, once; what the guest calls is of the CPUs' threads.
 */
class Trial implements Measurement {
    /** Beyond the time that it should take; by then the guest is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final GuestState state;
    private final long rate;
    private final Duration warmUp;
    private final Duration duration;
    private final Samples[] samples;

    private TodClock clock;

    /** Set by CPU 0, before the first completion: whoever takes one sees it. */
    private CompletionStream stream;

    private Thread thread;

    /**
     * A trial that has not run.
     *
     * @param rate completions a second at most; 0 for as fast as the guest takes them.
     */
    Trial(GuestState state, int cpus, long rate, Duration warmUp, Duration duration) {
        this.state = state;
        this.rate = rate;
        this.warmUp = warmUp;
        this.duration = duration;
        samples = new Samples[cpus];
        Arrays.setAll(samples, cpu -> new Samples());
    }

    @Override
    public boolean guestWaits() {
        return state.isWaiting();
    }

    @Override
    public void begin(TestDevice device) {
        stream = new CompletionStream(device, clock, rate, warmUp.toNanos(), duration.toNanos());
        thread = new Thread(stream, "completion-stream");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void sample(int cpu, long taken, long injected) {
        samples[cpu].add(taken, injected, stream.start());
    }

    /**
     * Runs the guest to its end.
     *
     * @return what its handlers have reported, of all CPUs.
     * @throws MeasurementRefused if the guest has not ended well, or those who count do not agree.
     */
    Samples run() throws IOException, InterruptedException {
        GuestMachineSetup setup = new GuestMachineSetup()
                .cpus(samples.length)
                .waitStrategy(state.strategy())
                .measurement(this);
        try (GuestMachine machine = new GuestMachine(setup)) {
            clock = machine.machine().clock();
            GuestEnd end;
            try {
                end = machine.run(image(), warmUp.plus(duration).plus(PATIENCE));
            } finally {
                endStream();
            }
            if (end.reason() != GuestEnd.Reason.DONE) {
                throw new MeasurementRefused(state.label() + ": " + end.message());
            }
            return checked(machine);
        }
    }

    private static GuestImage image() throws IOException {
        try (InputStream in = GuestMachine.class.getResourceAsStream("measure.elf")) {
            return GuestImage.parse(in.readAllBytes());
        }
    }

    private void endStream() throws InterruptedException {
        if (thread != null) {
            stream.abandon();
            thread.join();
        }
    }

    private Samples checked(GuestMachine machine) {
        Samples all = new Samples();
        long delivered = 0;
        for (int i = 0; i < samples.length; i++) {
            all.add(samples[i]);
            delivered += machine.cpu(i).vcpu().handle().counter(Counter.DELIVER_VIRTIO_INTERRUPT);
        }
        if (all.warmUp() != stream.warmUp() || all.measured() != stream.measured() || delivered != stream.sent() + 1) {
            throw new MeasurementRefused(String.format(
                    Locale.ROOT,
                    "%s: sent %d to warm up and %d to measure, the guest took %d and %d, the engine delivered %d of %d in all",
                    state.label(),
                    stream.warmUp(),
                    stream.measured(),
                    all.warmUp(),
                    all.measured(),
                    delivered,
                    stream.sent() + 1));
        }
        return all;
    }
}
