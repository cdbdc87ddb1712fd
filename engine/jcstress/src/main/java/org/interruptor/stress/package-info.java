/**
 * jcstress tests of the engine: each handshake between threads has a class in {@code org.interruptor.engine}, where the
 * engine's own parts can be reached.
 *
 * <p>In each class the tests named {@code Without...} leave one ingredient out, in test code, and must be seen to fail: a
 * stress test that cannot fail shows nothing. The others run the engine as it is. {@link org.interruptor.stress.Main} runs
 * the quick form and the long one.
 */
package org.interruptor.stress;
