package org.interruptor.bench.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.interruptor.bench.plan.Scenario.Kind;

/** What is measured side by side. */
public enum Contender {
    /** The engine. */
    INTERRUPTOR("interruptor", Role.SUBJECT, "Interruptor", "the engine of this project"),
    /** The engine of another build, with the harness of that build. */
    INTERRUPTOR_OLD(
            "interruptor-old",
            Role.EARLIER,
            "Interruptor, earlier build",
            "the engine of another build of this project, driven by the harness of that build (--engine-jar)"),
    /** The design of the original. */
    LISTS(
            "lists",
            Role.BASELINE,
            "lists under spin locks",
            "the design of the original, in Java: one lock that orders all injections, linked lists under spin locks, an"
                    + " allocation for each interruption, and a search from the front, under the lock, until nothing more may"
                    + " be taken"),
    /** The design of the original in its own language. */
    LISTS_C(
            "lists-c",
            Role.BASELINE,
            "lists in C",
            "the design of the original, in C, as a process of its own: one mutex that orders all injections, linked lists"
                    + " under spin locks, an allocation for each interruption, and a search from the front"),
    /** The obvious one. */
    LOCKED_DEQUE("locked-deque", Role.BASELINE, "ReentrantLock + deque", "array deques under ReentrantLocks"),
    /** The obvious one without locks. */
    CONCURRENT_QUEUE(
            "concurrent-queue",
            Role.BASELINE,
            "ConcurrentLinkedQueue",
            "ConcurrentLinkedQueues, bounded by a count beside them"),
    /** The quick one without locks. */
    MPMC("mpmc", Role.BASELINE, "JCTools MPMC", "JCTools' MpmcVarHandleArrayQueues"),
    /** A limit. */
    DISRUPTOR(
            "disruptor",
            Role.LIMIT,
            "bare Disruptor",
            "a Disruptor ring with its batch processor: the same gate, stores and counters, but one vCPU bound to the"
                    + " ring, no wait, no wake-up, no choice of a vCPU"),
    /** A limit. */
    CACHE_LINE(
            "cache-line",
            Role.LIMIT,
            "bare cache line",
            "one word on a cache line of its own, written by one thread, looked at by the other"),
    /** A limit. */
    UNPARK("unpark", Role.LIMIT, "bare unpark", "one word, and LockSupport.unpark of the thread that waits for it"),
    /** A limit. */
    PARK_NANOS("park-nanos", Role.LIMIT, "bare parkNanos", "LockSupport.parkNanos until the time has come");

    /** What a contender is there for. */
    public enum Role {
        /** What is being measured. */
        SUBJECT,
        /** Another build of the same, which takes part only where it is named. */
        EARLIER,
        /** Another way to do the same work. */
        BASELINE,
        /** What the machine and the JVM allow at best. */
        LIMIT
    }

    private static final Set<Signal> IN_C = EnumSet.of(Signal.EMERGENCY, Signal.RESTART, Signal.SERVICE, Signal.VIRTIO);
    private static final int MAX_PATTERN_IN_C = 8192;

    private final String label;
    private final Role role;
    private final String title;
    private final String meaning;

    Contender(String label, Role role, String title, String meaning) {
        this.label = label;
        this.role = role;
        this.title = title;
        this.meaning = meaning;
    }

    /** The name in options and results. */
    @JsonValue
    public String label() {
        return label;
    }

    /** What it is there for. */
    public Role role() {
        return role;
    }

    /** The name in the report. */
    public String title() {
        return title;
    }

    /** What it is, for the report. */
    public String meaning() {
        return meaning;
    }

    /**
     * The contender of a name.
     *
     * @throws IllegalArgumentException if there is none of that name.
     */
    @JsonCreator
    public static Contender of(String label) {
        for (Contender contender : values()) {
            if (contender.label.equals(label)) {
                return contender;
            }
        }
        throw new IllegalArgumentException("engine '" + label + "': expected one of "
                + Arrays.stream(values()).map(Contender::label).collect(Collectors.joining(", ")));
    }

    /** Those of this build that can do a scenario, the engine first. */
    public static List<Contender> forScenario(Scenario scenario) {
        return Arrays.stream(values())
                .filter(one -> one.role() != Role.EARLIER && one.isFit(scenario))
                .toList();
    }

    /** Whether it can do a scenario at all. */
    public boolean isFit(Scenario scenario) {
        Kind kind = scenario.kind();
        return switch (this) {
            case INTERRUPTOR, INTERRUPTOR_OLD -> kind != Kind.PING_PONG;
            case LISTS, LOCKED_DEQUE, CONCURRENT_QUEUE, MPMC ->
                // The baselines never close the gate of floating interruptions.
                (isLoad(kind) || kind == Kind.ONE_THREAD)
                        && scenario.load().maskedWaiters() == 0
                        && !scenario.load().mix().isArchitecture();
            case LISTS_C ->
                (isLoad(kind) || kind == Kind.ONE_THREAD)
                        && scenario.load().maskedWaiters() == 0
                        && isInC(scenario.load());
            case DISRUPTOR -> isLoad(kind) && isOneVirtio(scenario.load()) && isAwake(scenario.load());
            case CACHE_LINE ->
                kind == Kind.PING_PONG
                        || (kind == Kind.LATENCY
                                && isOneVirtio(scenario.load())
                                && scenario.load().injectors() == 1
                                && isAwake(scenario.load()));
            case UNPARK ->
                kind == Kind.LATENCY
                        && isOneVirtio(scenario.load())
                        && scenario.load().injectors() == 1
                        && scenario.load().waitMode().kind() == WaitMode.Kind.PARK;
            case PARK_NANOS -> kind == Kind.DEADLINE;
        };
    }

    private static boolean isLoad(Kind kind) {
        return kind == Kind.THROUGHPUT || kind == Kind.LATENCY;
    }

    /** What the program in C can do. */
    private static boolean isInC(Load load) {
        return IN_C.containsAll(load.mix().signals())
                && load.mix().pattern(load.seed()).size() < MAX_PATTERN_IN_C
                && load.pacing().mode() != Pacing.Mode.CLOSED_LOOP
                && load.waitMode().kind() != WaitMode.Kind.ADAPTIVE
                && load.disturbance().equals(Load.UNDISTURBED);
    }

    private static boolean isOneVirtio(Load load) {
        return load.vcpus() == 1 && load.mix().isOnly(Signal.VIRTIO) && load.backlog() == 0;
    }

    private static boolean isAwake(Load load) {
        return load.waitMode().equals(WaitMode.RUN) || load.waitMode().equals(WaitMode.SPIN);
    }
}
