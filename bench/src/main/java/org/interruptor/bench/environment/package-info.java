/** Where a measurement was made: what is written down about it, and the binding of threads to cores. */
package org.interruptor.bench.environment;
