/** What a running machine shows: counters and gauges ({@link org.interruptor.engine.observe.CountersSnapshot}), of this process or of another ({@link org.interruptor.engine.observe.MachineCounters}), and their explanation in words. */
package org.interruptor.engine.observe;
