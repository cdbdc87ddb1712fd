package org.interruptor.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.VcpuUnderTest;
import org.interruptor.bench.plan.Signal;
import org.interruptor.memory.GuestMemory;

/** An engine with a defect, of which the harness must not report a single figure. */
final class FaultyEngine implements EngineUnderTest {
    /** The defects. */
    enum Defect {
        /** Answers that it has accepted one, and drops it. */
        LOSES,
        /** Delivers one twice. */
        DOUBLES,
        /** Refuses all from some time on. */
        JAMS,
        /** Takes a millisecond for each. */
        DAWDLES,
        /** Delivers with another parameter. */
        GARBLES
    }

    private static final long EVERY = 100;

    private final EngineUnderTest engine;
    private final Defect defect;
    private final AtomicLong injections = new AtomicLong();

    FaultyEngine(EngineUnderTest engine, Defect defect) {
        this.engine = engine;
        this.defect = defect;
    }

    @Override
    public boolean inject(Signal signal, int vcpu, int parameter, long parameter64) {
        long number = injections.incrementAndGet();
        boolean hit = number % EVERY == 1;
        return switch (defect) {
            case LOSES -> hit || engine.inject(signal, vcpu, parameter, parameter64);
            case DOUBLES -> {
                if (hit) {
                    engine.inject(signal, vcpu, parameter, parameter64);
                }
                yield engine.inject(signal, vcpu, parameter, parameter64);
            }
            case JAMS -> number < EVERY && engine.inject(signal, vcpu, parameter, parameter64);
            case DAWDLES -> {
                long end = System.nanoTime() + 1_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                yield engine.inject(signal, vcpu, parameter, parameter64);
            }
            case GARBLES -> engine.inject(signal, vcpu, parameter, hit ? parameter64 + 1 : parameter64);
        };
    }

    @Override
    public VcpuUnderTest vcpu(int id) {
        return engine.vcpu(id);
    }

    @Override
    public int vcpuCount() {
        return engine.vcpuCount();
    }

    @Override
    public GuestMemory storage() {
        return engine.storage();
    }

    @Override
    public String disagreement() {
        return engine.disagreement();
    }

    @Override
    public void close() {
        engine.close();
    }
}
