/**
 * Who is measured: one interface, {@link org.interruptor.bench.baseline.EngineUnderTest}, and behind it Interruptor, other
 * ways to do the same work, and limits of the machine.
 *
 * <pre>
 *   EngineUnderTest --- InterruptorEngine      the engine of this project
 *                   --- BaselineEngine         BaselineVcpu, GuestCpu; its queues are
 *                         InterruptionQueue --- SpinLockedList     the design of the original
 *                                           --- LockedDeque        ReentrantLock, ArrayDeque
 *                                           --- SharedQueue, DrainedQueue    ConcurrentLinkedQueue or MpmcVarHandleArrayQueue
 *                   --- DisruptorEngine        a bare ring and its batch processor
 *                   --- MailboxEngine          a bare word, looked at or parked for
 * </pre>
 *
 * <p>All of them do the same at a delivery: they ask the gates in PSW and CR0, store into the lowcore in guest storage, load
 * the new PSW and count ({@code GuestCpu}, or the engine's own). All are bounded and say so when they are full.
 */
package org.interruptor.bench.baseline;
