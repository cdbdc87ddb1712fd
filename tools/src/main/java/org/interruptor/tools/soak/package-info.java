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
 * <p>A machine has original rules, or architecture rules and all classes of interruptions, with parts of its own:
 *
 * <pre>
 *  Soak -> ClassesLife      conductor: phases, pauses, saving, resets, the clock, suppression, ClassesWatch
 *            ClassesInjector, each with a SentBook and its Virtqueues
 *            ClassesGuest, in the engine's run loop, each with a SentBook of its orders and a TakenBook
 *            ClassesAudit
 * </pre>
 *
 * <p>Each book has one writer, which is the thread whose doings it records, so that nothing is shared that the engine under
 * watch does not share itself. Books are read when their writers have ended.
 */
package org.interruptor.tools.soak;
