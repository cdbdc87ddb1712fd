/**
 * Times: the schedule of an open loop and the recorder of what comes of it, deadlines, and the time of a cache line.
 *
 * <p>Latency counts from the <em>intended</em> time of an injection. Were it to count from the time when the injector came to
 * make it, a stall of the engine that holds up the injector would leave out just those that waited (coordinated omission).
 */
package org.interruptor.bench.latency;
