package org.interruptor.engine.contract;

import org.interruptor.engine.gate.InterruptionType;

/**
 * An entry of a list of what is queued.
 *
 * @param type what it is.
 * @param parameter its 32-bit parameter (program: the code; set prefix: the prefix); 0 where it has none.
 * @param parameter64 its 64-bit parameter; 0 where it has none.
 * @param count how many like it stand here one behind the other; above 1 only for emergency signals.
 */
public record QueuedInterruption(InterruptionType type, int parameter, long parameter64, long count) {}
