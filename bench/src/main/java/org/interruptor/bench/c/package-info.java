/**
 * A baseline in C: the source is a resource of the jar ({@code lists.c}), built where there is a C compiler, and run as a process
 * that answers rounds on request.
 *
 * <pre>
 *   CTrial ---- standard input:  run NANOS ----------&gt; lists (a process, its threads)
 *      ^                                                  |
 *      +------- standard output: round name=value ... ----+
 * </pre>
 */
package org.interruptor.bench.c;
