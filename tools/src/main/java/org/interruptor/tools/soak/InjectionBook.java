package org.interruptor.tools.soak;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;

/**
 * What one injector, or one vCPU by itself, has had accepted and refused. Threads: its injector's; any when that has ended.
 */
final class InjectionBook {
    /** Longs on either side of a row, so that books of different threads share no cache line. */
    private static final int PADDING = 16;

    private final int vcpus;
    private final long[] accepted;
    private final long[] refused;
    private long floatingAccepted;
    private long floatingRefused;

    InjectionBook(int vcpus) {
        this.vcpus = vcpus;
        accepted = new long[InterruptionType.values().length * vcpus + 2 * PADDING];
        refused = new long[vcpus + 2 * PADDING];
    }

    /** Notes the answer to a floating injection. */
    boolean floating(InjectResult answer) {
        boolean isAccepted = answer == InjectResult.ACCEPTED;
        if (isAccepted) {
            floatingAccepted++;
        } else {
            floatingRefused++;
        }
        return isAccepted;
    }

    /** Notes the answer to a local injection. */
    boolean local(InterruptionType type, int vcpu, InjectResult answer) {
        boolean isAccepted = answer == InjectResult.ACCEPTED;
        if (isAccepted) {
            accepted[index(type, vcpu)]++;
        } else {
            refused[PADDING + vcpu]++;
        }
        return isAccepted;
    }

    private int index(InterruptionType type, int vcpu) {
        return PADDING + type.ordinal() * vcpus + vcpu;
    }

    /** Floating ones accepted, which is the number of the next. */
    long floatingAccepted() {
        return floatingAccepted;
    }

    long floatingRefused() {
        return floatingRefused;
    }

    /** Local ones of a type accepted for a vCPU, which is the number of the next. */
    long accepted(InterruptionType type, int vcpu) {
        return accepted[index(type, vcpu)];
    }

    long refused(int vcpu) {
        return refused[PADDING + vcpu];
    }
}
