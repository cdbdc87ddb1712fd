package org.interruptor.tools.model;

import java.util.Set;
import java.util.TreeSet;
import org.interruptor.tools.model.ArchitectureCpu.Order;
import org.interruptor.tools.model.ArchitectureCpu.Reset;
import org.interruptor.tools.model.ArchitectureCpu.State;

/** What a pass of {@link ArchitectureModel} has skipped: a request for each gate that was closed. */
final class ArchitectureRequests {
    private final ArchitectureCpu cpu;
    private final ArchitectureFloating floating;
    private final Set<String> skipped = new TreeSet<>();
    private boolean isOpenPending;

    private ArchitectureRequests(ArchitectureCpu cpu, ArchitectureFloating floating) {
        this.cpu = cpu;
        this.floating = floating;
    }

    static void leave(ArchitectureCpu cpu, ArchitectureFloating floating) {
        new ArchitectureRequests(cpu, floating).leave();
    }

    /** Whether something is pending that the CPU may take. */
    static boolean isPending(ArchitectureCpu cpu, ArchitectureModel model) {
        boolean isInLoad = cpu.state == State.LOAD;
        boolean isForTheLoop = cpu.reset != Reset.NONE
                || cpu.order == Order.STOP_AND_STORE_STATUS
                || cpu.order == Order.STORE_STATUS
                || cpu.order == Order.LOAD_PSW;
        if (cpu.isBusy() && (!isInLoad || isForTheLoop)) {
            return true;
        }
        return cpu.isOperating()
                && (cpu.raised != null
                        || !cpu.programs.isEmpty()
                        || (cpu.isExternalOpen(0x800) && cpu.isComparatorDue(model.tod()))
                        || (cpu.isExternalOpen(0x400) && cpu.timer(model.clock) < 0)
                        || isOpenPending(cpu, model.floating));
    }

    private static boolean isOpenPending(ArchitectureCpu cpu, ArchitectureFloating floating) {
        ArchitectureRequests open = new ArchitectureRequests(cpu, floating);
        open.lookAtExternal();
        open.lookAtIo();
        long conditions = ArchitectureMachineCheck.open(cpu);
        return open.isOpenPending
                || (cpu.machineCheck != null && ArchitectureMachineCheck.isValid(cpu.machineCheck.code() & conditions))
                || (floating.channelReport && (conditions & ArchitectureMachineCheck.CHANNEL_REPORT) != 0);
    }

    private void leave() {
        lookAtExternal();
        lookAtIo();
        // A PSW that closes machine checks leaves a request that no step prints.
        boolean isCheckEnabled = (cpu.pswMask & 0x0004000000000000L) != 0;
        if (isCheckEnabled && (cpu.machineCheck != null || isReportSkipped())) {
            skipped.add("cr14");
        }
        cpu.requests.addAll(skipped);
    }

    private boolean isReportSkipped() {
        return floating.channelReport && (cpu.cr[14] & 0x10000000) == 0;
    }

    private void lookAtExternal() {
        look(0x40, floating.interruptKey);
        look(0x8000, !cpu.malfunctions.isEmpty());
        look(0x4000, !cpu.emergencies.isEmpty());
        look(0x2000, cpu.externalCall >= 0);
        look(0x1000, cpu.isSyncCheck);
        look(0x200000000L, cpu.isWarningTrack);
        look(0x10, floating.timingAlert != null);
        look(0x20, cpu.measurement != null);
        look(0x200, !floating.queue.isEmpty() || floating.serviceEvent != null || cpu.pageFault != null);
    }

    private void look(long mask, boolean isPending) {
        isOpenPending |= isPending && cpu.isExternalOpen(mask);
        if (isPending && !cpu.isExternalOpen(mask)) {
            skipped.add((cpu.pswMask & 0x0100000000000000L) == 0 ? "ext" : "cr0");
        }
    }

    private void lookAtIo() {
        for (int subclass = 0; subclass < ArchitectureFloating.SUBCLASSES; subclass++) {
            isOpenPending |= floating.isIo(subclass) && cpu.isIoOpen(subclass);
            if (floating.isIo(subclass) && !cpu.isIoOpen(subclass)) {
                skipped.add((cpu.pswMask & 0x0200000000000000L) == 0 ? "io" : "cr6");
            }
        }
    }
}
