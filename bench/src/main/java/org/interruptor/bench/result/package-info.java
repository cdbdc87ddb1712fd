/**
 * What was measured: figures with their samples, histograms, the environment; as JSON, as HdrHistogram's files, and compared
 * with an earlier run.
 *
 * <p>Threads: any; all is immutable.
 */
package org.interruptor.bench.result;
