package org.interruptor.engine.contract;

/**
 * How long a waiting vCPU spins before it parks its thread, and how close to a due clock comparator it spins.
 *
 * <p>To wake a parked thread costs the injector 2 to 3 microseconds, and the guest some 10 more; a vCPU that spins is
 * woken in the time of one cache-line transfer, at the price of a host CPU.
 *
 * <table><caption>Strategies</caption>
 * <tr><th>strategy</th><th>host CPU while idle</th><th>wake-up</th><th>for</th></tr>
 * <tr><td>{@link #park()}</td><td>none</td><td>slowest</td><td>more vCPUs than host CPUs</td></tr>
 * <tr><td>{@link #spinThenPark(int)}</td><td>little</td><td>fast for short waits</td><td>bursts</td></tr>
 * <tr><td>{@link #spinYieldPark(int, int)}</td><td>what others leave</td><td>fast while work comes</td><td>throughput with
 * more vCPUs than host CPUs</td></tr>
 * <tr><td>{@link #adaptive(int, int)}</td><td>as waits turn out</td><td>fast where it pays</td><td>mixed loads</td></tr>
 * <tr><td>{@link #spin()}</td><td>all of one</td><td>fastest</td><td>a host CPU for each vCPU</td></tr>
 * </table>
 *
 * <p>An implementation has no state: the number of spins is kept by the vCPU and handed in. Threads: any, many at once.
 */
public interface WaitStrategy {
    /** Spins without end: never parks. */
    int WITHOUT_END = Integer.MAX_VALUE;

    /**
     * How often the first wait of a vCPU looks before it parks.
     *
     * @return looks, 0 to park at once, {@link #WITHOUT_END} never to park.
     */
    int firstSpins();

    /**
     * How often the next wait looks before it parks.
     *
     * @param spins what the wait that has just ended was given.
     * @param parkedNanos how long it was parked after that, in nanoseconds; 0 if it was not.
     * @return looks, as {@link #firstSpins}.
     */
    default int nextSpins(int spins, long parkedNanos) {
        return spins;
    }

    /**
     * How often a wait looks after it has spun, and gives its host CPU to other threads in between, before it parks.
     *
     * @return looks, 0 or more.
     */
    default int yields() {
        return 0;
    }

    /**
     * How long before the clock comparator is due a wait stops parking and spins on the clock.
     *
     * @return nanoseconds; 0 to park to the end and be some 60 microseconds late.
     */
    default long deadlineSpinNanos() {
        return 100_000;
    }

    /**
     * Parks at once, and to the end.
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
     * Looks a fixed number of times, then parks.
     *
     * @param spins looks before it parks, 0 or more.
     * @return the strategy.
     */
    static WaitStrategy spinThenPark(int spins) {
        checkSpins(spins, 0);
        return () -> spins;
    }

    /**
     * Spins a fixed number of times, then gives its host CPU to other threads a number of times, and then parks. Where many
     * vCPUs share few host CPUs, injectors get their turn while a wait is not parked yet, and need not wake it.
     *
     * @param spins looks while it spins, 0 or more.
     * @param yields looks with {@link Thread#yield} in between, 0 or more.
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
     * Spins twice as long after a wait that was parked for less than 50 microseconds, so that more spinning would have
     * caught it; half as long after one that was parked for longer.
     *
     * @param min looks at the least, 1 or more.
     * @param max looks at the most, at least {@code min}.
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
