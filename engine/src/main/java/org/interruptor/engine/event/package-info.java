/**
 * What the engine does, as events of the JDK Flight Recorder ({@code interruptions.md}, section 8): injections, also those that are
 * coalesced or suppressed, deliveries, waits and faults. All are off until a recording asks for them, and have no stack traces unless it asks for those.
 *
 * <pre>
 *  java -XX:StartFlightRecording:filename=guest.jfr,+org.interruptor.Injection#enabled=true,\
 *       +org.interruptor.Delivery#enabled=true,+org.interruptor.Wait#enabled=true,+org.interruptor.Fault#enabled=true ...
 * </pre>
 *
 * <p>In JDK Mission Control they are in the category "Interruptor"; {@code jfr print --categories Interruptor} and
 * {@code interruptor trace} read them without.
 *
 * <p>Switched off, an event costs the reads of a flag or two and no object: see {@link
 * org.interruptor.engine.event.MachineEvents}. Embedders that trace by themselves take an
 * {@code org.interruptor.engine.contract.EngineListener} instead.
 *
 * <p>This package knows nothing of the engine: types and outcomes come as text.
 */
package org.interruptor.engine.event;
