package org.interruptor.tools.soak;

import java.util.Arrays;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.gate.InterruptionType;

/**
 * What one vCPU of a machine with all classes has taken: counts, and what each one carries, which is checked as it comes.
 *
 * <pre>
 *  queued   virtio, service, page-fault completion   number of its injector, rising; sums that tell sets apart
 *           page-fault initial                       number of its injector, rising
 *  merged   I/O                                      number of its subchannel, never an older one: that of an injection which
 *                                                    comes too late to merge can come twice, with the interruption before it too
 *           emergency, external call, malfunction    a sender that there is
 *           timing, measurement alert                a bit of each injector: of those that there are
 *           service event, machine check, adapter    the bits that can be there
 * </pre>
 *
 * <p>Threads: the vCPU's own; any when that has ended. Allocates only at a violation.
 */
final class TakenBook {
    /** As in {@link InjectionBook}. */
    private static final int PADDING = 16;

    private static final long ADAPTER_WORD = 0x8000_0000L;
    private static final long ADAPTER_BITS = 0xb800_0000L;

    private final int vcpu;
    private final int vcpus;
    private final int injectors;
    private final Violations violations;
    private final long[] counts = new long[InterruptionType.values().length + 2 * PADDING];
    private final long[] ringLast;
    private final long[] ringCount;
    private final long[] ringSum;
    private final long[] faultLast;
    private final long[] subchannelLast;
    private final long[] bits = new long[2 * Integer.SIZE + 2 * PADDING];

    TakenBook(int vcpu, int vcpus, int injectors, Violations violations) {
        this.vcpu = vcpu;
        this.vcpus = vcpus;
        this.injectors = injectors;
        this.violations = violations;
        ringLast = filled(injectors);
        ringCount = new long[injectors + 2 * PADDING];
        ringSum = new long[injectors + 2 * PADDING];
        faultLast = filled(injectors);
        subchannelLast = filled(injectors * Classes.SUBCHANNELS);
    }

    private static long[] filled(int length) {
        long[] last = new long[length + 2 * PADDING];
        Arrays.fill(last, -1);
        return last;
    }

    void taken(InterruptionType type, int parameter, long parameter64) {
        counts[PADDING + type.ordinal()]++;
        switch (type) {
            case VIRTIO -> ring(type, parameter, parameter64);
            case SERVICE_SIGNAL -> ring(type, Marks.serviceInjector(parameter), parameter & Classes.SERVICE_NUMBER);
            case PAGE_FAULT_COMPLETION -> ring(type, Classes.injectorOf(parameter64), Classes.numberOf(parameter64));
            case PAGE_FAULT_INITIAL ->
                rising(type, faultLast, Classes.injectorOf(parameter64), Classes.numberOf(parameter64));
            case EMERGENCY_SIGNAL, EXTERNAL_CALL, MALFUNCTION_ALERT -> {
                if (parameter < 0 || parameter >= vcpus) {
                    found(type, parameter, parameter64);
                }
            }
            case TIMING_ALERT -> bits(type, parameter, 0);
            case MEASUREMENT_ALERT -> bits(type, parameter, Integer.SIZE);
            case SERVICE_EVENT -> expectBits(type, parameter, Classes.SERVICE_EVENT_BITS);
            case IO -> io(parameter, parameter64);
            case ADAPTER -> {
                if (parameter != 0 || (parameter64 & ADAPTER_WORD) == 0 || (parameter64 & ~ADAPTER_BITS) != 0) {
                    found(type, parameter, parameter64);
                }
            }
            case MACHINE_CHECK -> machineCheck(parameter64);
            default -> {} // carries nothing, or what the guest has no number of
        }
    }

    /** The engine counts a channel report that is part of a machine check of the vCPU as one of its own, too. */
    private void machineCheck(long code) {
        if ((code & MachineCheck.CONDITIONS) == 0) {
            found(InterruptionType.MACHINE_CHECK, 0, code);
        }
        if ((code & MachineCheck.CHANNEL_REPORT) != 0) {
            counts[PADDING + InterruptionType.CHANNEL_REPORT.ordinal()]++;
        }
    }

    private void ring(InterruptionType type, int injector, long number) {
        if (rising(type, ringLast, injector, number)) {
            ringCount[PADDING + injector]++;
            ringSum[PADDING + injector] += Marks.mix(number);
            if (Classes.ringType(number) != type) {
                found(type, injector, number);
            }
        }
    }

    private boolean rising(InterruptionType type, long[] last, int index, long number) {
        if (index < 0 || index >= last.length - 2 * PADDING || number <= last[PADDING + index]) {
            found(type, index, number);
            return false;
        }
        last[PADDING + index] = number;
        return true;
    }

    private void io(int subsystemId, long payload) {
        int subchannel = subsystemId & ~Classes.SUBSYSTEM;
        // The others are shared: all injectors replace what they carry.
        if (subchannel >= 0 && subchannel < injectors * Classes.SUBCHANNELS) {
            int index = PADDING + subchannel;
            long number = payload >>> Integer.SIZE;
            if (number < subchannelLast[index]) {
                found(InterruptionType.IO, subsystemId, payload);
            }
            subchannelLast[index] = Math.max(number, subchannelLast[index]);
        }
    }

    private void bits(InterruptionType type, int parameter, int first) {
        expectBits(type, parameter, Classes.allBits(injectors));
        for (int left = parameter; left != 0; left &= left - 1) {
            bits[PADDING + first + Integer.numberOfTrailingZeros(left)]++;
        }
    }

    private void expectBits(InterruptionType type, int parameter, int possible) {
        if (parameter == 0 || (parameter & ~possible) != 0) {
            found(type, parameter, 0);
        }
    }

    private void found(InterruptionType type, int parameter, long parameter64) {
        violations.found("vCPU " + vcpu + ": " + type.label() + " 0x" + Integer.toHexString(parameter) + " 0x"
                + Long.toHexString(parameter64) + " was never injected, or came out of order");
    }

    long count(InterruptionType type) {
        return counts[PADDING + type.ordinal()];
    }

    long ringCount(int injector) {
        return ringCount[PADDING + injector];
    }

    long ringSum(int injector) {
        return ringSum[PADDING + injector];
    }

    /** The last number of a subchannel that came here; -1 if none did. */
    long lastOf(int subchannel) {
        return subchannelLast[PADDING + subchannel];
    }

    /** How often the bit of an injector came with a timing alert. */
    long timingAlerts(int injector) {
        return bits[PADDING + injector % Integer.SIZE];
    }

    /** How often the bit of an injector came with a measurement alert. */
    long measurementAlerts(int injector) {
        return bits[PADDING + Integer.SIZE + injector % Integer.SIZE];
    }
}
