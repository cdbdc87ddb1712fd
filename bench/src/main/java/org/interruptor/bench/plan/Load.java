package org.interruptor.bench.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import net.openhft.chronicle.core.cooler.CpuCoolers;

/**
 * Every dimension of a load that can be set.
 *
 * @param vcpus vCPUs, each a thread of its own.
 * @param injectors threads that inject.
 * @param mix which interruptions.
 * @param waitMode what a vCPU does while nothing is pending.
 * @param pacing when injections are made.
 * @param backlog emergency signals that are queued for each vCPU before, and stay masked.
 * @param maskedWaiters vCPUs that are parked in the wait all the time, with the gate of virtio and service closed; the rest
 *     of the vCPUs takes what comes.
 * @param floatingCapacity places in the floating queue, a power of two.
 * @param localCapacity places in each local queue, a power of two.
 * @param disturbance what an injector does to its caches before each injection: a name of chronicle-core's {@code
 *     CpuCoolers}, or {@code none}.
 * @param seed of all that is random.
 */
public record Load(
        int vcpus,
        int injectors,
        Mix mix,
        WaitMode waitMode,
        Pacing pacing,
        int backlog,
        // Older builds, which know no such waiters, can be given all other loads.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int maskedWaiters,
        int floatingCapacity,
        int localCapacity,
        String disturbance,
        long seed) {

    /** Instead of a name of a disturbance: none. */
    public static final String UNDISTURBED = "none";

    private static final int MAX_VCPUS = 1024;
    private static final int MAX_INJECTORS = 1024;
    private static final int MAX_BACKLOG = 10_000_000;
    private static final int MAX_CAPACITY = 1 << 24;

    /** Checks each value. */
    public Load {
        Parse.inRange("vcpus", vcpus, 1, MAX_VCPUS);
        Parse.inRange("injectors", injectors, 1, MAX_INJECTORS);
        Parse.inRange("backlog", backlog, 0, MAX_BACKLOG);
        if (maskedWaiters < 0 || maskedWaiters >= vcpus) {
            throw new IllegalArgumentException("masked-waiters=" + maskedWaiters + " with vcpus=" + vcpus
                    + ": expected 0 or more, and at least one vCPU beside them");
        }
        checkCapacity("floating-capacity", floatingCapacity);
        checkCapacity("local-capacity", localCapacity);
        if (!disturbance.equals(UNDISTURBED)) {
            disturber(disturbance);
        }
        if (mix.isArchitecture() && !mix.signals().stream().allMatch(Signal::isArchitecture)) {
            throw new IllegalArgumentException(
                    "mix=" + mix
                            + ": expected interruptions of one set of rules; io, adapter and external-call need architecture rules");
        }
        if (mix.signals().contains(Signal.EXTERNAL_CALL) && mix.signals().size() > 1) {
            throw new IllegalArgumentException(
                    "mix=" + mix + ": expected external-call alone: vCPUs send it themselves");
        }
        if (backlog > 0 && mix.isArchitecture()) {
            throw new IllegalArgumentException("backlog=" + backlog + " with mix=" + mix
                    + ": expected no backlog: under architecture rules emergency signals of one sender merge");
        }
        if (backlog > 0 && mix.signals().contains(Signal.EMERGENCY)) {
            throw new IllegalArgumentException("backlog=" + backlog + " with mix=" + mix
                    + ": the backlog is of masked emergency signals, so the mix can have none");
        }
    }

    private static void checkCapacity(String name, int value) {
        Parse.inRange(name, value, 2, MAX_CAPACITY);
        if (Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(name + "=" + value + ": expected a power of two");
        }
    }

    /**
     * What disturbs the caches of an injector.
     *
     * @return a disturber, or null for none.
     */
    public CpuCoolers disturber() {
        return disturbance.equals(UNDISTURBED) ? null : disturber(disturbance);
    }

    private static CpuCoolers disturber(String name) {
        try {
            return CpuCoolers.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "disturb=" + name + ": expected none, or one of " + java.util.Arrays.toString(CpuCoolers.values()),
                    e);
        }
    }

    /** One vCPU that runs, one injector, virtio as fast as accepted. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with this load. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.vcpus = vcpus;
        builder.injectors = injectors;
        builder.mix = mix;
        builder.waitMode = waitMode;
        builder.pacing = pacing;
        builder.backlog = backlog;
        builder.maskedWaiters = maskedWaiters;
        builder.floatingCapacity = floatingCapacity;
        builder.localCapacity = localCapacity;
        builder.disturbance = disturbance;
        builder.seed = seed;
        return builder;
    }

    /** Sets up a load; values are checked by {@link #build}. */
    public static final class Builder {
        private int vcpus = 1;
        private int injectors = 1;
        private Mix mix = Mix.of(Signal.VIRTIO);
        private WaitMode waitMode = WaitMode.RUN;
        private Pacing pacing = Pacing.flatOut();
        private int backlog;
        private int maskedWaiters;
        private int floatingCapacity = 4096;
        private int localCapacity = 4096;
        private String disturbance = UNDISTURBED;
        private long seed = 1;

        private Builder() {}

        /** See {@link Load#vcpus}. */
        public Builder vcpus(int value) {
            vcpus = value;
            return this;
        }

        /** See {@link Load#injectors}. */
        public Builder injectors(int value) {
            injectors = value;
            return this;
        }

        /** See {@link Load#mix}. */
        public Builder mix(Mix value) {
            mix = value;
            return this;
        }

        /** See {@link Load#waitMode}. */
        public Builder waitMode(WaitMode value) {
            waitMode = value;
            return this;
        }

        /** See {@link Load#pacing}. */
        public Builder pacing(Pacing value) {
            pacing = value;
            return this;
        }

        /** See {@link Load#backlog}. */
        public Builder backlog(int value) {
            backlog = value;
            return this;
        }

        /** See {@link Load#maskedWaiters}. */
        public Builder maskedWaiters(int value) {
            maskedWaiters = value;
            return this;
        }

        /** See {@link Load#floatingCapacity}. */
        public Builder floatingCapacity(int value) {
            floatingCapacity = value;
            return this;
        }

        /** See {@link Load#localCapacity}. */
        public Builder localCapacity(int value) {
            localCapacity = value;
            return this;
        }

        /** See {@link Load#disturbance}. */
        public Builder disturbance(String value) {
            disturbance = value;
            return this;
        }

        /** See {@link Load#seed}. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The load.
         *
         * @throws IllegalArgumentException if a value is out of range.
         */
        public Load build() {
            return new Load(
                    vcpus,
                    injectors,
                    mix,
                    waitMode,
                    pacing,
                    backlog,
                    maskedWaiters,
                    floatingCapacity,
                    localCapacity,
                    disturbance,
                    seed);
        }
    }
}
