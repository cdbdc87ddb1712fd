package org.interruptor.tools.soak;

import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.Rules;

/** One machine after the other, until the time is up, enough was delivered, or a violation was found. Threads: one. */
final class Soak {
    /** Bytes for each interruption from which on something allocates; threads and their stacks cost a little, once. */
    private static final double BYTES_AT_MOST = 0.1;

    /** Is told now and then how far it has got. */
    @FunctionalInterface
    interface Progress {
        /**
         * So far.
         *
         * @param nanos since the start.
         * @param delivered interruptions.
         * @param machines that have lived and died.
         */
        void at(long nanos, long delivered, long machines);
    }

    /** One machine from building to closing. */
    @FunctionalInterface
    interface Lifetime {
        /**
         * Lives.
         *
         * @param isOver is asked now and then, with how many interruptions this machine has delivered, whether it is time to end.
         */
        void run(LongPredicate isOver) throws InterruptedException;
    }

    private final SoakPlan plan;
    private final UnaryOperator<EngineListener> wrapping;
    private final Progress progress;
    private final Violations violations = new Violations();
    private final SoakTotals totals = new SoakTotals();
    private volatile boolean isInterrupted;

    Soak(SoakPlan plan, Progress progress) {
        this(plan, progress, UnaryOperator.identity());
    }

    /** With something between the engine and the ledger: for tests that falsify what the ledger hears. */
    Soak(SoakPlan plan, Progress progress, UnaryOperator<EngineListener> wrapping) {
        this.plan = plan;
        this.progress = progress;
        this.wrapping = wrapping;
    }

    Violations violations() {
        return violations;
    }

    SoakTotals totals() {
        return totals;
    }

    /** Ends it after the phase that it is in, with an audit. Threads: any. */
    void interrupt() {
        isInterrupted = true;
    }

    /** Whether it was ended before its end. */
    boolean isInterrupted() {
        return isInterrupted;
    }

    void run() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(plan.seed());
        long start = System.nanoTime();
        do {
            long born = System.nanoTime();
            long before = totals.delivered();
            LongPredicate isOver = delivered -> {
                long now = System.nanoTime();
                progress.at(now - start, before + delivered, totals.machines());
                return now - born >= plan.lifeNanos() || isEnough(now - start, before + delivered);
            };
            try {
                life(random).run(isOver);
            } catch (RuntimeException | Error thrown) {
                violations.found("the conductor threw " + thrown);
            }
        } while (!violations.any() && !isEnough(System.nanoTime() - start, totals.delivered()));
        if (!plan.isFaulty() && totals.isAllocationMeasured() && totals.bytesPerInterruption() > BYTES_AT_MOST) {
            violations.found(
                    "vCPUs and injectors allocated " + totals.bytesPerInterruption() + " bytes for each interruption");
        }
    }

    private Lifetime life(SplittableRandom random) {
        boolean isByChance = random.nextBoolean(); // in any case, so that a seed means the same machines
        long seed = random.nextLong();
        boolean isArchitecture =
                plan.isFaulty() && (plan.rules() == null ? isByChance : plan.rules() == Rules.ARCHITECTURE);
        return isArchitecture
                ? new ClassesLife(plan, seed, wrapping, violations, totals)
                : new Life(plan, seed, wrapping, violations, totals);
    }

    private boolean isEnough(long nanos, long delivered) {
        return isInterrupted || nanos >= plan.nanos() || delivered >= plan.count();
    }
}
