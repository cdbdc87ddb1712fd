/**
 * What a guest sees of its interruptions: how many its handlers complete in a second, and the time from the injection to the
 * first instruction of the handler. {@code interruptor measure}.
 *
 * <pre>
 *   CompletionStream, a thread             the engine            measure.s, on each CPU
 *   clock, TestDevice.complete ----------> floating queue -----> handler: STCKF
 *     with the time as 64-bit parameter                          DIAGNOSE 0x512: both times
 *                                                                  ---> Samples: a histogram for each CPU
 *   the last one, with how many were sent ---------------------> counts; ends when as many have come
 * </pre>
 *
 * <p>A {@link org.interruptor.tools.guest.measure.Trial} is one line of the report: a machine of its own, so that none profits
 * from another, but for the compiled code. Four have counted at its end (the stream, the engine, the guest, the samples), and
 * where they do not agree nothing is reported.
 */
package org.interruptor.tools.guest.measure;
