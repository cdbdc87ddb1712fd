package org.interruptor.benchmarks;

import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Benchmarks on one thread and one {@link OneVcpu}: its opening and closing. */
public abstract class OnOneVcpu extends AverageCost {
    OneVcpu own;

    /** Makes the machine, as the benchmark needs it. */
    abstract OneVcpu machine();

    /** Before the benchmark. */
    @Setup
    public void open() {
        own = machine();
    }

    /** Behind it. */
    @TearDown
    public void close() {
        own.close();
    }
}
