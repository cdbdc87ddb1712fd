/**
 * {@code interruptor top}: what a machine of another process counts, from its counters file.
 *
 * <pre>
 *  TopCommand ---> TopLoop ---> MachineCounters (engine)     one reading each interval
 *                     |
 *                     +------> TopTable, TopJson             two readings make rates
 * </pre>
 */
package org.interruptor.tools.top;
