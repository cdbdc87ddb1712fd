package org.interruptor.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.deliver.Request;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.wake.WaitWord;

/**
 * Takes the interruption state out of a stopped machine, and puts one in. Each piece goes through the class that owns it; what
 * identifies things within one machine only (sequence numbers, stamps, counts of arrivals) stays behind, and is made anew by
 * injecting again what is queued.
 *
 * <p>Threads: one, while no other uses the machine.
 */
final class StateTransfer {
    private final Machine machine;

    /** Null under original rules. */
    private final ArchitectureTransfer architecture;

    StateTransfer(Machine machine) {
        this.machine = machine;
        if (machine.isClosed()) {
            throw new IllegalStateException("the machine is closed: what was queued is gone");
        }
        architecture = machine.rules() == Rules.ARCHITECTURE ? new ArchitectureTransfer(machine) : null;
    }

    private void checkOutOfWait(boolean mayBeEnded) {
        for (int i = 0; i < machine.vcpuCount(); i++) {
            int state = machine.vcpu(i).waitWord().state();
            boolean isEnded = mayBeEnded && state == WaitWord.NOTIFIED;
            if (!isEnded
                    && (state != WaitWord.RUNNING
                            || machine.vcpu(i).owner().waiting().isInWait())) {
                throw new IllegalStateException("vCPU " + i + " is in the wait: kick() it out first");
            }
        }
    }

    // Out.

    /** In a pause a vCPU under {@link Vcpu#step} may be in a wait that is ended: it waits anew if it must, here or there. */
    SavedMachine save() {
        checkOutOfWait(machine.pauses().isPaused());
        List<SavedVcpu> vcpus = new ArrayList<>();
        for (int i = 0; i < machine.vcpuCount(); i++) {
            vcpus.add(save(machine.vcpu(i)));
        }
        return new SavedMachine(
                machine.storage().size(),
                machine.clock().tod(),
                machine.notifier().rotation(Gate.SERVICE),
                machine.floatingRefused(),
                machine.floatingAccepted(),
                machine.floating().service().snapshot(),
                vcpus,
                architecture == null ? null : architecture.saveFloating());
    }

    private SavedVcpu save(VcpuHandle handle) {
        Vcpu vcpu = handle.owner();
        Registers registers = vcpu.registers();
        List<Long> control = IntStream.range(0, SavedVcpu.CONTROL_REGISTERS)
                .mapToObj(registers::control)
                .toList();
        List<Long> counters = IntStream.range(0, Counter.count())
                .mapToObj(i -> handle.counter(Counter.ofOrdinal(i)))
                .toList();
        return new SavedVcpu(
                registers.pswMask(),
                registers.pswAddress(),
                control,
                registers.prefix(),
                registers.clockComparator(),
                registers.epoch(),
                registers.ipa(),
                registers.instructionLength() == 0,
                registers.lastHostCpu(),
                handle.conditionBits(),
                handle.arrivals().isKickAlone(),
                handle.arrivals().mailbox().has(Mailbox.START),
                vcpu.delivery().isStopDelivered(),
                vcpu.delivery().isStopLast(),
                vcpu.handOn().isHandedOn(Gate.SERVICE),
                vcpu.delivery().fault(),
                counters,
                handle.accepted(),
                vcpu.backlog().list(),
                architecture == null ? null : architecture.saveCpu(handle));
    }

    // In.

    /**
     * Puts a state in.
     *
     * @param keepsTime whether the guest's time goes on where it stood, also by a clock that cannot be set.
     */
    void restore(SavedMachine saved, boolean keepsTime) {
        checkOutOfWait(false);
        checkFits(saved);
        if (machine.clock() instanceof SettableTodClock clock) {
            clock.set(saved.tod());
        }
        machine.notifier().rotation(Gate.SERVICE, saved.rotation());
        machine.counters().restoreFloating(Counters.REFUSED, saved.refused());
        long behind = keepsTime ? saved.tod() - machine.clock().tod() : 0;
        if (architecture != null) {
            architecture.restoreFloating(
                    saved.architecture(), saved.architecture().clockEpoch() + behind);
        }
        machine.floating().service().restore(saved.floating(), saved.accepted());
        for (int i = 0; i < machine.vcpuCount(); i++) {
            restore(machine.vcpu(i), saved.vcpus().get(i), architecture == null ? behind : 0);
        }
    }

    private void checkFits(SavedMachine saved) {
        if (saved.rules() != machine.rules()) {
            throw new IllegalArgumentException("saved machine does not fit: " + rules(saved.rules())
                    + ", this machine has " + rules(machine.rules()));
        }
        if (architecture != null) {
            architecture.checkFits(saved);
        }
        fits("vCPUs", saved.vcpuCount(), machine.vcpuCount(), saved.vcpuCount() == machine.vcpuCount());
        long storage = machine.storage().size();
        fits("bytes of storage", saved.storageSize(), storage, saved.storageSize() == storage);
        int places = machine.floating().service().capacity();
        int floating = saved.floating().size();
        fits("places in the floating queue taken", floating, places, floating <= places);
        for (int i = 0; i < machine.vcpuCount(); i++) {
            SavedVcpu vcpu = saved.vcpus().get(i);
            long records = vcpu.records() - Math.min(1, vcpu.programs()); // one has a place of its own
            int localPlaces = machine.vcpu(i).queue().capacity();
            fits("places in the local queue of vCPU " + i + " taken", records, localPlaces, records <= localPlaces);
        }
    }

    private static String rules(Rules rules) {
        return rules.name().toLowerCase(Locale.ROOT) + " rules";
    }

    private static void fits(String what, long saved, long here, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "saved machine does not fit: " + saved + " " + what + ", this machine has " + here);
        }
    }

    private void restore(VcpuHandle handle, SavedVcpu saved, long behind) {
        Vcpu vcpu = handle.owner();
        Registers registers = vcpu.registers();
        registers.psw(saved.pswMask(), saved.pswAddress());
        for (int i = 0; i < SavedVcpu.CONTROL_REGISTERS; i++) {
            registers.control(i, saved.control().get(i));
        }
        registers.prefix(saved.prefix());
        registers.clockComparator(saved.clockComparator());
        registers.epoch(saved.epoch() + behind);
        registers.ipa(saved.ipa());
        if (saved.isWithoutInstruction()) {
            registers.withoutInstruction();
        }
        registers.lastHostCpu(saved.lastHostCpu());
        long state = saved.cpu() != null
                ? saved.cpu().state()
                : saved.is(VcpuCondition.OPERATING) ? CpuState.OPERATING : CpuState.STOPPED;
        boolean isUnlisted = saved.cpu() != null ? !saved.cpu().isListed() : saved.isStartPending();
        vcpu.delivery().restoreState(state, isUnlisted);
        handle.restoreStopOnStop(saved.is(VcpuCondition.STOP_ON_STOP));
        vcpu.delivery().restore(saved.isStopDelivered(), saved.isStopLast(), requests(saved), saved.fault());
        vcpu.handOn().restore(Gate.SERVICE, saved.isHeadHandedOn());
        if (architecture != null) {
            architecture.restoreCpu(handle, saved.cpu());
        }
        vcpu.backlog().restore(saved.queue(), saved.accepted());
        handle.arrivals()
                .restore(
                        saved.is(VcpuCondition.ATTENTION) && !saved.isKickAlone(),
                        saved.is(VcpuCondition.KICK_PENDING),
                        saved.isStartPending());
        if (architecture != null) {
            architecture.announce(handle, saved.cpu());
        }
        for (int i = 0; i < saved.counters().size(); i++) {
            machine.counters()
                    .restore(vcpu.id(), Counter.ofOrdinal(i), saved.counters().get(i));
        }
    }

    private static int requests(SavedVcpu saved) {
        return (saved.is(VcpuCondition.EXT_REQUEST) ? Request.PSW_EXTERNAL : 0)
                | (saved.is(VcpuCondition.IO_REQUEST) ? Request.PSW_IO : 0)
                | (saved.is(VcpuCondition.MACHINE_CHECK_REQUEST) ? Request.PSW_MACHINE_CHECK : 0)
                | (saved.is(VcpuCondition.CR0_REQUEST) ? Request.CR0 : 0)
                | (saved.is(VcpuCondition.CR6_REQUEST) ? Request.CR6 : 0)
                | (saved.is(VcpuCondition.CR14_REQUEST) ? Request.CR14 : 0);
    }
}
