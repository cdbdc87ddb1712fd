package org.interruptor.tools.guest.channel;

import org.interruptor.engine.IoSource;
import org.interruptor.engine.contract.InjectResult;

/**
 * The I/O interruption of one subchannel: none, pending in the engine, or owed.
 *
 * <p>The engine answers FULL while another thread is about to leave the place that the interruption needs. That thread may not get a
 * core for a while, and the caller holds the lock of the subchannel. So nobody waits: the interruption is owed, and the device's thread
 * offers it again.
 *
 * <p>Threads: one at a time, under the lock of the subchannel; {@link #isOwed} any.
 */
final class StatusInterruption {
    /** The engine's part. */
    interface Source {
        InjectResult inject(int parameter, int word);

        boolean withdraw();

        /** That of a subchannel of the engine's. */
        static Source of(IoSource source) {
            return new Source() {
                @Override
                public InjectResult inject(int parameter, int word) {
                    return source.inject(parameter, word);
                }

                @Override
                public boolean withdraw() {
                    return source.withdraw();
                }
            };
        }
    }

    private final Source source;
    private int parameter;
    private int word;
    private volatile boolean isOwed;

    StatusInterruption(Source source) {
        this.source = source;
    }

    /** Makes it pending, or changes the pending one. Parameter and I/O-interruption-identification word, 32 bits each. */
    void make(int newParameter, int newWord) {
        parameter = newParameter;
        word = newWord;
        isOwed = true;
        offerAgain();
    }

    /** Offers an owed one to the engine. */
    void offerAgain() {
        if (isOwed) {
            isOwed = source.inject(parameter, word) == InjectResult.FULL;
        }
    }

    /** None is pending or owed from now on. */
    void withdraw() {
        isOwed = false;
        source.withdraw();
    }

    boolean isOwed() {
        return isOwed;
    }
}
