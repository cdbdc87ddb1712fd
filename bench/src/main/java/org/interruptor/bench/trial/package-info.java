/**
 * The border between those who measure and those who decide what is measured: {@link org.interruptor.bench.trial.Trial}
 * and what it gives. Both sides of the border have these classes in common; what lies behind it is loaded anew for each
 * contender (see {@code org.interruptor.bench.run}).
 */
package org.interruptor.bench.trial;
