/**
 * {@code interruptor trace}: the engine's events in a JFR recording as a timeline.
 *
 * <pre>
 *  TraceCommand ---> Recording: a file into Moments, in the order of time ---> Timeline or JSON lines
 * </pre>
 */
package org.interruptor.tools.trace;
