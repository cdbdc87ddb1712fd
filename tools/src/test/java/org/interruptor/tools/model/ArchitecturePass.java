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
    private final List<String> delivered = new ArrayList<>();
    private boolean isComparatorTaken;
    private boolean isTimerTaken;
    private boolean isStopDelivered;

    ArchitecturePass(ArchitectureModel model, ArchitectureCpu cpu) {
        this.model = model;
        this.cpu = cpu;
        storage = model.storage;
    }

    boolean isStopDelivered() {
        return isStopDelivered;
    }

    /** What was delivered and carried out; null if it does not end within 16 passes. */
    List<String> run() {
        for (int pass = 0; pass < PASSES; pass++) {
            carryOutOrders();
            cpu.externalRequest = false;
            cpu.controlRequest = false;
            isComparatorTaken = false;
            isTimerTaken = false;
            if (!isLong()) {
                if (cpu.isOperating()) {
                    leaveRequests();
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

    private void storeStatus(long area) {
        for (int i = 0; i < 512; i += 8) {
            storage.store(area + i, 8, 0);
        }
        storage.store(area + 0x100, 8, cpu.pswMask);
        storage.store(area + 0x108, 8, cpu.pswAddress);
        storage.store(area + 0x118, 4, cpu.prefix);
        storage.store(area + 0x128, 8, cpu.timer(model.clock));
        storage.store(area + 0x130, 8, cpu.clockComparator >>> 8);
        for (int i = 0; i < 16; i++) {
            storage.store(area + 0x180 + 8L * i, 8, cpu.cr[i]);
        }
        delivered.add("store-status");
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
        if (cpu.raised != null) {
            int[] raised = cpu.raised;
            cpu.raised = null;
            return program(raised[0], raised[1]);
        }
        if (!cpu.programs.isEmpty()) {
            return program(cpu.programs.remove(0), INSTRUCTION_LENGTH[cpu.ipa >>> 14]);
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
        if (cpu.isExternalOpen(0x800) && !isComparatorTaken && cpu.isComparatorDue(model.tod())) {
            isComparatorTaken = true;
            return external("clock-comparator", 0x1004, 0);
        }
        if (cpu.isExternalOpen(0x400) && !isTimerTaken && cpu.timer(model.clock) < 0) {
            isTimerTaken = true;
            return external("cpu-timer", 0x1005, 0);
        }
        if (cpu.isExternalOpen(0x200) && !model.floating.isEmpty()) {
            return floating(model.floating.remove(0));
        }
        return takeOrder();
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
        if (cpu.state == State.STOPPED) {
            return null;
        }
        stop();
        isStopDelivered = true;
        return "stop";
    }

    private String program(int code, int length) {
        storage.store(cpu.prefix + 0x8c, 2, length);
        storage.store(cpu.prefix + 0x8e, 2, code);
        storage.store(cpu.prefix + 0x110, 8, 0);
        swap(0x150, 0x1d0);
        return "program";
    }

    private String external(String name, int code, int address) {
        storage.store(cpu.prefix + 0x84, 2, address);
        storage.store(cpu.prefix + 0x86, 2, code);
        swap(0x130, 0x1b0);
        return name;
    }

    private String floating(Interruption interruption) {
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
            cpu.raised = new int[] {6, 0};
        }
    }

    private void leaveRequests() {
        request(0x8000, !cpu.malfunctions.isEmpty());
        request(0x4000, !cpu.emergencies.isEmpty());
        request(0x2000, cpu.externalCall >= 0);
        request(0x200, !model.floating.isEmpty());
    }

    private void request(long mask, boolean isPending) {
        if (isPending && !cpu.isExternalOpen(mask)) {
            boolean isByPsw = (cpu.pswMask & 0x0100000000000000L) == 0;
            cpu.externalRequest |= isByPsw;
            cpu.controlRequest |= !isByPsw;
        }
    }
}
