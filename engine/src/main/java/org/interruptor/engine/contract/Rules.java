package org.interruptor.engine.contract;

/**
 * The rules that a machine follows.
 *
 * <p>Threads: any; immutable.
 */
public enum Rules {
    /** The behaviour of the original, byte for byte: its eight classes of interruptions ({@code interruptions.md}). */
    ORIGINAL,
    /** The interruption facility of the Principles of Operation: all classes, SIGNAL PROCESSOR, CPU states, the run loop. */
    ARCHITECTURE
}
