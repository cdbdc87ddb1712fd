/**
 * CPU states and signals under architecture rules: {@link org.interruptor.engine.cpu.SignalProcessor} carries out the orders of SIGNAL
 * PROCESSOR on the words of {@link org.interruptor.engine.queue.CpuState} and {@link org.interruptor.engine.queue.LocalConditions}.
 */
package org.interruptor.engine.cpu;
