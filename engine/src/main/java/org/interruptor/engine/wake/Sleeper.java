package org.interruptor.engine.wake;

import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * How a thread sleeps in an open wait, by the machine's {@link WaitStrategy}.
 *
 * <pre>
 *  spin --looks used up--> yield --yields used up--> park --close to the deadline--> spin on the clock
 *
 *  each until the wait is claimed, the thread interrupted or a timer due
 * </pre>
 *
 * <p>Spinning and yielding look at a word that is SPINNING, so who claims the wait need not wake the thread; parking begins
 * by the compare-and-set to PARKED, which fails if somebody was faster.
 *
 * <p>Threads: the vCPU's own, but for {@link #parkedAt}.
 */
final class Sleeper extends Padded {
    /** A spinning wait with a deadline reads the clock at each so many looks. */
    private static final int LOOKS_PER_CLOCK_READ = 32;

    private final WaitWord word;
    private final Timers timers;
    private final WaitStrategy strategy;

    private int spins;
    private long parkedNanos;

    /** When the wait was parked first, by {@link System#nanoTime}; 0 if it was not. For reports of others. */
    private final PaddedWords parkedAt = new PaddedWords(1);

    Sleeper(WaitWord word, Timers timers, WaitStrategy strategy) {
        this.word = word;
        this.timers = timers;
        this.strategy = strategy;
        this.spins = strategy.firstSpins();
    }

    /** A wait begins: it was not parked yet. */
    public void begin() {
        parkedNanos = 0;
        parkedAt.setOpaque(0, 0);
    }

    /** A wait that was open has ended: its strategy says how long the next one spins. */
    public void end() {
        spins = strategy.nextSpins(spins, parkedNanos);
    }

    /** When the wait was parked first, by {@link System#nanoTime}; 0 if it was not. Threads: any. */
    public long parkedAt() {
        return parkedAt.getOpaque(0);
    }

    /**
     * Stays awake for as long as the strategy says.
     *
     * @param timerGates of the timers that can end the wait; 0 for none.
     * @return whether that was the end of it: the wait was claimed, the thread interrupted, or a timer is due.
     */
    boolean isOverAwake(Thread current, int timerGates) {
        return spin(current, timerGates) || yieldToOthers(current, timerGates);
    }

    /** Parks a wait that is PARKED until it is claimed, the thread interrupted, or a timer due. */
    void park(Thread current, int timerGates) {
        long start = System.nanoTime();
        if (parkedAt.getPlain(0) == 0) {
            parkedAt.setOpaque(0, start);
        }
        parkUntilOver(current, timerGates);
        parkedNanos += Math.max(1, System.nanoTime() - start);
    }

    /** Whether spinning was the end of it: claimed, interrupted or due. */
    private boolean spin(Thread current, int timerGates) {
        int looks = spins;
        for (int i = 0; i < looks || looks == WaitStrategy.WITHOUT_END; i++) {
            if (isOver(current, (i & (LOOKS_PER_CLOCK_READ - 1)) == 0 ? timerGates : 0)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** As {@link #spin}, and each time other threads have the core first. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but speed
    private boolean yieldToOthers(Thread current, int timerGates) {
        for (int i = strategy.yields(); i > 0; i--) {
            Thread.yield();
            if (isOver(current, timerGates)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOver(Thread current, int timerGates) {
        return word.state() != WaitWord.SPINNING
                || current.isInterrupted()
                || (timerGates != 0 && timers.isDue(timerGates));
    }

    /** Parks until claimed, interrupted or due. Permits from elsewhere end a park, never the wait. */
    private void parkUntilOver(Thread current, int timerGates) {
        while (word.state() == WaitWord.PARKED && !current.isInterrupted()) {
            if (timerGates == 0) {
                LockSupport.park(word);
                continue;
            }
            long left = timers.nanosToDue(timerGates);
            if (left == 0 && timers.isDue(timerGates)) {
                return;
            }
            long nanos = left - strategy.deadlineSpinNanos();
            if (nanos > 0) {
                LockSupport.parkNanos(word, nanos);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
