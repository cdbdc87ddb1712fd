/**
 * The interrupt engine: what a device thread injects, a vCPU's own thread delivers into the guest's lowcore.
 *
 * <h2>The way of one interruption</h2>
 *
 * <pre>
 *   device thread, any                                          the vCPU's own thread
 *   ------------------                                          ---------------------
 *   Machine.inject                                              Vcpu.deliverPending
 *     FloatingQueue.offer   publish in the ring                   Delivery.run
 *     full fence                                                    Arrivals.see        attention is seen
 *     Notifier.injected     who hears of it?                        LocalBacklog.first  the first that may be taken
 *       WaitWord.claim      a waiting vCPU, or                        Registers.openGates   PSW and CR0
 *       Arrivals.announce   one that runs                             perform: Lowcore stores, new PSW, Counters
 *       Waiting.wake        unpark or callback                      ClockComparator.isPending
 *                                                                   FloatingQueue.head, take: one compare-and-set
 *   VcpuHandle.inject                                               HandOn.handOn       nobody lets one lie
 *     LocalQueue.reserve, claim, commit;
 *       or Arrivals.announceEmergency                           Vcpu.enterWait
 *     WaitWord.claim, Waiting.wake                                Waiting: look; open; fence; look; spin; park
 * </pre>
 *
 * <h2>Where each thing lives</h2>
 *
 * <p>What an embedder uses: {@link org.interruptor.engine.Machine} and its builder, {@link
 * org.interruptor.engine.VcpuHandle} for all other threads, {@link org.interruptor.engine.Vcpu} and {@link
 * org.interruptor.engine.Registers} for the vCPU's own, {@link org.interruptor.engine.InterruptionType} the table, {@link
 * org.interruptor.engine.InjectResult} and {@link org.interruptor.engine.WaitOutcome} the answers, {@link
 * org.interruptor.engine.WaitStrategy}, {@link org.interruptor.engine.EngineListener}. To see inside: {@link
 * org.interruptor.engine.MachineCounters} and {@link org.interruptor.engine.CountersSnapshot} (counters, of this process or
 * another), {@link org.interruptor.engine.VcpuGauge} and {@link org.interruptor.engine.MachineGauge} (what a {@code Sampler}
 * copies beside them), {@code explain()}, and the package {@code event}. To take along: {@link
 * org.interruptor.engine.SavedMachine}, {@link org.interruptor.engine.ScenarioWriter}. The rest is package-private: the two
 * queues ({@code FloatingQueue}; {@code LocalQueue} with {@code LocalBacklog} on the owner's side), who is told ({@code
 * Arrivals}, {@code Notifier}, {@code HandOn}), the wait ({@code WaitWord}, {@code Waiting}, {@code VcpuSet}), {@code
 * Delivery}, {@code Counters}, and the one helper that keeps apart what different threads write ({@code Padded}, {@code
 * PaddedWords}).
 *
 * <h2>Threads</h2>
 *
 * <p>Injection, kicks and closing come from any thread. Each vCPU is one thread's at a time; all that only this thread
 * touches is plain. What several threads touch is in four places, each with its own page of rules: the ring's head
 * ({@code FloatingQueue}), the local ring and its counts ({@code LocalQueue}), attention ({@code Arrivals}) and the wait
 * word ({@code WaitWord}).
 */
package org.interruptor.engine;
