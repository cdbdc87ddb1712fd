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
 *     WaitWord.claim, Waiting.wake                                Waiting: look; open; fence; look; Sleeper
 * </pre>
 *
 * <h2>Where each thing lives</h2>
 *
 * <p>What an embedder uses:
 *
 * <ul>
 *   <li>a machine: {@link org.interruptor.engine.Machine}, {@link org.interruptor.engine.MachineBuilder}, {@link
 *       org.interruptor.engine.contract.WaitStrategy}, {@link org.interruptor.engine.contract.EngineListener}
 *   <li>a vCPU: {@link org.interruptor.engine.VcpuHandle} for all other threads, {@link org.interruptor.engine.Vcpu} and
 *       {@link org.interruptor.engine.gate.Registers} for its own
 *   <li>answers: {@link org.interruptor.engine.contract.InjectResult}, {@link org.interruptor.engine.contract.WaitOutcome}, {@link
 *       org.interruptor.engine.contract.LowcoreFault}, {@link org.interruptor.engine.gate.CpuFlags}
 *   <li>the table of interruptions: {@link org.interruptor.engine.gate.InterruptionType}
 *   <li>to see inside: {@link org.interruptor.engine.observe.MachineCounters} and {@link org.interruptor.engine.observe.CountersSnapshot}, of
 *       this process or another, with {@link org.interruptor.engine.gate.Counter}, {@link org.interruptor.engine.observe.VcpuGauge} and
 *       {@link org.interruptor.engine.observe.MachineGauge}; {@code explain()}; package {@code event}
 *   <li>to take along: {@link org.interruptor.engine.SavedMachine}, {@link org.interruptor.engine.ScenarioWriter}
 * </ul>
 *
 * <p>The rest is package-private. To follow an interruption, read the first five; who does not look at counters files or
 * saved machines can leave the last three:
 *
 * <ul>
 *   <li>floating interruptions: {@code FloatingQueue}, {@code Notifier} (who is told), {@code HandOn} (nobody lets one lie)
 *   <li>local ones: {@code LocalQueue} (what all threads share), {@code LocalBacklog} (what only the owner sees)
 *   <li>attention: {@code Arrivals}, {@code ArrivedWords}
 *   <li>the wait: {@code WaitWord}, {@code Waiting}, {@code Sleeper}, {@code VcpuSet}, {@code ClockComparator}
 *   <li>delivery: {@code Delivery}, {@code TakenInterruption}
 *   <li>counting and telling: {@code Counters}, {@code Tell}
 *   <li>apart what different threads write: {@code Padded}, {@code PaddedWords}
 *   <li>counters for other processes: {@code CountersFile}, {@code CountersHeader}, {@code CountersLayout}, {@code Sampler},
 *       {@code SamplerThread}
 *   <li>words: {@code Explanation}, {@code VcpuCondition}
 *   <li>saving: {@code StateTransfer}, {@code SavedVcpu}, {@code SavedMachineFormat}
 * </ul>
 *
 * <p>Counters and saving are no packages of their own since they read what the queues and the wait keep to themselves; in
 * another package that would have to be public.
 *
 * <h2>Threads</h2>
 *
 * <p>Injection, kicks and closing come from any thread. Each vCPU is one thread's at a time; all that only this thread
 * touches is plain. What several threads touch is in four places, each with its own page of rules: the ring's head
 * ({@code FloatingQueue}), the local ring and its counts ({@code LocalQueue}), attention ({@code Arrivals}) and the wait
 * word ({@code WaitWord}).
 */
package org.interruptor.engine;
