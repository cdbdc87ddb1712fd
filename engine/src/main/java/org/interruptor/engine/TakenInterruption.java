package org.interruptor.engine;

/** Where a queue puts what a vCPU has taken from it: one a vCPU, used again for each delivery, so nothing is allocated. */
final class TakenInterruption extends Padded {
    InterruptionType type;
    int parameter;
    long parameter64;
}
