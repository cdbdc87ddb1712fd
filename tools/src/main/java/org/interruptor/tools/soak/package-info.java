/**
 * {@code interruptor soak}: a machine under random load and faults, and books that prove that nothing is lost, doubled,
 * reordered or slept through.
 *
 * <pre>
 *  SoakCommand -> Soak -> Life (a machine from building to closing), again and again
 *                           conductor: phases, kicks, interrupts, starts, Watchdog      the calling thread
 *                           SoakInjector, each with an InjectionBook                    a thread each
 *                           SoakVcpu with its Guest, each with a DeliveryBook           a thread each
 *                           Audit compares the books with each other and the engine     when all threads have ended
 * </pre>
 *
 * <p>Each book has one writer, which is the thread whose doings it records, so that nothing is shared that the engine under
 * watch does not share itself. Books are read when their writers have ended.
 */
package org.interruptor.tools.soak;
