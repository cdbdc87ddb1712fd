package org.interruptor.bench.trial;

/**
 * One contender set up for one scenario, ready to be measured again and again.
 *
 * <p>Threads: one; a trial starts what threads it needs itself, and has ended them when a method returns.
 */
public interface Trial extends AutoCloseable {
    /**
     * Does for a while what is measured later, until the compiler has done its work.
     *
     * @param nanos how long.
     * @throws MeasurementRefused as {@link #run}.
     */
    void warmUp(long nanos);

    /**
     * Measures for a while.
     *
     * @param nanos how long injections are made; what they lead to is waited for.
     * @return what was measured: each interruption that was accepted arrived, once.
     * @throws MeasurementRefused if the counts do not agree, or a rate was missed.
     */
    Sample run(long nanos);

    /**
     * Ends it, and delivers what it had masked.
     *
     * @throws MeasurementRefused if something of that was lost.
     */
    @Override
    void close();
}
