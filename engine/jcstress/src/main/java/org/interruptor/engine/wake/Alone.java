package org.interruptor.engine.wake;

import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.MachineEvents;
import org.interruptor.engine.event.Tell;

/** Parts of the engine without a machine. */
final class Alone {
    private static final Tell TELL = new Tell(null, thrown -> {}, new MachineEvents(0, 1), new Counters(1));

    private Alone() {}

    /** The wait word of a vCPU that runs. */
    static WaitWord waitWord() {
        return new WaitWord(TELL);
    }
}
