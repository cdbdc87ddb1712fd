/**
 * {@code interruptor bench} and {@code interruptor profile}: what the command line says about the harness in {@code
 * org.interruptor.bench}, and async-profiler around it.
 */
package org.interruptor.tools.bench;
