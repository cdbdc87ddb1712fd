/**
 * What is pending, and for which CPU.
 *
 * <ul>
 *   <li>of one vCPU, announced by its stamp: {@link org.interruptor.engine.queue.Arrivals}, {@link
 *       org.interruptor.engine.queue.Mailbox}, {@link org.interruptor.engine.queue.LocalQueue} with {@link
 *       org.interruptor.engine.queue.LocalBacklog}, {@link org.interruptor.engine.queue.LocalConditions};
 *   <li>floating: {@link org.interruptor.engine.queue.Floating} with its {@link org.interruptor.engine.queue.FloatingRing}, the {@link
 *       org.interruptor.engine.queue.IoRing}s and the {@link org.interruptor.engine.queue.FloatingWord};
 *   <li>states: {@link org.interruptor.engine.queue.CpuState}, {@link org.interruptor.engine.queue.StoppedPsw}, {@link
 *       org.interruptor.engine.queue.MachineState}.
 * </ul>
 */
package org.interruptor.engine.queue;
