package org.interruptor.engine;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Latencies;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.queue.MachineChecks;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.queue.StopOnStop;
import org.interruptor.engine.wake.WaitWord;

/**
 * How local interruptions get into one vCPU: into its queue, or into the holder of a class of which one can be pending.
 *
 * <p>Threads: any. Ordering: each way in has an atomic operation behind what it publishes and in front of its look at the wait word:
 * the injector's full fence, whose partner is that of a wait between opening and looking.
 */
final class VcpuInjection {
    private final boolean isArchitecture;
    private final int vcpus;
    private final Arrivals arrivals;
    private final WaitWord word;
    private final LocalQueue queue;
    private final StopOnStop stopOnStop;
    private final CpuState state;
    private final LocalConditions conditions;
    private final int id;

    /** Null where nobody asks for times. */
    private final Since since;

    VcpuInjection(VcpuHandle handle, MachineBuilder builder) {
        isArchitecture = builder.rules() == Rules.ARCHITECTURE;
        vcpus = builder.vcpus();
        arrivals = handle.arrivals();
        word = handle.waitWord();
        queue = handle.queue();
        stopOnStop = handle.stopOnStop();
        state = handle.state();
        conditions = handle.conditions();
        id = handle.id();
        Latencies latencies = handle.machine().latencies();
        since = latencies == null ? null : latencies.since();
    }

    boolean isSender(int number) {
        return number >= 0 && number < vcpus;
    }

    /** Whether the machine's rules have the type, and it takes the parameter. */
    boolean isValid(InterruptionType type, int parameter, long parameter64) {
        if (!type.isOriginal() && !isArchitecture) {
            return false;
        }
        return switch (type) {
            case PROGRAM -> VcpuHandle.isProgramCode(parameter);
            case EXTERNAL_CALL, MALFUNCTION_ALERT -> isSender(parameter);
            case EMERGENCY_SIGNAL -> !isArchitecture || isSender(parameter);
            case MACHINE_CHECK -> (parameter64 & MachineCheck.CONDITIONS) != 0;
            default -> true;
        };
    }

    /** What it keeps of a parameter that a front end gives: 0 where the type has none. */
    int kept(InterruptionType type, int parameter) {
        boolean isKept = type.hasParameter() || (type == InterruptionType.EMERGENCY_SIGNAL && isArchitecture);
        return isKept ? parameter : 0;
    }

    /** Injects a machine check that is valid. The caller tells. The only injection that allocates. */
    InjectResult machineCheck(MachineCheck check) {
        conditions.begin(InterruptionType.MACHINE_CHECK);
        InjectResult result = announced(conditions.machineChecks().put(check));
        word.claimAndWake(MachineChecks.gatesOf(check.code()));
        return result;
    }

    /** Injects what is valid. The caller tells. */
    InjectResult inject(InterruptionType type, int parameter, long parameter64) {
        InjectResult result = isArchitecture ? architecture(type, parameter, parameter64) : original(type, parameter);
        if (result == InjectResult.ACCEPTED || result == InjectResult.COALESCED) {
            word.claimAndWake(type.gate());
        }
        return result;
    }

    private InjectResult original(InterruptionType type, int parameter) {
        boolean isAccepted =
                type == InterruptionType.EMERGENCY_SIGNAL ? offerEmergency() : offerRecord(type, parameter);
        return isAccepted ? InjectResult.ACCEPTED : InjectResult.FULL;
    }

    /** They are counted: the first of those that wait has a time. */
    private boolean offerEmergency() {
        if (since != null && queue.queuedEmergencies() == 0) {
            since.begin(id, InterruptionType.EMERGENCY_SIGNAL, Since.now());
        }
        return queue.offerEmergency();
    }

    private boolean offerRecord(InterruptionType type, int parameter) {
        long time = since == null ? Since.NONE : Since.now();
        int index = queue.claim(type, parameter);
        if (index == LocalQueue.FULL) {
            return false;
        }
        if (type == InterruptionType.STOP) {
            stopOnStop.set(queue.recordAt(index)); // before it can be delivered
        }
        queue.commit(index, time);
        return true;
    }

    private InjectResult architecture(InterruptionType type, int parameter, long parameter64) {
        conditions.begin(type);
        return switch (type) {
            case PROGRAM -> offerRecord(type, parameter) ? InjectResult.ACCEPTED : InjectResult.FULL;
            case STOP -> order(type, CpuState.STOP, 0);
            case RESTART -> order(type, CpuState.RESTART, 0);
            case SET_PREFIX -> order(type, CpuState.SET_PREFIX, parameter);
            case EMERGENCY_SIGNAL -> announced(conditions.emergencies().put(parameter));
            case MALFUNCTION_ALERT -> announced(conditions.malfunctions().put(parameter));
            case EXTERNAL_CALL -> conditions.putExternalCall(parameter) ? announced(true) : InjectResult.BUSY;
            case PAGE_FAULT_INITIAL -> conditions.pageFault().put(parameter64) ? announced(true) : InjectResult.BUSY;
            case MEASUREMENT_ALERT -> announced(conditions.measurement().put(parameter));
            default -> type.isOne() ? announced(conditions.putOne(type)) : InjectResult.INVALID;
        };
    }

    private InjectResult announced(boolean isNew) {
        arrivals.announceCondition();
        return isNew ? InjectResult.ACCEPTED : InjectResult.COALESCED;
    }

    /** A stop for a stopped CPU and a second stop or restart are part of what is; a second set prefix replaces the first. */
    private InjectResult order(InterruptionType type, int order, int parameter) {
        long time = since == null ? Since.NONE : Since.now();
        while (true) {
            long now = state.word();
            int inProgress = CpuState.orderIn(now);
            boolean isSame = inProgress == order;
            if (order == CpuState.STOP && CpuState.stateIn(now) == CpuState.STOPPED && !CpuState.isBusy(now)) {
                return InjectResult.COALESCED;
            }
            if (CpuState.isBusy(now) && !isSame) {
                return InjectResult.BUSY;
            }
            if (isSame && order != CpuState.SET_PREFIX) {
                return InjectResult.COALESCED;
            }
            if (since != null && !isSame) {
                since.begin(id, type, time);
            }
            if (state.accept(now, order, parameter)) {
                arrivals.post(Mailbox.ORDER);
                return isSame ? InjectResult.COALESCED : InjectResult.ACCEPTED;
            }
            if (since != null) {
                since.refused(id, type, time);
            }
        }
    }
}
