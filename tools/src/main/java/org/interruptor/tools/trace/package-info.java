/**
 * {@code interruptor trace}: the engine's events in a JFR recording as a timeline.
 *
 * <pre>
 *  TraceCommand ---&gt; Recording: a file into TraceEvents, in the order of time ---&gt; Timeline, or JSON lines
 *                                     |
 *                                     +--- Flight: injections with their deliveries ---&gt; Summary, Picture
 * </pre>
 */
package org.interruptor.tools.trace;
