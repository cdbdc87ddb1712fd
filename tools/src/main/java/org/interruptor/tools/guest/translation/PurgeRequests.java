package org.interruptor.tools.guest.translation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests to purge the TLBs of all CPUs, without stopping any.
 *
 * <pre>
 *   the issuing CPU                                 another CPU
 *   ---------------                                 -----------
 *   changes a table entry or storage key
 *   epoch + 1 (full fence)               (1)        enters guest code: word = epoch (full fence), reads epoch again   (2)
 *   for each other CPU: waits until                 after every few instructions: if epoch is new, word = epoch       (3)
 *      word >= its epoch, or OUTSIDE     (4)        leaves guest code: word = OUTSIDE (release)                       (5)
 *   purges its own TLB                              where the epoch was new: purges its TLB before the next access
 * </pre>
 *
 * <p>Rules:
 *
 * <ul>
 *   <li>A CPU that enters while a request is made either has stored its word before the issuer reads it, and is waited for; or
 *       reads the new epoch, and purges: (1) and (2) are each a store, a full fence and a load.
 *   <li>A CPU acknowledges only between two instructions. All its accesses by old translations lie before the store of its
 *       word (release), which the issuer reads (acquire) in (4).
 *   <li>While a CPU waits it acknowledges the requests of others, so that two that wait for each other both go on. Its
 *       instruction accesses nothing more by a translation.
 *   <li>The wait is as long as the slowest CPU in guest code needs for some instructions; one that writes to the console takes as
 *       long as that. A CPU that waits, is stopped or has ended is outside, and is not waited for; it purges when it enters.
 * </ul>
 *
 * <p>A word is on a cache line of its own; the epoch is written by requests only. No lock, no allocation.
 *
 * <p>Threads: each CPU uses its own number; many at once.
 */
public final class PurgeRequests {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    /** Greater than any epoch. */
    private static final long OUTSIDE = Long.MAX_VALUE;

    /** Words of 8 bytes: 128 bytes apart. */
    private static final int STRIDE = 16;

    private static final int SPINS = 1000;
    private static final int YIELDS = 100;
    private static final long PARK_NANOS = 50_000;

    /** The epoch, then the word of each CPU, {@link #STRIDE} apart and away from the array's header. */
    private final long[] words;

    private final int cpus;

    /**
     * Requests among some CPUs, all of them outside guest code.
     *
     * @param cpus how many.
     */
    public PurgeRequests(int cpus) {
        this.cpus = cpus;
        words = new long[STRIDE * (cpus + 2)];
        for (int i = 0; i < cpus; i++) {
            words[place(i)] = OUTSIDE;
        }
    }

    private static int place(int cpu) {
        return STRIDE * (cpu + 2);
    }

    /**
     * The number of requests so far. Ordering: acquire; pairs with the increment in {@link #purgeOthers}.
     *
     * @return the epoch: a TLB that was purged at another one is stale.
     */
    public long epoch() {
        return (long) WORD.getAcquire(words, STRIDE);
    }

    /**
     * A CPU enters guest code.
     *
     * @param cpu its number.
     * @return the epoch; if it is not that of its last purge, the CPU purges before its next access.
     */
    public long enter(int cpu) {
        while (true) {
            long epoch = epoch();
            WORD.setVolatile(words, place(cpu), epoch);
            VarHandle.fullFence(); // (2)
            if (epoch() == epoch) {
                return epoch;
            }
        }
    }

    /**
     * A CPU leaves guest code: it accesses nothing by a translation until it enters again.
     *
     * @param cpu its number.
     */
    public void leave(int cpu) {
        WORD.setRelease(words, place(cpu), OUTSIDE);
    }

    /**
     * A CPU between two instructions has read a new epoch, and purges before its next access.
     *
     * @param cpu its number.
     * @param epoch what it has read.
     */
    public void acknowledge(int cpu, long epoch) {
        WORD.setRelease(words, place(cpu), epoch);
    }

    /**
     * Requests a purge of all other CPUs and waits until none of them uses an old translation any more. The caller then purges its
     * own.
     *
     * @param cpu the caller's number; it is in guest code, or its TLB is not used by others meanwhile.
     * @return the epoch at which the caller purges.
     */
    public long purgeOthers(int cpu) {
        long request = (long) WORD.getAndAdd(words, STRIDE, 1L) + 1; // (1)
        VarHandle.fullFence();
        boolean isInside = (long) WORD.getOpaque(words, place(cpu)) != OUTSIDE;
        long acknowledged = request;
        if (isInside) {
            acknowledge(cpu, request);
        }
        for (int other = 0; other < cpus; other++) {
            int turns = 0;
            while (other != cpu && (long) WORD.getAcquire(words, place(other)) < request) { // (4)
                long now = epoch();
                if (isInside && now != acknowledged) {
                    acknowledged = now;
                    acknowledge(cpu, now);
                }
                pause(turns++);
            }
        }
        return acknowledged;
    }

    // The CPU that is waited for may share the host CPU with this one.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause(int turns) {
        if (turns < SPINS) {
            Thread.onSpinWait();
        } else if (turns < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
        }
    }
}
