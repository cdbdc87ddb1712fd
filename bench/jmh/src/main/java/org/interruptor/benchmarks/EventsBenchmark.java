package org.interruptor.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.interruptor.engine.event.DeliveryEvent;
import org.interruptor.engine.event.InjectionEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What events cost: an injection and its delivery on one thread, two operations that each could make an event. {@code none}: JFR
 * is not in use, the guard is one read. {@code off}: a recording runs that does not want these events. {@code on}: it does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class EventsBenchmark {
    @Param({"none", "off", "on"})
    String events;

    private OneVcpu own;
    private Recording recording;

    @Setup
    public void open() {
        own = new OneVcpu();
        if (!events.equals("none")) {
            recording = new Recording();
            if (events.equals("on")) {
                List.of(InjectionEvent.NAME, DeliveryEvent.NAME).forEach(recording::enable);
            }
            recording.start();
        }
    }

    @TearDown
    public void close() {
        if (recording != null) {
            recording.close();
        }
        own.close();
    }

    @Benchmark
    public int emergency() {
        own.vcpu.handle().injectEmergency();
        return own.vcpu.deliverPending();
    }

    @Benchmark
    public int virtio() {
        own.machine.injectVirtio(1, 2);
        return own.vcpu.deliverPending();
    }
}
