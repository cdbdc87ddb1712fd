/**
 * The interrupt engine: what a device thread injects, a vCPU's own thread delivers into the guest's lowcore.
 *
 * <h2>The way of one interruption</h2>
 *
 * <pre>
 *   device thread, any                                          the vCPU's own thread
 *   ------------------                                          ---------------------
 *   Machine.inject                                              Vcpu.run, or Vcpu.deliverPending
 *     queue.FloatingRing.offer      publish in the ring           deliver.Delivery.run
 *     full fence                                                    queue.Arrivals.look      the stamp is read
 *     wake.Notifier.injected        which vCPU is told?             pass: original or architecture rules
 *       wake.WaitWord.claim         a waiting one, or                 take from the holder, count
 *       queue.Arrivals.announce     one that runs: its stamp          store in the lowcore, PSW swap
 *       wake.WaitWord.wake          unpark or callback              queue.Arrivals.seen
 *                                                                   wake.HandOn          what is left behind
 *   VcpuHandle.inject
 *     VcpuInjection                 queue, bit or slot          Vcpu.enterWait
 *     queue.Arrivals                its stamp                     wake.Waiting: look; open; fence; look; Sleeper
 *     wake.WaitWord.claimAndWake
 * </pre>
 *
 * <h2>Floors</h2>
 *
 * <p>No package imports one above it.
 *
 * <pre>
 *   engine      Machine, VcpuHandle, Vcpu, MachineBuilder, GuestCpu, IoSource, AdapterRoute; saving; the run loop
 *   cpu         SIGNAL PROCESSOR
 *   deliver     a pass, under either set of rules
 *   observe     counters and gauges for others, explanations        *
 *   wake        wait word, wait, choosing, handing on, timers
 *   queue       stamp, mailbox, queues, slots, rings, CPU state
 *   event       JFR events, and telling the embedder
 *   count       counters in memory
 *   contract    answers, choices, calls                             *
 *   latency     times from injection to delivery
 *   gate        classes of interruptions, gates, registers          *
 *   clock       the TOD clock                                       *
 *   padding     distance between what different threads write
 * </pre>
 *
 * <p>An embedder uses this package and those with a star.
 *
 * <h2>Threads</h2>
 *
 * <p>Injection, signals, kicks and closing come from any thread. Each vCPU is one thread's at a time, the one that has bound it; all
 * that only this thread touches is plain. What several threads touch stands in a few words, each with its own page of rules: the
 * stamp ({@code queue.Arrivals}), the mailbox, the rings, the CPU's state ({@code queue.CpuState}) and the wait word ({@code
 * wake.WaitWord}).
 */
package org.interruptor.engine;
