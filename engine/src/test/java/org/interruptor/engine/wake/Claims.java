package org.interruptor.engine.wake;

import org.interruptor.engine.gate.Gate;

/** For tests of claimers that are slow. */
public final class Claims {
    private Claims() {}

    /** Claims a wait and does not wake who waits. */
    public static void claim(WaitWord word) {
        if (word.claim(Gate.ORDER) == null) {
            throw new AssertionError("no wait is open");
        }
    }
}
