package org.interruptor.tools.soak;

import java.util.Arrays;
import org.interruptor.engine.gate.InterruptionType;

/**
 * What one vCPU has been delivered: counts, sums that tell sets apart, and the order, which is checked as it happens.
 *
 * <p>Threads: the vCPU's own; any when that has ended. Allocates only at a violation.
 */
final class DeliveryBook {
    /** As in {@link InjectionBook}. */
    private static final int PADDING = 16;

    private static final int RAISED_AT_MOST = 64;

    private final int vcpu;
    private final boolean isFaulty;
    private final Violations violations;
    private final long[] counts = new long[InterruptionType.values().length + 2 * PADDING];
    private final long[] floatingCount;
    private final long[] floatingSum;
    private final long[] floatingLast;
    private final long[] programCount;
    private final long[] programSum;
    private final long[] prefixes;
    private final int[] raised = new int[RAISED_AT_MOST + 2 * PADDING];
    private int raisedCount;
    private long resets;

    DeliveryBook(int vcpu, int injectors, boolean isFaulty, Violations violations) {
        this.vcpu = vcpu;
        this.isFaulty = isFaulty;
        this.violations = violations;
        int length = injectors + 2 * PADDING;
        floatingCount = new long[length];
        floatingSum = new long[length];
        floatingLast = new long[length];
        Arrays.fill(floatingLast, -1);
        programCount = new long[length];
        programSum = new long[length];
        prefixes = new long[length];
    }

    void delivered(InterruptionType type, int parameter, long parameter64) {
        counts[PADDING + type.ordinal()]++;
        switch (type) {
            case VIRTIO -> virtio(parameter, parameter64);
            case SERVICE_SIGNAL -> service(parameter);
            case PROGRAM -> program(parameter);
            case SET_PREFIX -> setPrefix(parameter);
            default -> {} // carries nothing: counted
        }
    }

    private void virtio(int injector, long number) {
        if (isKnown(injector, "virtio interruption", number)) {
            if (Marks.isService(number)) {
                violations.found(
                        "vCPU " + vcpu + ": virtio interruption " + number + " was injected as a service signal");
            }
            floating(injector, number, Marks.floatingTerm(number));
        }
    }

    private void service(int parameter) {
        int injector = Marks.serviceInjector(parameter);
        if (isKnown(injector, "service signal", parameter)) {
            long number = Marks.serviceNumber(parameter, floatingLast[PADDING + injector]);
            floating(injector, number, Marks.serviceTerm(parameter));
        }
    }

    private void floating(int injector, long number, long term) {
        int index = PADDING + injector;
        if (number <= floatingLast[index]) {
            violations.found("vCPU " + vcpu + ": floating interruption " + number + " of injector " + injector
                    + " was delivered after " + floatingLast[index]);
        }
        floatingLast[index] = number;
        floatingCount[index]++;
        floatingSum[index] += term;
    }

    private void program(int code) {
        int injector = Marks.programInjector(code);
        if (injector == Marks.OWN) {
            int expected = raisedCount == 0 ? -1 : raised[PADDING + --raisedCount];
            if (expected != code) {
                violations.found("vCPU " + vcpu + ": program interruption 0x" + Integer.toHexString(code)
                        + " of its own was delivered, expected the newest, "
                        + (expected < 0 ? "of which there is none" : "0x" + Integer.toHexString(expected)));
            }
        } else if (isKnown(injector, "program interruption", code)) {
            programCount[PADDING + injector]++;
            programSum[PADDING + injector] += Marks.programTerm(code);
        }
    }

    private void setPrefix(int prefix) {
        int injector = Marks.prefixInjector(prefix);
        if (isKnown(injector, "set-prefix order", prefix)) {
            long number = prefixes[PADDING + injector]++;
            int expected = Marks.prefix(injector, number, isFaulty);
            if (prefix != expected && resets == 0) { // else the one in front may have been discarded
                violations.found("vCPU " + vcpu + ": set-prefix order " + number + " of injector " + injector
                        + " has 0x" + Integer.toHexString(prefix) + ", expected 0x" + Integer.toHexString(expected));
            }
        }
    }

    private boolean isKnown(int injector, String what, long parameter) {
        boolean isKnown = injector >= 0 && injector < programCount.length - 2 * PADDING;
        if (!isKnown) {
            violations.found(
                    "vCPU " + vcpu + ": " + what + " 0x" + Long.toHexString(parameter) + " was never injected");
        }
        return isKnown;
    }

    /** The vCPU has been reset: what was queued for it alone is discarded. */
    void reset() {
        resets++;
        raisedCount = 0;
    }

    /** How often the vCPU has been reset. */
    long resets() {
        return resets;
    }

    /** Whether one more may be raised: the newest first is checked for so many. */
    boolean mayRaise() {
        return raisedCount < RAISED_AT_MOST;
    }

    /** The vCPU has raised a program interruption itself. */
    void raised(int code) {
        raised[PADDING + raisedCount++] = code;
    }

    long count(InterruptionType type) {
        return counts[PADDING + type.ordinal()];
    }

    long floatingCount(int injector) {
        return floatingCount[PADDING + injector];
    }

    long floatingSum(int injector) {
        return floatingSum[PADDING + injector];
    }

    long programCount(int injector) {
        return programCount[PADDING + injector];
    }

    long programSum(int injector) {
        return programSum[PADDING + injector];
    }
}
