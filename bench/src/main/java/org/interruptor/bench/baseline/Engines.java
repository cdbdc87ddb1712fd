package org.interruptor.bench.baseline;

import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;

/** Makes what is measured. */
public final class Engines {
    private Engines() {}

    /**
     * Sets an engine up.
     *
     * @param contender one that can do loads.
     * @param load what the engine has to cope with.
     * @param observer is told each delivery; or null for an engine that tells nobody.
     * @return the engine, to be closed.
     */
    public static EngineUnderTest create(Contender contender, Load load, DeliveryObserver observer) {
        return switch (contender) {
            case INTERRUPTOR -> new InterruptorEngine(load, observer);
            case LISTS -> BaselineEngine.lists(load, observer);
            case LOCKED_DEQUE -> BaselineEngine.lockedDeque(load, observer);
            case CONCURRENT_QUEUE -> BaselineEngine.concurrentQueue(load, observer);
            case MPMC -> BaselineEngine.mpmc(load, observer);
            case DISRUPTOR -> new DisruptorEngine(load, observer);
            case CACHE_LINE -> new MailboxEngine(false, observer);
            case UNPARK -> new MailboxEngine(true, observer);
            case LISTS_C -> throw new IllegalArgumentException("engine " + contender.label() + " is a process");
            case INTERRUPTOR_OLD ->
                throw new IllegalArgumentException("engine " + contender.label() + " is of another build");
            case PARK_NANOS -> throw new IllegalArgumentException("engine " + contender.label() + " only waits");
        };
    }

    /**
     * Sets up what waits for a time.
     *
     * @param contender one that can wait.
     * @param load how its vCPU waits.
     * @return the timer of an engine, and the engine to be closed.
     */
    public static Timer createTimer(Contender contender, Load load) {
        if (contender == Contender.PARK_NANOS) {
            return new Timer(TimerUnderTest.parkNanos(), () -> {});
        }
        InterruptorEngine engine = new InterruptorEngine(load, null);
        return new Timer(engine.timer(), engine::close);
    }

    /**
     * A timer with what it belongs to.
     *
     * @param timer the timer.
     * @param closer ends what it belongs to.
     */
    public record Timer(TimerUnderTest timer, Runnable closer) {}
}
