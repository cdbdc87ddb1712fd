package org.interruptor.bench.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.interruptor.bench.plan.Contender.Role;
import org.interruptor.bench.plan.Pacing.Arrivals;
import org.interruptor.bench.plan.Scenario.Kind;

/** The scenarios that have a name. */
public final class Catalogue {
    /** As long as gives steady medians, and all standard scenarios in under two minutes. */
    private static final Timing THROUGHPUT = new Timing(300, 200, 5);

    private static final Timing LATENCY = new Timing(200, 300, 5);
    private static final Timing BACKLOG = new Timing(150, 50, 5);
    private static final Timing SHORT = new Timing(60, 50, 3);

    /** Long enough for a 99th percentile of 4,000 times a second. */
    private static final Timing SHORT_LATENCY = new Timing(60, 90, 3);

    private static final int INJECTORS = 4;
    private static final int MANY_VCPUS = 1024;
    private static final int CALLING_VCPUS = 4;

    private static final List<Entry> ENTRIES = List.of(
            entry(
                    "pair-emergency",
                    Kind.ONE_THREAD,
                    "Injects and delivers an emergency signal on one thread: the cost of the work without another core."
                            + " Limited by atomic instructions and by the stores into the lowcore.",
                    Load.builder().mix(Mix.of(Signal.EMERGENCY))),
            entry(
                    "pair-virtio",
                    Kind.ONE_THREAD,
                    "Injects and delivers a virtio interruption on one thread, through the queue that all vCPUs share."
                            + " Limited by atomic instructions and by the stores into the lowcore.",
                    Load.builder().mix(Mix.of(Signal.VIRTIO))),
            entry(
                            "pair-restart",
                            Kind.ONE_THREAD,
                            "Injects and delivers a restart on one thread, through the ring of a vCPU.",
                            Load.builder().mix(Mix.of(Signal.RESTART)))
                    .onDemand(),
            entry(
                    "one-to-one-local",
                    Kind.THROUGHPUT,
                    "One injector sends emergency signals to one vCPU that runs. Limited by the cache lines that both cores"
                            + " write.",
                    Load.builder().mix(Mix.of(Signal.EMERGENCY))),
            entry(
                            "one-to-one-restart",
                            Kind.THROUGHPUT,
                            "One injector sends restarts to one vCPU that runs: local interruptions that carry a record.",
                            Load.builder().mix(Mix.of(Signal.RESTART)))
                    .onDemand(),
            entry(
                    "one-to-one-floating",
                    Kind.THROUGHPUT,
                    "One injector sends virtio interruptions to a machine with one vCPU that runs. Limited by the cache lines"
                            + " that both cores write.",
                    Load.builder().mix(Mix.of(Signal.VIRTIO))),
            entry(
                    "many-to-one",
                    Kind.THROUGHPUT,
                    "Four injectors send emergency signals and virtio interruptions to one vCPU that runs. With fewer cores"
                            + " than threads the operating system's time slices are part of it.",
                    Load.builder().injectors(INJECTORS).mix(Mix.parse("emergency=1,virtio=1"))),
            entry(
                    "one-to-many",
                    Kind.THROUGHPUT,
                    "One injector sends emergency signals to four vCPUs in turn and virtio interruptions to any. A vCPU with"
                            + " nothing pending checks 100 times, then parks. Limited by the wake-ups.",
                    Load.builder()
                            .vcpus(4)
                            .mix(Mix.parse("emergency=1,virtio=1"))
                            .waitMode(WaitMode.spinThenPark(100))),
            entry(
                    "64-vcpus",
                    Kind.THROUGHPUT,
                    "Four injectors send virtio interruptions to a machine of 64 vCPUs, each a thread, which wait when nothing"
                            + " is pending: each leaves the core to others ten times, then parks. Limited by the time slices of 68"
                            + " threads.",
                    Load.builder().vcpus(64).injectors(INJECTORS).waitMode(WaitMode.spinYieldPark(0, 10))),
            entry(
                            "64-vcpus-park",
                            Kind.THROUGHPUT,
                            "As 64-vcpus, but a vCPU parks after 100 checks. Limited by the wake-ups: nearly each injection wakes a"
                                    + " vCPU.",
                            Load.builder().vcpus(64).injectors(INJECTORS).waitMode(WaitMode.spinThenPark(100)))
                    .onDemand(),
            entry(
                            "io-1-vcpu",
                            Kind.THROUGHPUT,
                            "One injector makes I/O interruptions of 1,024 subchannels pending, spread over the eight subclasses, on a"
                                    + " machine with one vCPU that runs. Limited by the cache lines that both cores write.",
                            Load.builder().mix(Mix.of(Signal.IO)))
                    .onDemand(),
            entry(
                            "io-64-vcpus",
                            Kind.THROUGHPUT,
                            "Four injectors make I/O interruptions pending, spread over the eight subclasses, on a machine of 64 vCPUs,"
                                    + " each a thread, which wait as in 64-vcpus. Limited by the time slices of 68 threads.",
                            Load.builder()
                                    .vcpus(64)
                                    .injectors(INJECTORS)
                                    .mix(Mix.of(Signal.IO))
                                    .waitMode(WaitMode.spinYieldPark(0, 10)))
                    .onDemand(),
            entry(
                            "adapter-1-vcpu",
                            Kind.THROUGHPUT,
                            "One injector notifies 64 virtqueues of a machine with one vCPU that runs, by indicator and summary bits; the"
                                    + " guest's handler clears them and takes what each queue has. Counted are notifications: those that"
                                    + " come while the summary bit is set need no interruption. Compare with io-1-vcpu.",
                            Load.builder().mix(Mix.of(Signal.ADAPTER)))
                    .onDemand(),
            entry(
                            "adapter-64-vcpus",
                            Kind.THROUGHPUT,
                            "As adapter-1-vcpu, from four injectors to 64 vCPUs, which wait as in 64-vcpus.",
                            Load.builder()
                                    .vcpus(64)
                                    .injectors(INJECTORS)
                                    .mix(Mix.of(Signal.ADAPTER))
                                    .waitMode(WaitMode.spinYieldPark(0, 10)))
                    .onDemand(),
            entry(
                            "external-calls",
                            Kind.THROUGHPUT,
                            "Four vCPUs that run send external calls to all others in turn, by SIGNAL PROCESSOR, and take those that come."
                                    + " A call to a vCPU that has one pending is refused, and made again.",
                            Load.builder()
                                    .vcpus(CALLING_VCPUS)
                                    .injectors(CALLING_VCPUS)
                                    .mix(Mix.of(Signal.EXTERNAL_CALL)))
                    .onDemand(),
            pair(Signal.IO, "Injects and delivers an I/O interruption on one thread, of 1,024 subchannels in turn."),
            pair(
                    Signal.ADAPTER,
                    "Notifies a virtqueue by indicator and summary bit, delivers the adapter interruption, and runs the guest's"
                            + " handler, on one thread."),
            pair(
                    Signal.EXTERNAL_CALL,
                    "Sends an external call to the own CPU by SIGNAL PROCESSOR and delivers it, on one thread."),
            backlog(0),
            backlog(100),
            backlog(10_000),
            backlog(100_000),
            maskedWaiters(0),
            maskedWaiters(63),
            maskedWaiters(255),
            maskedWaiters(1023),
            entry(
                    "latency-spin",
                    Kind.LATENCY,
                    "From the intended time of a virtio interruption to its delivery on a vCPU that spins in the wait. The floor"
                            + " is one cache line that goes from core to core, and the reading of the clock.",
                    Load.builder().waitMode(WaitMode.SPIN).pacing(Pacing.openLoop(20_000, Arrivals.CONSTANT))),
            entry(
                    "latency-park",
                    Kind.LATENCY,
                    "From the intended time of a virtio interruption to its delivery on a vCPU whose thread is parked. The floor"
                            + " is the operating system's: unpark, an inter-processor interrupt, a switch of threads.",
                    Load.builder().waitMode(WaitMode.PARK).pacing(Pacing.openLoop(4000, Arrivals.CONSTANT))),
            entry(
                    "latency-spin-then-park",
                    Kind.LATENCY,
                    "From the intended time of a virtio interruption to its delivery, in bursts and lulls, on a vCPU that checks"
                            + " 1000 times and then parks. Short waits behave like those of a spinning vCPU, long ones like those of a parked one.",
                    Load.builder()
                            .waitMode(WaitMode.spinThenPark(1000))
                            .pacing(Pacing.openLoop(20_000, Arrivals.POISSON))),
            entry(
                            "latency-local",
                            Kind.LATENCY,
                            "From the intended time of an emergency signal to its delivery on a vCPU that spins in the wait.",
                            Load.builder()
                                    .mix(Mix.of(Signal.EMERGENCY))
                                    .waitMode(WaitMode.SPIN)
                                    .pacing(Pacing.openLoop(20_000, Arrivals.CONSTANT)))
                    .onDemand(),
            entry(
                            "latency-closed",
                            Kind.LATENCY,
                            "From injection to delivery on a vCPU that spins in the wait, each as soon as the last was delivered. A stall"
                                    + " delays the next injection and counts once: compare with the open loop.",
                            Load.builder().waitMode(WaitMode.SPIN).pacing(Pacing.closedLoop(1)))
                    .onDemand(),
            entry(
                            "latency-cold",
                            Kind.LATENCY,
                            "As latency-spin, but before each injection the injector copies memory until its caches hold nothing of the"
                                    + " engine.",
                            Load.builder()
                                    .waitMode(WaitMode.SPIN)
                                    .pacing(Pacing.openLoop(100, Arrivals.CONSTANT))
                                    .disturbance("MEMORY_COPY"))
                    .onDemand(),
            entry(
                    "deadline",
                    Kind.DEADLINE,
                    "How late a clock-comparator interruption is delivered to a waiting vCPU that spins for the last 100"
                            + " microseconds. The floor is the reading of the clock.",
                    Load.builder().waitMode(WaitMode.spinThenPark(100))),
            entry(
                    "deadline-park",
                    Kind.DEADLINE,
                    "How late a clock-comparator interruption is delivered to a waiting vCPU that parks to the end. The floor is"
                            + " the operating system's timer.",
                    Load.builder().waitMode(WaitMode.PARK)),
            entry(
                    "ping-pong",
                    Kind.PING_PONG,
                    "Half of the time in which a cache line goes to another core and comes back: the floor under all that goes"
                            + " between two cores on this machine.",
                    Load.builder()));

    private Catalogue() {}

    /**
     * A scenario with its defaults.
     *
     * @param scenario the scenario.
     * @param isStandard whether it is measured when nothing is named.
     * @param timing how long and how often, as a rule.
     */
    public record Entry(Scenario scenario, boolean isStandard, Timing timing) {
        private Entry onDemand() {
            return new Entry(scenario, false, timing);
        }

        /** How long and how often, if a short answer is wanted. */
        public Timing shortTiming() {
            return isTimed(scenario.kind()) ? SHORT_LATENCY : SHORT;
        }

        /** Who takes part when nobody is named: of times only the design of the original and the limits. */
        public List<Contender> contenders() {
            return contenders(scenario);
        }

        /** As {@link #contenders()}, of the scenario with another load. */
        public List<Contender> contenders(Scenario changed) {
            List<Contender> all = Contender.forScenario(changed);
            return changed.kind() != Kind.LATENCY
                    ? all
                    : all.stream()
                            .filter(one ->
                                    one.role() != Role.BASELINE || one == Contender.LISTS || one == Contender.LISTS_C)
                            .toList();
        }
    }

    private static Entry entry(String name, Kind kind, String meaning, Load.Builder load) {
        Timing timing = isTimed(kind) ? LATENCY : THROUGHPUT;
        return new Entry(new Scenario(name, name, kind, meaning, load.build()), true, timing);
    }

    private static boolean isTimed(Kind kind) {
        return kind != Kind.ONE_THREAD && kind != Kind.THROUGHPUT;
    }

    /** On one thread, under architecture rules. */
    private static Entry pair(Signal signal, String meaning) {
        return entry(
                        "pair-" + signal.label(),
                        Kind.ONE_THREAD,
                        meaning,
                        Load.builder().mix(Mix.of(signal)))
                .onDemand();
    }

    private static Entry backlog(int count) {
        Load load = Load.builder().mix(Mix.of(Signal.RESTART)).backlog(count).build();
        String meaning =
                "Injects and delivers a restart behind masked emergency signals, on one thread. An engine that searches a"
                        + " list pays for each of them.";
        return new Entry(new Scenario("backlog-" + count, "backlog", Kind.ONE_THREAD, meaning, load), true, BACKLOG);
    }

    /** All on a machine of the same size, so that they differ in who waits alone. */
    private static Entry maskedWaiters(int count) {
        Load load = Load.builder().vcpus(MANY_VCPUS).maskedWaiters(count).build();
        String meaning =
                "Injects and delivers a virtio interruption on one thread, on a machine of 1,024 vCPUs of which some are"
                        + " parked in the wait with virtio masked. An engine that checks each waiting vCPU pays for each of them.";
        return new Entry(
                        new Scenario("masked-waiters-" + count, "masked-waiters", Kind.ONE_THREAD, meaning, load),
                        true,
                        BACKLOG)
                .onDemand();
    }

    /** All of them, in the order in which they are measured. */
    public static List<Entry> all() {
        return ENTRIES;
    }

    /** Those that are measured when nothing is named. */
    public static List<Entry> standard() {
        return ENTRIES.stream().filter(Entry::isStandard).toList();
    }

    /**
     * The scenarios of names, each a scenario's or a group's.
     *
     * @throws IllegalArgumentException if there is none of a name.
     */
    public static List<Entry> named(List<String> names) {
        List<Entry> found = new ArrayList<>();
        for (String name : names) {
            List<Entry> matching = ENTRIES.stream()
                    .filter(entry -> entry.scenario().name().equals(name)
                            || entry.scenario().group().equals(name))
                    .toList();
            if (matching.isEmpty()) {
                throw new IllegalArgumentException("scenario '" + name + "': expected one of "
                        + String.join(", ", allNames().distinct().toList()));
            }
            matching.stream().filter(entry -> !found.contains(entry)).forEach(found::add);
        }
        return found;
    }

    private static Stream<String> allNames() {
        return ENTRIES.stream()
                .map(Entry::scenario)
                .flatMap(scenario -> Arrays.asList(scenario.group(), scenario.name()).stream());
    }
}
