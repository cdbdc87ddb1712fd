package org.interruptor.engine;

import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;

/**
 * How long the Lincheck tests run: a quick form in each build, or, with {@code -Dinterruptor.lincheck=long}, one with a third
 * thread, longer scenarios, and many times as many of them and of their interleavings.
 *
 * <p>Model checking explores interleavings of sequentially consistent steps: it judges the protocol, not the fences, which
 * are the business of the module {@code jcstress}.
 */
public final class LincheckForm {
    private static final boolean IS_LONG = "long".equals(System.getProperty("interruptor.lincheck"));
    private static final int THREADS = IS_LONG ? 3 : 2;
    private static final int OPERATIONS_PER_THREAD = IS_LONG ? 4 : 3;
    private static final int SCENARIOS = IS_LONG ? 100 : 20;
    private static final int SCENARIOS_OF_REAL_THREADS = IS_LONG ? 100 : 5;
    private static final int RUNS_PER_SCENARIO = IS_LONG ? 2000 : 250;

    /** So that two threads find the queues filled, and one of them can empty them behind the other's back. */
    private static final int OPERATIONS_BEFORE = 4;

    private static final int OPERATIONS_AFTER = 2;

    private LincheckForm() {}

    /**
     * Checks that the results of operations, in all explored interleavings of random scenarios, are those of a specification
     * whose operations come one after the other.
     */
    public static void modelCheck(Class<?> operations, Class<?> specification) {
        ModelCheckingOptions options = modelChecking();
        options.iterations(SCENARIOS).invocationsPerIteration(RUNS_PER_SCENARIO);
        check(options, operations, specification);
    }

    /**
     * As {@link #modelCheck(Class, Class)}, with one scenario and ten times as many of its interleavings.
     *
     * @param threads the operations that each of the threads calls, by name; behind it, after a blank, a number if it takes one.
     * @param after those that are called when all threads have ended.
     */
    public static void modelCheck(
            Class<?> operations, Class<?> specification, List<List<String>> threads, List<String> after) {
        ModelCheckingOptions options = modelChecking();
        List<List<Actor>> parallel =
                threads.stream().map(calls -> actors(operations, calls)).toList();
        options.addCustomScenario(new ExecutionScenario(List.of(), parallel, actors(operations, after), null));
        options.iterations(0).invocationsPerIteration(10 * RUNS_PER_SCENARIO);
        check(options, operations, specification);
    }

    private static ModelCheckingOptions modelChecking() {
        ModelCheckingOptions options = new ModelCheckingOptions();
        // Each access to a buffer of Agrona's is one step: Lincheck can look neither into UnsafeApi nor at its
        // constants.
        options.addGuarantee(ManagedStrategyGuaranteeKt.forClasses("org.agrona.concurrent.UnsafeBuffer")
                .allMethods()
                .treatAsAtomic());
        return options;
    }

    private static List<Actor> actors(Class<?> operations, List<String> calls) {
        return calls.stream().map(call -> actor(operations, call)).toList();
    }

    private static Actor actor(Class<?> operations, String call) {
        String[] words = call.split(" ");
        try {
            return words.length == 1
                    ? new Actor(operations.getMethod(call), List.of())
                    : new Actor(operations.getMethod(words[0], int.class), List.of(Integer.valueOf(words[1])));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** As {@link #modelCheck(Class, Class)}, with the threads running for real. */
    public static void stress(Class<?> operations, Class<?> specification) {
        StressOptions options = new StressOptions();
        options.iterations(SCENARIOS_OF_REAL_THREADS).invocationsPerIteration(RUNS_PER_SCENARIO);
        check(options, operations, specification);
    }

    private static void check(Options<?, ?> options, Class<?> operations, Class<?> specification) {
        options.threads(THREADS);
        options.actorsPerThread(OPERATIONS_PER_THREAD);
        options.actorsBefore(OPERATIONS_BEFORE);
        options.actorsAfter(OPERATIONS_AFTER);
        options.sequentialSpecification(specification);
        options.logLevel(LoggingLevel.ERROR); // it warns of each class that it cannot look into
        options.check(operations);
    }
}
