package org.interruptor.engine;

import java.util.ArrayList;
import java.util.List;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.ParameterBits;
import org.interruptor.engine.queue.Senders;

/**
 * Lists what is pending, by priority: for one vCPU alone, or for any of a machine. For reports and debuggers; allocates.
 *
 * <p>Threads: as the method of {@link Vcpu} or {@link Machine} that uses it.
 */
final class PendingList {
    private final List<QueuedInterruption> list = new ArrayList<>();

    private PendingList() {}

    static List<QueuedInterruption> local(Vcpu vcpu) {
        PendingList pending = new PendingList();
        if (vcpu.machine().rules() == Rules.ORIGINAL) {
            return vcpu.queuedLocal();
        }
        LocalConditions conditions = vcpu.handle().conditions();
        MachineCheck check = conditions.machineChecks().pending();
        if (check != null) {
            pending.add(InterruptionType.MACHINE_CHECK, check.externalDamageCode(), check.code());
        }
        if (vcpu.program().isRaised()) {
            pending.add(InterruptionType.PROGRAM, vcpu.program().code(), 0);
        }
        pending.list.addAll(vcpu.queuedLocal());
        pending.senders(InterruptionType.MALFUNCTION_ALERT, conditions.malfunctions());
        pending.senders(InterruptionType.EMERGENCY_SIGNAL, conditions.emergencies());
        if (conditions.hasExternalCall()) {
            pending.add(InterruptionType.EXTERNAL_CALL, conditions.externalCallSender(), 0);
        }
        LocalConditions.typesIn(conditions.ones()).forEach(type -> pending.add(type, 0, 0));
        pending.bits(InterruptionType.MEASUREMENT_ALERT, conditions.measurement());
        if (conditions.pageFault().isPending()) {
            pending.add(
                    InterruptionType.PAGE_FAULT_INITIAL,
                    0,
                    conditions.pageFault().token());
        }
        pending.order(vcpu.handle().state().word());
        return List.copyOf(pending.list);
    }

    static List<QueuedInterruption> floating(Machine machine) {
        Floating floating = machine.floating();
        if (machine.rules() == Rules.ORIGINAL) {
            return machine.queuedFloating();
        }
        PendingList pending = new PendingList();
        long word = floating.word().word();
        pending.one(InterruptionType.CHANNEL_REPORT, word, FloatingWord.CHANNEL_REPORT);
        pending.one(InterruptionType.INTERRUPT_KEY, word, FloatingWord.KEY);
        pending.bits(InterruptionType.TIMING_ALERT, floating.timingAlert());
        pending.bits(InterruptionType.SERVICE_EVENT, floating.serviceEvent());
        pending.list.addAll(floating.service().snapshot());
        for (int subclass = 0; subclass < Floating.SUBCLASSES; subclass++) {
            floating.io(subclass).snapshot().stream()
                    .filter(queued -> queued.count() > 0) // else withdrawn
                    .forEach(pending.list::add);
            if (FloatingWord.has(word, FloatingWord.ADAPTER << subclass)) {
                pending.add(InterruptionType.ADAPTER, subclass, 0);
            }
        }
        return List.copyOf(pending.list);
    }

    private void add(InterruptionType type, int parameter, long parameter64) {
        list.add(new QueuedInterruption(type, parameter, parameter64, 1));
    }

    private void one(InterruptionType type, long word, int bit) {
        if (FloatingWord.has(word, bit)) {
            add(type, 0, 0);
        }
    }

    private void senders(InterruptionType type, Senders senders) {
        senders.list().forEach(sender -> add(type, sender, 0));
    }

    private void bits(InterruptionType type, ParameterBits bits) {
        if (bits.isPending()) {
            add(type, bits.parameter(), 0);
        }
    }

    private void order(long word) {
        switch (CpuState.orderIn(word)) {
            case CpuState.SET_PREFIX -> add(InterruptionType.SET_PREFIX, CpuState.parameterIn(word), 0);
            case CpuState.RESTART -> add(InterruptionType.RESTART, 0, 0);
            case CpuState.STOP -> add(InterruptionType.STOP, 0, 0);
            default -> {} // the run loop's
        }
    }
}
