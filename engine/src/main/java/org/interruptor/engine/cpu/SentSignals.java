package org.interruptor.engine.cpu;

/**
 * Counts the signals that one CPU sends: with the sender's number the count makes a stamp that no other announcement has.
 *
 * <p>Threads: the sender's own. It never goes back.
 */
public final class SentSignals {
    private long count;

    /** None sent. */
    public SentSignals() {}

    /** The number of the next one. */
    long next() {
        return ++count;
    }
}
