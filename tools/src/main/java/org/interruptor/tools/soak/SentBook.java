package org.interruptor.tools.soak;

import java.util.Arrays;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;

/**
 * What one thread has injected into a machine with all classes, by the answers that it got: accepted, so that it made one pending;
 * merged, so that it became part of a pending one; or refused.
 *
 * <p>Threads: its injector's, or its vCPU's; any when that has ended.
 */
final class SentBook {
    /** Instead of a vCPU: floating. */
    static final int MACHINE = -1;

    /** In {@link #lastOf}: the pending one was withdrawn, or there never was one. */
    static final long NOTHING = -1;

    /** As in {@link InjectionBook}. */
    private static final int PADDING = 16;

    private final int targets;
    private final long[] accepted;
    private final long[] merged;
    private final long[] maybe;
    private final long[] refused;
    private final long[] lastOfSubchannel;
    private long ring;
    private long suppressed;
    private long mergedByRoutes;
    private long withdrawn;
    private long signals;

    SentBook(int vcpus, int subchannels) {
        targets = vcpus + 1;
        int length = InterruptionType.values().length * targets + 2 * PADDING;
        accepted = new long[length];
        merged = new long[length];
        maybe = new long[length];
        refused = new long[targets + 2 * PADDING];
        lastOfSubchannel = new long[subchannels + 2 * PADDING];
        Arrays.fill(lastOfSubchannel, NOTHING);
    }

    private int index(InterruptionType type, int target) {
        return PADDING + type.ordinal() * targets + target + 1;
    }

    /** Notes an answer, and returns it. */
    InjectResult note(InterruptionType type, int target, InjectResult answer) {
        switch (answer) {
            case ACCEPTED -> accepted[index(type, target)]++;
            case COALESCED -> merged[index(type, target)]++;
            case SUPPRESSED -> suppressed++;
            default -> refused[PADDING + target + 1]++;
        }
        return answer;
    }

    /** As {@link #note}, of what shares the service ring; the next one has another number. */
    InjectResult noteRing(InterruptionType type, InjectResult answer) {
        ring += answer == InjectResult.ACCEPTED ? 1 : 0;
        return note(type, MACHINE, answer);
    }

    /** As {@link #note}, of the number that an injection into one of the own subchannels carried. */
    InjectResult noteSubchannel(int subchannel, long number, InjectResult answer) {
        if (answer == InjectResult.ACCEPTED || answer == InjectResult.COALESCED) {
            lastOfSubchannel[PADDING + subchannel] = number;
        }
        return note(InterruptionType.IO, MACHINE, answer);
    }

    /** A route was triggered: its summary bit was set already, or an adapter interruption was pending. */
    InjectResult noteRoute(InjectResult answer) {
        switch (answer) {
            case COALESCED -> mergedByRoutes++;
            case MASKED -> {}
            default -> note(InterruptionType.ADAPTER, MACHINE, answer);
        }
        return answer;
    }

    /** The pending interruption of one of the own subchannels was withdrawn. */
    void withdrew(int subchannel) {
        withdrawn++;
        lastOfSubchannel[PADDING + subchannel] = NOTHING;
    }

    /** An order of SIGNAL PROCESSOR was accepted that makes a signal pending for certain: an external call. */
    void called(int target) {
        accepted[index(InterruptionType.EXTERNAL_CALL, target)]++;
    }

    /** An order was accepted of which one may be pending, or none: an order that has no effect, or a signal that merges. */
    void mayHaveSent(InterruptionType type, int target) {
        maybe[index(type, target)]++;
        signals++;
    }

    long accepted(InterruptionType type, int target) {
        return accepted[index(type, target)];
    }

    long merged(InterruptionType type, int target) {
        return merged[index(type, target)];
    }

    long maybe(InterruptionType type, int target) {
        return maybe[index(type, target)];
    }

    long refused(int target) {
        return refused[PADDING + target + 1];
    }

    /** Of all that shares the service ring so many were accepted, which is the number of the next. */
    long ring() {
        return ring;
    }

    /** The number that the pending or last interruption of one of the own subchannels has; or {@link #NOTHING}. */
    long lastOf(int subchannel) {
        return lastOfSubchannel[PADDING + subchannel];
    }

    long suppressed() {
        return suppressed;
    }

    long mergedByRoutes() {
        return mergedByRoutes;
    }

    long withdrawn() {
        return withdrawn;
    }

    /** Orders of SIGNAL PROCESSOR accepted, but for external calls. */
    long signals() {
        return signals;
    }
}
