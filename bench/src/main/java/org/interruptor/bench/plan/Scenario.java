package org.interruptor.bench.plan;

import org.interruptor.bench.plan.Pacing.Mode;

/**
 * One thing to be measured.
 *
 * @param name how options and results call it.
 * @param group scenarios of one group differ in one dimension and are shown together; else the name.
 * @param kind what is measured.
 * @param meaning one or two sentences for the report: what happens, and what limits it.
 * @param load the dimensions.
 */
public record Scenario(String name, String group, Kind kind, String meaning, Load load) {
    /** What is measured. */
    public enum Kind {
        /** Time of an injection and its delivery by vCPU 0, both on one thread; the other vCPUs wait or do nothing. */
        ONE_THREAD,
        /** Deliveries a second, from injectors to vCPUs on threads of their own. */
        THROUGHPUT,
        /** Time from injection to delivery, between threads. */
        LATENCY,
        /** How late a clock-comparator interruption is. */
        DEADLINE,
        /** Time in which a cache line gets from one core to another. */
        PING_PONG
    }

    /** Refuses dimensions that do not go together. */
    public Scenario {
        switch (kind) {
            case ONE_THREAD -> {
                check(
                        name,
                        load.injectors() == 1,
                        "injectors=" + load.injectors(),
                        "1: one thread is injector and vCPU");
                check(
                        name,
                        load.pacing().mode() == Mode.FLAT_OUT,
                        load.pacing().describe(),
                        "no rate and no outstanding");
            }
            case THROUGHPUT -> {
                check(
                        name,
                        load.pacing().mode() != Mode.OPEN_LOOP,
                        load.pacing().describe(),
                        "no rate: throughput is what is accepted; take a latency scenario");
                boolean areCalls = load.mix().isOnly(Signal.EXTERNAL_CALL);
                check(
                        name,
                        !areCalls || (load.vcpus() > 1 && load.injectors() == load.vcpus()),
                        "injectors=" + load.injectors() + " with mix=" + load.mix() + " and vcpus=" + load.vcpus(),
                        "two vCPUs or more, and as many injectors: each vCPU sends to all others");
            }
            case LATENCY -> {
                check(name, load.pacing().mode() != Mode.FLAT_OUT, "no rate and no outstanding", "one of them");
                check(
                        name,
                        !load.mix().isArchitecture(),
                        "mix=" + load.mix(),
                        "no io, adapter or external-call: they merge, or wait for a place, so a time tells nothing");
                check(
                        name,
                        !load.mix().signals().contains(Signal.PROGRAM),
                        "mix=" + load.mix(),
                        "no program interruption: it overtakes, so its injection cannot be told by its place");
                check(
                        name,
                        !load.mix().hasLocal() || load.injectors() <= load.vcpus(),
                        "injectors=" + load.injectors() + " with mix=" + load.mix(),
                        "at most as many injectors as vCPUs: what carries no parameter is told by its place, so"
                                + " each vCPU has one injector");
            }
            case DEADLINE, PING_PONG -> {}
        }
        check(
                name,
                load.maskedWaiters() == 0 || kind == Kind.ONE_THREAD,
                "masked-waiters=" + load.maskedWaiters(),
                "0: only a scenario on one thread has vCPUs that wait beside it");
        check(
                name,
                load.disturbance().equals(Load.UNDISTURBED) || load.pacing().mode() == Mode.OPEN_LOOP,
                "disturb=" + load.disturbance(),
                "a rate: caches are disturbed in the gaps of an open loop");
    }

    private static void check(String name, boolean valid, String what, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("scenario " + name + ": " + what + ": expected " + expected);
        }
    }

    /** The same with another load. */
    public Scenario with(Load other) {
        return new Scenario(name, group, kind, meaning, other);
    }
}
