package org.interruptor.engine.queue;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.padding.Padded;

/** Where a queue puts what a vCPU has taken from it: one a vCPU, used again for each delivery, so nothing is allocated. */
public final class TakenInterruption extends Padded {
    public InterruptionType type;
    public int parameter;
    public long parameter64;
}
