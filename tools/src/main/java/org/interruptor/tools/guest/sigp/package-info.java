/**
 * SIGNAL PROCESSOR on the engine: how one CPU stops, starts, restarts, resets and asks another.
 *
 * <pre>
 *   the signalling CPU's thread                        the addressed CPU's own thread
 *   ---------------------------                        ------------------------------
 *   SignalProcessor.signal
 *     CpuStates.begin        busy: condition code 2
 *     emergency   ---------- injectEmergency -------->  delivered when its gate is open
 *     stop        ---------- injectStop ------------->  delivered: SignalProcessor.stopped
 *     restart     ---------- injectRestart ---------->  delivered: SignalProcessor.carryOut, start
 *     set prefix  ---------- injectSetPrefix -------->  delivered: complete
 *     start       ---------- start
 *     reset, store status -- kick ------------------->  SignalProcessor.carryOut
 *                                                         CpuStates.complete
 * </pre>
 *
 * <p>At most one order is under way for each CPU: until it is completed, others for the same CPU are answered "busy". What each
 * CPU does, and which order is under way, is {@code CpuStates}, behind a lock: orders are rare. Emergency signals, which are
 * not, take no lock.
 *
 * <p>Source: Principles of Operation, chapter Control, CPU Signaling and Response.
 */
package org.interruptor.tools.guest.sigp;
