/** What holds interruptions back: the table of classes ({@link org.interruptor.engine.gate.InterruptionType}), their gates ({@link org.interruptor.engine.gate.Gate}), and the registers that open them ({@link org.interruptor.engine.gate.Registers}). */
package org.interruptor.engine.gate;
