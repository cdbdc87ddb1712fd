package org.interruptor.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.queue.ParameterBits;
import org.interruptor.engine.queue.PswLoad;

/**
 * The part of a {@link StateTransfer} that only architecture rules have: conditions, I/O interruptions, CPU states, CPU timers. Requests
 * of the embedder (an exit, a call of {@code requested}), the callbacks of a reset of the machine and sources without a pending interruption
 * are not part of the state.
 *
 * <p>Threads: one, while no other uses the machine.
 */
final class ArchitectureTransfer {
    private final Machine machine;
    private final Floating floating;

    ArchitectureTransfer(Machine machine) {
        this.machine = machine;
        floating = machine.floating();
    }

    // Out.

    SavedFloating saveFloating() {
        List<SavedIo> io = new ArrayList<>();
        for (int i = 0; i < Floating.SUBCLASSES; i++) {
            for (QueuedInterruption queued : floating.io(i).snapshot()) {
                io.add(new SavedIo(queued.parameter(), queued.parameter64(), queued.count() == 0));
            }
        }
        return new SavedFloating(
                machine.machineClock().epoch(),
                floating.word().interruptions(),
                parameter(floating.timingAlert()),
                parameter(floating.serviceEvent()),
                floating.suppression(),
                io,
                IntStream.range(Counters.COALESCED, Counters.FLOATING)
                        .mapToObj(machine.counters()::floating)
                        .toList(),
                gates().stream().map(machine.notifier()::rotation).toList(),
                machine.machineReset().outstanding());
    }

    private static Integer parameter(ParameterBits bits) {
        return bits.isPending() ? bits.parameter() : null;
    }

    private List<Gate> gates() {
        return IntStream.range(0, Gate.ORDER.ordinal())
                .mapToObj(Gate::ofOrdinal)
                .filter(gate -> (floating.gates() & gate.bit()) != 0)
                .toList();
    }

    SavedCpu saveCpu(VcpuHandle handle) {
        Vcpu vcpu = handle.owner();
        LocalConditions conditions = handle.conditions();
        int handedOn = 0;
        int hinted = 0;
        for (Gate gate : gates()) {
            handedOn |= vcpu.handOn().isHandedOn(gate) ? gate.bit() : 0;
            hinted |= vcpu.handOn().isHinted(gate) ? gate.bit() : 0;
        }
        CpuState state = handle.state();
        long word;
        PswLoad.Psw load;
        do { // orders are accepted in a pause too
            word = state.word();
            load = CpuState.orderIn(word) == CpuState.LOAD_PSW ? state.pswLoad().seen() : null;
        } while (word != state.word());
        return new SavedCpu(
                word,
                load,
                vcpu.timers().cpuTimer(),
                vcpu.timers().isRunning(),
                vcpu.delivery().isListed(),
                handle.arrivals().mailbox().bits() & Mailbox.SAVED,
                handedOn,
                hinted,
                conditions.externalCallSender(),
                conditions.ones(),
                parameter(conditions.measurement()),
                conditions.pageFault().isPending() ? conditions.pageFault().token() : null,
                conditions.machineChecks().pending(),
                conditions.malfunctions().list(),
                conditions.emergencies().list(),
                vcpu.program().saved());
    }

    // In.

    /** Throws if there is no room for the sources, or an order names storage that is not there. Changes nothing. */
    void checkFits(SavedMachine saved) {
        Set<Integer> sources = new HashSet<>(machine.sources().subchannelIds());
        saved.architecture().io().forEach(io -> sources.add(io.subsystemId()));
        if (sources.size() > machine.sources().limit()) {
            throw new IllegalArgumentException("saved machine does not fit: " + sources.size()
                    + " subchannels with those that are here, this machine has room for "
                    + machine.sources().limit());
        }
    }

    void restoreFloating(SavedFloating saved, long clockEpoch) {
        machine.machineClock().epoch(clockEpoch);
        floating.restore(saved.bits(), saved.suppression());
        if (saved.timingAlert() != null) {
            floating.putTimingAlert(saved.timingAlert());
        }
        if (saved.serviceEvent() != null) {
            floating.putServiceEvent(saved.serviceEvent());
        }
        for (SavedIo io : saved.io()) {
            machine.sources().subchannelOrNull(io.subsystemId()).restore(floating, io);
        }
        for (int i = 0; i < saved.counters().size(); i++) {
            machine.counters()
                    .restoreFloating(Counters.COALESCED + i, saved.counters().get(i));
        }
        List<Gate> gates = gates();
        for (int i = 0; i < gates.size(); i++) {
            machine.notifier().rotation(gates.get(i), saved.rotations().get(i));
        }
        machine.machineReset().restore(saved.resetting());
    }

    /** Behind all else: what no pass has taken out is announced again. */
    void announce(VcpuHandle handle, SavedCpu saved) {
        for (int left = saved.announced(); left != 0; left &= left - 1) {
            handle.arrivals().post(Integer.lowestOneBit(left));
        }
    }

    void restoreCpu(VcpuHandle handle, SavedCpu saved) {
        Vcpu vcpu = handle.owner();
        LocalConditions conditions = handle.conditions();
        handle.state().pswLoad().restore(saved.load());
        vcpu.timers().restore(saved.cpuTimer(), saved.isTimerRunning());
        conditions.restore(saved.externalCall(), saved.ones());
        if (saved.measurement() != null) {
            conditions.measurement().put(saved.measurement());
        }
        if (saved.pageFault() != null) {
            conditions.pageFault().put(saved.pageFault());
        }
        if (saved.machineCheck() != null) {
            conditions.machineChecks().put(saved.machineCheck());
        }
        saved.malfunctions().forEach(conditions.malfunctions()::put);
        saved.emergencies().forEach(conditions.emergencies()::put);
        vcpu.program().restore(saved.program());
        vcpu.control().publishStoppedPsw();
        for (Gate gate : gates()) {
            vcpu.handOn().restore(gate, (saved.handedOn() & gate.bit()) != 0);
            vcpu.handOn().restoreHint(gate, (saved.hinted() & gate.bit()) != 0);
        }
    }
}
