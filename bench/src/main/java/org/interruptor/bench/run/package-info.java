/**
 * Runs a plan: rounds of all contenders interleaved, in one JVM or in several.
 *
 * <h2>Why contenders are loaded anew</h2>
 *
 * <p>A compiler that has seen five engines behind one interface calls each of them through a table, and lays out their common
 * code for all of them at once; the one that runs first would look best. So each trial gets a class loader of its own
 * ({@code FreshLoader}), that loads the engine, the baselines, the trials and the libraries below them once more: the compiler
 * knows each as if it were alone, and rounds can still be interleaved in one JVM, where they see the same machine.
 */
package org.interruptor.bench.run;
