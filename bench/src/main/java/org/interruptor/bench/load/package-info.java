/**
 * Trials that put a load on an engine: on one thread ({@code OneThreadTrial}), or from injectors to vCPUs on threads of their
 * own ({@code LoadTrial}, for throughput and for latency alike).
 *
 * <pre>
 *   injector threads                                        vCPU threads
 *   Pacer: when?   Injector ---- EngineUnderTest ---------&gt; VcpuUnderTest.serve ---- Duty: how many came?
 *      |              |  accepted, by kind                    |  delivered, by the engine's counters and by its answers
 *      |              v                                       v
 *      |            Ledger: does what came agree with what was sent? else MeasurementRefused
 *      +-- intended times ----------------------------------&gt; LatencyRecorder (org.interruptor.bench.latency)
 * </pre>
 *
 * <p>A worker that throws, a delivery that does not come within ten seconds, a count that does not agree: each refuses the
 * measurement. Nothing is reported then.
 */
package org.interruptor.bench.load;
