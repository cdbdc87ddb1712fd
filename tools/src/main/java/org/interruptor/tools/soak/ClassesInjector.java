package org.interruptor.tools.soak;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.IoSource;
import org.interruptor.engine.Machine;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.gate.InterruptionType;

/** Injects all classes of the architecture rules, in bursts, until the machine is closed. Threads: one of its own. */
final class ClassesInjector extends StagedInjector {
    private static final int BURST_AT_MOST = 128;
    private static final int KINDS = 24;

    private static final InterruptionType[] ONES = Arrays.stream(InterruptionType.values())
            .filter(InterruptionType::isOne)
            .toArray(InterruptionType[]::new);

    private final SentBook book;
    private final SplittableRandom random;
    private final long machineCheckConditions;
    private final boolean isFaulty;
    private final Virtqueues queues;
    private final IoSource[] own = new IoSource[Classes.SUBCHANNELS];
    private final IoSource[] shared;
    private final long[] lastNumber = new long[Classes.SUBCHANNELS];

    ClassesInjector(
            int number,
            Machine machine,
            Stage stage,
            SentBook book,
            Violations violations,
            Virtqueues queues,
            IoSource[] shared,
            ClassesGuest.Habits habits,
            SplittableRandom random) {
        super(number, machine, stage, violations);
        this.book = book;
        this.queues = queues;
        this.shared = shared;
        this.random = random;
        machineCheckConditions = habits.machineCheckConditions();
        isFaulty = habits.isSetOutside();
        for (int i = 0; i < own.length; i++) {
            own[i] = machine.subchannel(Classes.SUBSYSTEM | number * Classes.SUBCHANNELS + i);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // there may be more threads than host CPUs
    @Override
    void burst() {
        int length = Math.min(left, 1 + random.nextInt(BURST_AT_MOST));
        left -= left == Stage.WITHOUT_END ? 0 : length;
        int kind = random.nextInt(4) == 0 ? random.nextInt(KINDS) : -1;
        int target = random.nextInt(3) == 0 ? random.nextInt(machine.vcpuCount()) : -1;
        for (int i = 0; i < length && !isClosed && stage.phase() == Stage.Phase.ACTIVE; i++) {
            int to = target < 0 ? random.nextInt(machine.vcpuCount()) : target;
            InjectResult answer = inject(kind < 0 ? random.nextInt(KINDS) : kind, to);
            isClosed = answer == InjectResult.CLOSED;
            if (answer == InjectResult.FULL) {
                Thread.yield(); // the vCPUs are behind, or masked
            }
        }
        if (random.nextInt(64) == 0) {
            LockSupport.parkNanos(1 + random.nextInt(1_000_000));
        }
    }

    private InjectResult inject(int kind, int target) {
        VcpuHandle vcpu = machine.vcpu(target);
        int sender = random.nextInt(machine.vcpuCount());
        return switch (kind) {
            case 0, 1, 2 -> ring();
            case 3, 4 -> subchannel(random.nextInt(own.length));
            case 5 -> withdraw(random.nextInt(own.length));
            case 6 -> sharedSubchannel(shared[random.nextInt(shared.length)]);
            case 7, 8 -> book.noteRoute(queues.notify(random.nextInt(Virtqueues.count())));
            case 9 ->
                floating(InterruptionType.ADAPTER, machine.injectAdapter(random.nextInt(8), random.nextBoolean()));
            case 10 -> floating(InterruptionType.INTERRUPT_KEY, machine.injectInterruptKey());
            case 11 -> floating(InterruptionType.TIMING_ALERT, machine.injectTimingAlert(Classes.bit(number)));
            case 12 -> floating(InterruptionType.SERVICE_EVENT, machine.injectServiceEvent(1 + random.nextInt(3)));
            case 13 -> floating(InterruptionType.CHANNEL_REPORT, machine.injectChannelReport());
            case 14 -> local(InterruptionType.EMERGENCY_SIGNAL, target, vcpu.injectEmergency(sender));
            case 15 -> local(InterruptionType.EXTERNAL_CALL, target, vcpu.injectExternalCall(sender));
            case 16 ->
                local(InterruptionType.MALFUNCTION_ALERT, target, vcpu.inject(Classes.MALFUNCTION_ALERT, sender));
            case 17, 18 -> one(vcpu);
            case 19 ->
                local(
                        InterruptionType.MEASUREMENT_ALERT,
                        target,
                        vcpu.inject(Classes.MEASUREMENT_ALERT, Classes.bit(number)));
            case 20 -> pageFault(vcpu);
            case 21 -> machineCheck(vcpu);
            case 22 -> program(vcpu);
            default -> order(vcpu);
        };
    }

    private InjectResult floating(InterruptionType type, InjectResult answer) {
        return book.note(type, SentBook.MACHINE, answer);
    }

    private InjectResult local(InterruptionType type, int target, InjectResult answer) {
        return book.note(type, target, answer);
    }

    /** What carries its code alone. */
    private InjectResult one(VcpuHandle vcpu) {
        InterruptionType type = ONES[random.nextInt(ONES.length)];
        return local(type, vcpu.id(), vcpu.inject(type.rawNumber(), 0));
    }

    private InjectResult ring() {
        long next = book.ring();
        InterruptionType type = Classes.ringType(next);
        return book.noteRing(
                type,
                switch (type) {
                    case SERVICE_SIGNAL -> machine.injectService(Marks.serviceParameter(number, next));
                    case PAGE_FAULT_COMPLETION -> machine.injectPageFaultCompletion(Classes.token(number, next));
                    default -> machine.injectVirtio(number, next);
                });
    }

    /** Its subclass changes now and then, which is refused while one is pending. */
    private InjectResult subchannel(int index) {
        long next = ++lastNumber[index];
        int subclass = random.nextInt(4) == 0 ? random.nextInt(8) : index;
        return book.noteSubchannel(index, next, own[index].inject((int) next, Classes.word(subclass)));
    }

    private InjectResult withdraw(int index) {
        if (own[index].withdraw()) {
            book.withdrew(index);
        }
        return InjectResult.ACCEPTED;
    }

    private InjectResult sharedSubchannel(IoSource source) {
        int subclass = source.subsystemId() % 8;
        return floating(InterruptionType.IO, source.inject(number, Classes.word(subclass)));
    }

    private InjectResult pageFault(VcpuHandle vcpu) {
        long next = book.accepted(InterruptionType.PAGE_FAULT_INITIAL, vcpu.id());
        return local(InterruptionType.PAGE_FAULT_INITIAL, vcpu.id(), vcpu.injectPageFault(Classes.token(number, next)));
    }

    private InjectResult machineCheck(VcpuHandle vcpu) {
        long code = random.nextLong() & machineCheckConditions;
        return local(
                InterruptionType.MACHINE_CHECK,
                vcpu.id(),
                vcpu.injectMachineCheck(new MachineCheck(code == 0 ? machineCheckConditions : code)));
    }

    private InjectResult program(VcpuHandle vcpu) {
        return local(InterruptionType.PROGRAM, vcpu.id(), vcpu.injectProgram(1 + random.nextInt(0x7f)));
    }

    private InjectResult order(VcpuHandle vcpu) {
        int choice = random.nextInt(8);
        if (choice == 0) {
            return local(InterruptionType.STOP, vcpu.id(), vcpu.injectStop());
        }
        if (choice < 6) {
            return local(InterruptionType.RESTART, vcpu.id(), vcpu.injectRestart());
        }
        int prefix = Marks.prefix(number, random.nextInt(64), isFaulty);
        return local(InterruptionType.SET_PREFIX, vcpu.id(), vcpu.injectSetPrefix(prefix));
    }
}
