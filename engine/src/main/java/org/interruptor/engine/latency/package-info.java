/**
 * How long interruptions take from injection to delivery, where the embedder asks for it.
 *
 * <pre>
 *  injector                            queue                          vCPU                    log thread
 *  time -&gt; slot, record or word -----&gt; the time travels along ------&gt; Latencies.delivered --&gt; LatencyLog, each second
 *          {@link org.interruptor.engine.latency.Since}                  (one histogram for each      (swaps histograms)
 *                                                             class, written by one thread)
 * </pre>
 */
package org.interruptor.engine.latency;
