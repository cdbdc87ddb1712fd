/** What is pending: the stamp and the mailbox of a vCPU ({@link org.interruptor.engine.queue.Arrivals}), its local queue ({@link org.interruptor.engine.queue.LocalQueue}, {@link org.interruptor.engine.queue.LocalBacklog}), and the floating rings ({@link org.interruptor.engine.queue.FloatingRing}). */
package org.interruptor.engine.queue;
