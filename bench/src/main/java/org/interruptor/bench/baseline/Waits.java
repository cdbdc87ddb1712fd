package org.interruptor.bench.baseline;

import org.interruptor.bench.plan.WaitMode;
import org.interruptor.engine.contract.WaitStrategy;

/** Wait modes of a plan as the engine's strategies. */
public final class Waits {
    private Waits() {}

    /**
     * The strategy of a mode.
     *
     * @param mode the mode.
     * @return the strategy; for a vCPU that only runs, one that never parks.
     */
    public static WaitStrategy strategy(WaitMode mode) {
        return switch (mode.kind()) {
            case RUN, SPIN -> WaitStrategy.spin();
            case PARK -> WaitStrategy.park();
            case SPIN_THEN_PARK -> WaitStrategy.spinThenPark(mode.spins());
            case SPIN_YIELD_PARK -> WaitStrategy.spinYieldPark(mode.spins(), mode.more());
            case ADAPTIVE -> WaitStrategy.adaptive(mode.spins(), mode.more());
        };
    }
}
