package org.interruptor.tools.bench;

import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Mix;
import org.interruptor.bench.plan.Pacing;
import org.interruptor.bench.plan.Pacing.Arrivals;
import org.interruptor.bench.plan.Pacing.Mode;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.WaitMode;
import picocli.CommandLine.Option;

/** The dimensions of a load, as options: each that is given replaces that of the scenario. */
final class LoadOptions {
    @Option(names = "--vcpus", paramLabel = "N", description = "Number of vCPUs, each a thread.")
    private Integer vcpus;

    @Option(names = "--injectors", paramLabel = "N", description = "Number of injecting threads.")
    private Integer injectors;

    @Option(
            names = "--mix",
            paramLabel = "MIX",
            description =
                    "Types of interruptions and their shares, for example virtio or emergency=3,restart=1,virtio=4.")
    private String mix;

    @Option(
            names = "--wait",
            paramLabel = "MODE",
            description =
                    "What a vCPU does while nothing is pending: run (guest code that checks for attention), spin, park,"
                            + " spin-then-park:LOOKS, spin-yield-park:LOOKS:YIELDS or adaptive:MIN:MAX.")
    private String waitMode;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description =
                    "Open loop: scheduled injections per second, all injectors together. Latency counts from the scheduled time.")
    private Double rate;

    @Option(names = "--arrivals", paramLabel = "KIND", description = "Gaps in an open loop: constant or poisson.")
    private String arrivals;

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            description = "Closed loop: the maximum number of injected and not yet delivered interruptions.")
    private Integer outstanding;

    @Option(
            names = "--floating-capacity",
            paramLabel = "N",
            description = "Capacity of the floating queue, a power of two.")
    private Integer floatingCapacity;

    @Option(names = "--local-capacity", paramLabel = "N", description = "Capacity of each local queue, a power of two.")
    private Integer localCapacity;

    @Option(
            names = "--disturb",
            paramLabel = "NAME",
            description =
                    "How an injector disturbs its caches in the gaps of an open loop: none, or one of chronicle-core's"
                            + " CpuCoolers, such as MEMORY_COPY.")
    private String disturbance;

    @Option(names = "--seed", paramLabel = "N", description = "Seed for all random choices.")
    private Long seed;

    /**
     * The scenario as the options want it.
     *
     * @throws IllegalArgumentException if a value is out of range, or values do not go together.
     */
    Scenario apply(Scenario scenario) {
        Load.Builder load =
                scenario.load().toBuilder().pacing(pacing(scenario.load().pacing()));
        if (vcpus != null) {
            load.vcpus(vcpus);
        }
        if (injectors != null) {
            load.injectors(injectors);
        }
        if (mix != null) {
            load.mix(Mix.parse(mix));
        }
        if (waitMode != null) {
            load.waitMode(WaitMode.parse(waitMode));
        }
        if (floatingCapacity != null) {
            load.floatingCapacity(floatingCapacity);
        }
        if (localCapacity != null) {
            load.localCapacity(localCapacity);
        }
        if (disturbance != null) {
            load.disturbance(disturbance);
        }
        if (seed != null) {
            load.seed(seed);
        }
        return scenario.with(load.build());
    }

    private Pacing pacing(Pacing before) {
        if (rate != null && outstanding != null) {
            throw new IllegalArgumentException(
                    "--rate and --outstanding exclude each other: an open loop has a rate, a closed one a bound");
        }
        if (outstanding != null) {
            return Pacing.closedLoop(outstanding);
        }
        Arrivals gaps = arrivals == null ? before.arrivals() : Arrivals.parse(arrivals);
        if (rate != null) {
            return Pacing.openLoop(rate, gaps);
        }
        if (arrivals != null && before.mode() != Mode.OPEN_LOOP) {
            throw new IllegalArgumentException("--arrivals needs an open loop: give --rate too");
        }
        return before.mode() == Mode.OPEN_LOOP ? Pacing.openLoop(before.ratePerSecond(), gaps) : before;
    }
}
