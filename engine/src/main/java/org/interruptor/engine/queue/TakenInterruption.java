package org.interruptor.engine.queue;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Padded;

/** Where a queue puts what a vCPU has taken from it: one a vCPU, used again for each delivery, so nothing is allocated. */
public final class TakenInterruption extends Padded {
    /** The type by its ordinal: no reference, whose store has a barrier. */
    private int type;

    private long count;

    public int parameter;
    public long parameter64;

    /** When it was injected, by {@link Since#now}; {@link Since#NONE} if its queue does not know. */
    public long since;

    /** The type of the one that was taken last from a queue with books. */
    public InterruptionType type() {
        return InterruptionType.ofOrdinal(type);
    }

    /** How many were taken from queues with books. */
    public long count() {
        return count;
    }

    /** One was taken: directly behind the store that takes it. */
    void took(int typeOrdinal) {
        type = typeOrdinal;
        count++;
    }
}
