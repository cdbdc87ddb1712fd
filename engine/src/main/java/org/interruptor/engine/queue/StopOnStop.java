package org.interruptor.engine.queue;

import org.interruptor.engine.padding.PaddedWords;

/**
 * The stop-on-stop action of a vCPU: on while a stop was accepted whose action was neither taken nor discarded with the stop by
 * a reset.
 *
 * <pre>
 *  records of the local queue    0   1   2   3   4   5
 *                                    S           S
 *  STOPS  one behind the last stop ------------------^
 *  GONE   what stands in front does not count -^          on: STOPS above GONE
 * </pre>
 *
 * <p>So a reset tells a stop of before, whose injector comes to set the action only now, from one that comes after it.
 *
 * <p>Threads: any. Ordering: volatile; an injector sets the action before it commits the stop, so who is delivered the stop
 * finds the action.
 */
public final class StopOnStop {
    private static final int STOPS = 0;
    private static final int GONE = 1;

    private final PaddedWords words = new PaddedWords(2);

    /** Sets the action for a stop that is the record of this number, from 0. */
    public void set(long record) {
        raise(STOPS, record + 1);
    }

    public boolean isSet() {
        long gone = words.getVolatile(GONE);
        return words.getVolatile(STOPS) > gone;
    }

    /**
     * Clears the action.
     *
     * @return whether it was on.
     */
    public boolean take() {
        return raise(GONE, words.getVolatile(STOPS));
    }

    /** Clears the action of stops that are among the first records of the queue, so many. */
    public void discard(long records) {
        raise(GONE, records);
    }

    /** Threads: one, while no other uses the machine, in whose queue so many records were claimed. */
    public void restore(boolean isSet, long records) {
        words.setVolatile(STOPS, records);
        words.setVolatile(GONE, isSet ? records - 1 : records);
    }

    /** Whether the word was below. */
    private boolean raise(int word, long value) {
        while (true) {
            long old = words.getVolatile(word);
            if (old >= value) {
                return false;
            }
            if (words.compareAndSet(word, old, value)) {
                return true;
            }
        }
    }
}
