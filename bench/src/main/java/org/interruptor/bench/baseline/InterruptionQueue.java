package org.interruptor.bench.baseline;

/** A bounded queue of a baseline. Threads: any to offer; to take, the vCPU's own, or any vCPU's where it is shared. */
interface InterruptionQueue {
    /**
     * Appends one; a program interruption goes in front.
     *
     * @return false if it is full.
     */
    boolean offer(Interruption interruption);

    /**
     * Removes the first that may be taken.
     *
     * @return it, or null.
     */
    Interruption take(long openGates);

    /** Whether it looks empty: without a lock, so only a hint. Whoever has published before a full fence is seen after one. */
    boolean isEmpty();

    /** Whether there is one that may be taken. */
    boolean isTakeable(long openGates);
}
