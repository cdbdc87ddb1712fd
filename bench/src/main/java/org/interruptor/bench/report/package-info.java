/**
 * Results for people: a table for the terminal, HdrHistogram's files, and one HTML page that needs no network.
 *
 * <p>Threads: one.
 */
package org.interruptor.bench.report;
