package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.interruptor.tools.model.ArchitectureCpu.Order;
import org.interruptor.tools.model.ArchitectureCpu.Reset;
import org.interruptor.tools.model.ArchitectureCpu.State;

/**
 * A step {@code deliver} of {@link ArchitectureModel}: the orders that no delivery carries out, then interruptions by priority, from
 * the first one again behind each.
 */
final class ArchitecturePass {
    private static final int PASSES = 16;

    /** Deliveries of a pass. */
    private static final int LIMIT = 1024;

    private static final int[] INSTRUCTION_LENGTH = {2, 4, 4, 6};
    private static final long EXTENDED = 1L << 32;
    private static final long BASIC = 1L << 31;

    private final ArchitectureModel model;
    private final ArchitectureCpu cpu;
    private final ModelStorage storage;
    private final ArchitectureFloating floating;
    private final List<String> delivered = new ArrayList<>();
    private boolean isComparatorTaken;
    private boolean isTimerTaken;
    private boolean isStopDelivered;

    ArchitecturePass(ArchitectureModel model, ArchitectureCpu cpu) {
        this.model = model;
        this.cpu = cpu;
        storage = model.storage;
        floating = model.floating;
    }

    boolean isStopDelivered() {
        return isStopDelivered;
    }

    /** What was delivered and carried out; null if it does not end within 16 passes. */
    List<String> run() {
        for (int pass = 0; pass < PASSES; pass++) {
            carryOutOrders();
            cpu.requests.clear();
            isComparatorTaken = false;
            isTimerTaken = false;
            if (!isLong()) {
                if (cpu.isOperating()) {
                    ArchitectureRequests.leave(cpu, floating);
                }
                return delivered;
            }
            String order = takeOrder(); // no guest keeps an order out
            if (order != null) {
                delivered.add(order);
            }
        }
        return null;
    }

    /** Delivers; whether the pass ended because it was long enough. */
    private boolean isLong() {
        for (int count = 0; count < LIMIT; count++) {
            String next = take();
            if (next == null) {
                return false;
            }
            delivered.add(next);
        }
        return true;
    }

    private void carryOutOrders() {
        if (cpu.reset != Reset.NONE) {
            reset();
        }
        if (cpu.state == State.CHECK_STOP) {
            cpu.order = Order.NONE;
            return;
        }
        switch (cpu.order) {
            case STOP_AND_STORE_STATUS -> {
                storeStatus(0x1200);
                storage.store(0xa3, 1, 1);
                stop();
            }
            case STORE_STATUS -> storeStatus(cpu.parameter);
            case LOAD_PSW -> {
                cpu.state = State.OPERATING;
                load(cpu.pswToLoad[0], cpu.pswToLoad[1]);
                cpu.pswToLoad = null;
            }
            default -> {
                return;
            }
        }
        cpu.order = Order.NONE;
    }

    private void storeStatus(long area) {
        cpu.storeStatus(storage, area, model.clock);
        delivered.add("store-status");
    }

    private void reset() {
        cpu.clearLocal();
        cpu.runTimer(false, model.clock);
        if (cpu.reset != Reset.CPU) {
            cpu.initialValues();
        }
        delivered.add(cpu.reset.printed);
        cpu.state = State.STOPPED;
        cpu.reset = Reset.NONE;
        model.resetDone(cpu, delivered);
    }

    private void stop() {
        cpu.state = State.STOPPED;
        cpu.runTimer(false, model.clock);
    }

    /** Takes the first that may be taken. */
    private String take() {
        cpu.runTimer(cpu.isOperating() || cpu.state == State.LOAD, model.clock);
        if (cpu.state == State.STOPPED) {
            return takeOrder();
        }
        if (!cpu.isOperating()) {
            return null;
        }
        long open = ArchitectureMachineCheck.open(cpu);
        if (cpu.machineCheck != null && (cpu.machineCheck.code() & open & ArchitectureMachineCheck.EXIGENT) != 0) {
            return machineCheck(open);
        }
        String name = program();
        if (name == null) {
            name = repressible(open);
        }
        if (name == null) {
            name = signal();
        }
        if (name == null) {
            name = timer();
        }
        if (name == null) {
            name = alert();
        }
        if (name == null && cpu.isExternalOpen(0x200)) {
            name = service();
        }
        if (name == null) {
            name = io();
        }
        return name == null ? takeOrder() : name;
    }

    private String program() {
        ArchitectureProgram program = cpu.raised;
        cpu.raised = null;
        if (program == null) {
            if (cpu.programs.isEmpty()) {
                return null;
            }
            program = new ArchitectureProgram(cpu.programs.remove(0), INSTRUCTION_LENGTH[cpu.ipa >>> 14]);
        }
        program.store(storage, cpu.prefix);
        swap(0x150, 0x1d0);
        return "program";
    }

    private String repressible(long open) {
        boolean isReport = floating.channelReport && (open & ArchitectureMachineCheck.CHANNEL_REPORT) != 0;
        boolean isLocal = cpu.machineCheck != null && ArchitectureMachineCheck.isValid(cpu.machineCheck.code() & open);
        return isReport || isLocal ? machineCheck(open) : null;
    }

    /** All that is open, as one. */
    private String machineCheck(long open) {
        boolean isReport = floating.channelReport && (open & ArchitectureMachineCheck.CHANNEL_REPORT) != 0;
        floating.channelReport &= !isReport;
        ArchitectureMachineCheck all = cpu.machineCheck;
        boolean isLocal = all != null && ArchitectureMachineCheck.isValid(all.code() & open);
        ArchitectureMachineCheck taken = null;
        if (isLocal) {
            cpu.machineCheck = all.without(open);
            taken = cpu.machineCheck == null ? all : all.without(~open);
        }
        ArchitectureMachineCheck.store(taken, isReport, cpu, model);
        swap(0x160, 0x1e0);
        return isLocal ? "machine-check" : "channel-report";
    }

    private String signal() {
        if (cpu.isExternalOpen(0x40) && floating.interruptKey) {
            floating.interruptKey = false;
            return external("interrupt-key", 0x0040, 0);
        }
        if (cpu.isExternalOpen(0x8000) && !cpu.malfunctions.isEmpty()) {
            return external("malfunction-alert", 0x1200, removeFirst(cpu.malfunctions));
        }
        if (cpu.isExternalOpen(0x4000) && !cpu.emergencies.isEmpty()) {
            return external("emergency", 0x1201, removeFirst(cpu.emergencies));
        }
        if (cpu.isExternalOpen(0x2000) && cpu.externalCall >= 0) {
            int sender = cpu.externalCall;
            cpu.externalCall = -1;
            return external("external-call", 0x1202, sender);
        }
        if (cpu.isExternalOpen(0x1000) && cpu.isSyncCheck) {
            cpu.isSyncCheck = false;
            return external("tod-clock-sync-check", 0x1003, 0);
        }
        return null;
    }

    private String timer() {
        if (cpu.isExternalOpen(0x800) && !isComparatorTaken && cpu.isComparatorDue(model.tod())) {
            isComparatorTaken = true;
            return external("clock-comparator", 0x1004, 0);
        }
        if (cpu.isExternalOpen(0x400) && !isTimerTaken && cpu.timer(model.clock) < 0) {
            isTimerTaken = true;
            return external("cpu-timer", 0x1005, 0);
        }
        return null;
    }

    private String alert() {
        if (cpu.isExternalOpen(0x200000000L) && cpu.isWarningTrack) {
            cpu.isWarningTrack = false;
            return external("warning-track", 0x1007, 0);
        }
        if (cpu.isExternalOpen(0x10) && floating.timingAlert != null) {
            storage.store(cpu.prefix + 0x80, 4, floating.timingAlert);
            floating.timingAlert = null;
            return external("timing-alert", 0x1406, 0);
        }
        if (cpu.isExternalOpen(0x20) && cpu.measurement != null) {
            storage.store(cpu.prefix + 0x80, 4, cpu.measurement);
            cpu.measurement = null;
            return external("measurement-alert", 0x1407, 0);
        }
        return null;
    }

    private String service() {
        if (floating.serviceEvent != null) {
            storage.store(cpu.prefix + 0x80, 4, floating.serviceEvent);
            floating.serviceEvent = null;
            return external("service-event", 0x2401, 0);
        }
        if (cpu.pageFault != null) {
            storage.store(cpu.prefix + 0x11b8, 8, cpu.pageFault);
            cpu.pageFault = null;
            return external("page-fault-initial", 0x2603, 0x0600);
        }
        return floating.queue.isEmpty() ? null : queued(floating.queue.remove(0));
    }

    private String io() {
        for (int subclass = 0; subclass < ArchitectureFloating.SUBCLASSES; subclass++) {
            ArchitectureFloating.Io io = cpu.isIoOpen(subclass) ? floating.takeIo(subclass) : null;
            if (io != null) {
                storage.store(cpu.prefix + 0xb8, 4, io.id());
                storage.store(cpu.prefix + 0xbc, 4, io.parameter());
                storage.store(cpu.prefix + 0xc0, 4, io.word());
                swap(0x170, 0x1f0);
                return io.name();
            }
        }
        return null;
    }

    private static int removeFirst(SortedSet<Integer> senders) {
        int first = senders.first();
        senders.remove(first);
        return first;
    }

    private String takeOrder() {
        Order order = cpu.order;
        if (order != Order.SET_PREFIX && order != Order.RESTART && order != Order.STOP) {
            return null;
        }
        cpu.order = Order.NONE;
        if (order == Order.SET_PREFIX) {
            cpu.prefix = cpu.parameter;
            return "set-prefix";
        }
        if (order == Order.RESTART) {
            cpu.state = State.OPERATING;
            swap(0x120, 0x1a0);
            return "restart";
        }
        stop();
        isStopDelivered = true;
        return "stop";
    }

    private String external(String name, int code, int address) {
        storage.store(cpu.prefix + 0x84, 2, address);
        storage.store(cpu.prefix + 0x86, 2, code);
        swap(0x130, 0x1b0);
        return name;
    }

    private String queued(Interruption interruption) {
        if (interruption.type() == null) {
            storage.store(cpu.prefix + 0x11b8, 8, interruption.parm64());
            return external("page-fault-completion", 0x2603, 0x0680);
        }
        boolean isVirtio = interruption.type() == InterruptionType.VIRTIO;
        storage.store(cpu.prefix + 0x80, 4, interruption.parm());
        if (isVirtio) {
            storage.store(cpu.prefix + 0x11b8, 8, interruption.parm64());
        }
        return external(isVirtio ? "virtio" : "service", isVirtio ? 0x2603 : 0x2401, isVirtio ? 0x0d00 : 0);
    }

    private void swap(int oldPsw, int newPsw) {
        storage.store(cpu.prefix + oldPsw, 8, cpu.pswMask);
        storage.store(cpu.prefix + oldPsw + 8, 8, cpu.pswAddress);
        load(storage.load(cpu.prefix + newPsw), storage.load(cpu.prefix + newPsw + 8));
    }

    private void load(long mask, long address) {
        cpu.pswMask = mask;
        cpu.pswAddress = address;
        boolean isExtended = (mask & EXTENDED) != 0;
        boolean isBasic = (mask & BASIC) != 0;
        long largest = isExtended ? -1 : isBasic ? 0x7fffffffL : 0xffffffL;
        if ((mask & 0xb80800fe7fffffffL) != 0
                || (isExtended && !isBasic)
                || Long.compareUnsigned(address, largest) > 0) {
            cpu.raised = new ArchitectureProgram(6, 0);
        }
    }
}
