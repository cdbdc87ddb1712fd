/**
 * jcstress tests of the engine: each handshake between threads has a class in the package whose parts it is about, or in {@code
 * org.interruptor.engine} where it needs a machine.
 *
 * <p>The variants of a test share their actors, in a class {@code Sides}; a constructor parameter says what is left out, in test
 * code. Those named {@code Without...} leave one ingredient out and must be seen to fail: a stress test that cannot fail shows
 * nothing. The others run the engine as it is. {@link org.interruptor.stress.Main} runs
 * the quick form and the long one.
 */
package org.interruptor.stress;
