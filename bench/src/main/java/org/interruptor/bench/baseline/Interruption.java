package org.interruptor.bench.baseline;

import org.interruptor.bench.plan.Signal;

/** One queued interruption of a baseline: an object for each injection. Its links are a list's own. */
final class Interruption {
    final Signal signal;
    final long gate;
    final int parameter;
    final long parameter64;

    /** Guarded by the lock of the list that it is in. */
    Interruption next;

    /** Guarded by the lock of the list that it is in. */
    Interruption previous;

    Interruption(Signal signal, int parameter, long parameter64) {
        this.signal = signal;
        this.gate = Guest.typeOf(signal).subclassMask();
        this.parameter = parameter;
        this.parameter64 = parameter64;
    }

    /** Whether it may be taken with these subclass masks open. */
    boolean isTakeable(long openGates) {
        return (gate & ~openGates) == 0;
    }

    /** Whether it goes in front of all others. */
    boolean isUrgent() {
        return signal == Signal.PROGRAM;
    }
}
