/**
 * What is to be measured: scenarios and their dimensions, contenders, times. Plain values, read from options and written to
 * results.
 *
 * <p>Threads: any; all is immutable but for the builder of a load.
 */
package org.interruptor.bench.plan;
