package org.interruptor.engine.queue;

/**
 * What is pending for one vCPU alone, as its own thread sees it. Which classes there are, and in which order they are taken,
 * depends on the machine's rules.
 *
 * <p>Threads: the vCPU's own.
 */
public interface LocalPending {
    /**
     * Whether one could be taken now. Reads what others have published with acquire; where the answer decides whether to sleep,
     * the caller has a full fence in front.
     *
     * @param openGates a bit for each open gate.
     */
    boolean isTakeable(int openGates);
}
