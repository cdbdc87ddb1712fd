/**
 * JMH benchmarks. {@link org.interruptor.benchmarks.Main} runs them.
 *
 * <p>JMH is under the GPL (with the Classpath Exception). That is why these are a module and a jar of their own: nothing
 * that an embedder takes, and not {@code interruptor.jar}, depends on it.
 */
package org.interruptor.benchmarks;
