/**
 * {@code interruptor lowcore}: the assigned storage locations of a CPU in a dump of absolute storage, decoded.
 *
 * <p>{@code LowcoreField} is the table of locations, {@code InterruptionCodes} the names of codes; both are the Principles of
 * Operation's.
 */
package org.interruptor.tools.lowcore;
