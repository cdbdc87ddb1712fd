package org.interruptor.engine.contract;

import org.interruptor.engine.gate.InterruptionType;

/**
 * An entry in a list of queued interruptions.
 *
 * @param type its type.
 * @param parameter its 32-bit parameter (program: the code; set prefix: the prefix); 0 where it has none.
 * @param parameter64 its 64-bit parameter; 0 where it has none.
 * @param count the number of equal ones in a row; above 1 only for emergency signals.
 */
public record QueuedInterruption(InterruptionType type, int parameter, long parameter64, long count) {}
