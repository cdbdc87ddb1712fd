package org.interruptor.bench.load;

import net.openhft.chronicle.core.cooler.CpuCooler;
import org.interruptor.bench.latency.Schedule;
import org.interruptor.bench.plan.Pacing;

/** When an injector makes its next injection. Threads: the injector's. */
interface Pacer {
    /** There is no next one. */
    long NONE = Long.MIN_VALUE;

    /**
     * The time for which the next injection is intended, by {@link System#nanoTime}, or a number where times do not matter.
     *
     * @return the time, from which latency counts; or {@link #NONE}.
     */
    long next();

    /** Waits until an intended time has come. */
    default void awaitDue(long intended) {}

    /**
     * The pacer of one injector.
     *
     * @param schedule of an open loop, the injector's own; else null.
     * @param cooler disturbs the caches in the gaps of an open loop; or null.
     * @param sparing whether the threads are more than the cores, so that gaps must be left to others.
     */
    static Pacer of(Pacing pacing, Round round, Schedule schedule, CpuCooler cooler, boolean sparing) {
        return switch (pacing.mode()) {
            case FLAT_OUT -> new FlatOut(round);
            case CLOSED_LOOP -> new ClosedLoop(round, pacing.outstanding());
            case OPEN_LOOP -> new OpenLoop(round, schedule, cooler, sparing);
        };
    }

    /** As fast as accepted. */
    final class FlatOut implements Pacer {
        private final Round round;
        private long number;

        FlatOut(Round round) {
            this.round = round;
        }

        @Override
        public long next() {
            return round.isInjecting() ? ++number : NONE;
        }
    }

    /** When there is room. */
    final class ClosedLoop implements Pacer {
        private final Round round;
        private final int outstanding;

        ClosedLoop(Round round, int outstanding) {
            this.round = round;
            this.outstanding = outstanding;
        }

        @Override
        public long next() {
            while (round.isInjecting()) {
                if (round.tryBegin(outstanding)) {
                    return System.nanoTime();
                }
                Thread.onSpinWait();
            }
            return NONE;
        }
    }

    /** By a schedule, whatever becomes of the injections. */
    final class OpenLoop implements Pacer {
        /** A thread that parks comes back so much too late at most, as a rule. */
        private static final long PARKING_ERROR_NANOS = 100_000;

        private final Round round;
        private final Schedule schedule;
        private final CpuCooler cooler;
        private final boolean sparing;

        OpenLoop(Round round, Schedule schedule, CpuCooler cooler, boolean sparing) {
            this.round = round;
            this.schedule = schedule;
            this.cooler = cooler;
            this.sparing = sparing;
        }

        /** All that is scheduled for the round is injected, however late. */
        @Override
        public long next() {
            long intended = round.start() + schedule.next();
            return intended - round.end() < 0 && !round.isAbandoned() ? intended : NONE;
        }

        @Override
        public void awaitDue(long intended) {
            if (cooler != null) {
                cooler.disturb();
            }
            long left = intended - System.nanoTime();
            while (left > 0) {
                if (sparing && left > PARKING_ERROR_NANOS) {
                    java.util.concurrent.locks.LockSupport.parkNanos(left - PARKING_ERROR_NANOS);
                } else {
                    Thread.onSpinWait();
                }
                left = intended - System.nanoTime();
            }
        }
    }
}
