package org.interruptor.engine.contract;

/**
 * How long a waiting vCPU spins before it parks its thread, and how close to a due clock comparator it spins.
 *
 * <p>Waking a parked thread costs the injector 2 to 3 microseconds, and the guest about 10 more. A spinning vCPU wakes in the
 * time of one cache-line transfer, but uses a host CPU.
 *
 * <table><caption>Strategies</caption>
 * <tr><th>strategy</th><th>host CPU while idle</th><th>wake-up</th><th>for</th></tr>
 * <tr><td>{@link #park()}</td><td>none</td><td>slowest</td><td>more vCPUs than host CPUs</td></tr>
 * <tr><td>{@link #spinThenPark(int)}</td><td>little</td><td>fast for short waits</td><td>bursts</td></tr>
 * <tr><td>{@link #spinYieldPark(int, int)}</td><td>idle time of others, for a while</td><td>fast under load</td><td>throughput with
 * more vCPUs than host CPUs</td></tr>
 * <tr><td>{@link #adaptive(int, int)}</td><td>depends on the waits</td><td>fast if waits are short</td><td>mixed loads</td></tr>
 * <tr><td>{@link #spin()}</td><td>all of one</td><td>fastest</td><td>a host CPU for each vCPU</td></tr>
 * </table>
 *
 * <p>An implementation has no state: the vCPU keeps the number of spins and passes it in. Threads: any, several at once.
 */
public interface WaitStrategy {
    /** The number of spins of a strategy that never parks. */
    int WITHOUT_END = Integer.MAX_VALUE;

    /**
     * The number of checks of the first wait of a vCPU before it parks.
     *
     * @return checks, 0 to park at once, {@link #WITHOUT_END} never to park.
     */
    int firstSpins();

    /**
     * The number of checks of the next wait before it parks.
     *
     * @param spins the number that the wait that has just ended was given.
     * @param parkedNanos how long it was parked after that, in nanoseconds; 0 if it was not.
     * @return checks, as {@link #firstSpins}.
     */
    default int nextSpins(int spins, long parkedNanos) {
        return spins;
    }

    /**
     * The number of checks after spinning and before parking, with {@link Thread#yield} in between.
     *
     * @return checks, 0 or more.
     */
    default int yields() {
        return 0;
    }

    /**
     * The time before the clock comparator is due at which a wait stops parking and spins on the clock.
     *
     * @return nanoseconds; 0 to park to the end and be about 60 microseconds late.
     */
    default long deadlineSpinNanos() {
        return 100_000;
    }

    /**
     * Parks at once, until the timer is due.
     *
     * @return the strategy.
     */
    static WaitStrategy park() {
        return new WaitStrategy() {
            @Override
            public int firstSpins() {
                return 0;
            }

            @Override
            public long deadlineSpinNanos() {
                return 0;
            }
        };
    }

    /**
     * Never parks.
     *
     * @return the strategy.
     */
    static WaitStrategy spin() {
        return () -> WITHOUT_END;
    }

    /**
     * Checks a fixed number of times, then parks.
     *
     * @param spins checks before it parks, 0 or more.
     * @return the strategy.
     */
    static WaitStrategy spinThenPark(int spins) {
        checkSpins(spins, 0);
        return () -> spins;
    }

    /**
     * Spins a fixed number of times, then yields its host CPU a number of times, then parks. If many vCPUs share few host CPUs,
     * injectors run while a wait is not parked yet, and need not wake it.
     *
     * @param spins checks while it spins, 0 or more.
     * @param yields checks with {@link Thread#yield} in between, 0 or more.
     * @return the strategy.
     */
    static WaitStrategy spinYieldPark(int spins, int yields) {
        checkSpins(spins, 0);
        if (yields < 0) {
            throw new IllegalArgumentException("yields=" + yields + ": expected at least 0");
        }
        return new WaitStrategy() {
            @Override
            public int firstSpins() {
                return spins;
            }

            @Override
            public int yields() {
                return yields;
            }
        };
    }

    /**
     * Doubles the number of checks after a wait that was parked for less than 50 microseconds, since more spinning would have
     * avoided the park. Halves it after a wait that was parked for longer.
     *
     * @param min the minimum number of checks, 1 or more.
     * @param max the maximum number of checks, at least {@code min}.
     * @return the strategy.
     */
    static WaitStrategy adaptive(int min, int max) {
        checkSpins(min, 1);
        checkSpins(max, min);
        return new WaitStrategy() {
            @Override
            public int firstSpins() {
                return min;
            }

            @Override
            public int nextSpins(int spins, long parkedNanos) {
                if (parkedNanos == 0) {
                    return spins;
                }
                return parkedNanos < 50_000 ? (int) Math.min(max, 2L * spins) : Math.max(min, spins >> 1);
            }
        };
    }

    private static void checkSpins(int spins, int least) {
        if (spins < least) {
            throw new IllegalArgumentException("spins=" + spins + ": expected at least " + least);
        }
    }
}
