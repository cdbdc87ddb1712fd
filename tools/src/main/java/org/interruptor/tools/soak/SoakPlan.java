package org.interruptor.tools.soak;

import java.nio.file.Path;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitStrategy;

/**
 * What a soak is asked to do.
 *
 * @param mode what happens besides injections.
 * @param rules of all machines; or null: by chance. {@link SoakMode#SPIN} has original rules.
 * @param vcpus how many vCPUs, each a thread; 1 or more.
 * @param injectors how many injectors, each a thread; 1 to {@link Marks#MAX_INJECTORS}.
 * @param nanos how long, in nanoseconds.
 * @param count interruptions delivered after which it ends earlier.
 * @param lifeNanos how long each machine lives.
 * @param seed of all that is random.
 * @param floatingCapacity places in the floating queue.
 * @param localCapacity places in each local queue.
 * @param waitStrategy how vCPUs wait.
 * @param countersFile where each machine has its counters, in its time; or null.
 * @param patienceNanos after how long of sleeping on something that it may take a vCPU is a violation.
 */
public record SoakPlan(
        SoakMode mode,
        Rules rules,
        int vcpus,
        int injectors,
        long nanos,
        long count,
        long lifeNanos,
        long seed,
        int floatingCapacity,
        int localCapacity,
        WaitStrategy waitStrategy,
        Path countersFile,
        long patienceNanos) {

    boolean isFaulty() {
        return mode == SoakMode.FAULTS;
    }
}
