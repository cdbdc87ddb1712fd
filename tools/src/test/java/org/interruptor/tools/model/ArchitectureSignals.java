package org.interruptor.tools.model;

import java.util.List;
import java.util.Locale;
import org.interruptor.tools.model.ArchitectureCpu.Order;
import org.interruptor.tools.model.ArchitectureCpu.Reset;
import org.interruptor.tools.model.ArchitectureCpu.State;

/** SIGNAL PROCESSOR of {@link ArchitectureModel}, from the text of the Principles of Operation: what an order answers and changes. */
final class ArchitectureSignals {
    private static final String ACCEPTED = "cc=0";
    private static final String BUSY = "cc=2";
    private static final String NOT_OPERATIONAL = "cc=3";

    private final List<ArchitectureCpu> cpus;
    private final long memory;

    ArchitectureSignals(List<ArchitectureCpu> cpus, long memory) {
        this.cpus = cpus;
        this.memory = memory;
    }

    private static String status(int status) {
        return String.format(Locale.ROOT, "cc=1 status=%08x", status);
    }

    String signal(int sender, int address, int order, long parameter) {
        if (order == 0x12) {
            return status(0x100);
        }
        if (address >= cpus.size()) {
            return NOT_OPERATIONAL;
        }
        ArchitectureCpu target = cpus.get(address);
        if (order == 0x0b || order == 0x0c) {
            target.accept(order == 0x0b ? Reset.INITIAL : Reset.CPU);
            return ACCEPTED;
        }
        if (target.isBusy()) {
            return BUSY;
        }
        if (target.state == State.CHECK_STOP && order != 0x01 && order != 0x15) {
            return status(0x10);
        }
        return switch (order) {
            case 0x01 -> sense(target);
            case 0x02 -> externalCall(sender, target);
            case 0x03 -> emergency(sender, target);
            case 0x04 -> start(target);
            case 0x05 -> accept(target, Order.STOP, target.isOperating());
            case 0x06 -> accept(target, Order.RESTART, target.state != State.LOAD);
            case 0x09 -> accept(target, Order.STOP_AND_STORE_STATUS, true);
            case 0x0d -> atStopped(target, Order.SET_PREFIX, parameter & 0x7fffe000L, 8192);
            case 0x0e -> atStopped(target, Order.STORE_STATUS, parameter & 0x7ffffe00L, 512);
            case 0x15 -> target.isOperating() ? ACCEPTED : status(0x400);
            default -> status(0x02);
        };
    }

    private static String sense(ArchitectureCpu target) {
        int status = (target.externalCall >= 0 ? 0x80 : 0)
                | (target.state == State.STOPPED ? 0x40 : 0)
                | (target.state == State.CHECK_STOP ? 0x10 : 0);
        return status == 0 ? ACCEPTED : status(status);
    }

    private static String externalCall(int sender, ArchitectureCpu target) {
        if (target.externalCall >= 0) {
            return status(0x80);
        }
        target.externalCall = sender;
        return ACCEPTED;
    }

    private static String emergency(int sender, ArchitectureCpu target) {
        target.emergencies.add(sender);
        return ACCEPTED;
    }

    private static String start(ArchitectureCpu target) {
        if (target.state == State.STOPPED) {
            target.state = State.OPERATING;
        }
        return ACCEPTED;
    }

    private static String accept(ArchitectureCpu target, Order order, boolean hasEffect) {
        if (hasEffect) {
            target.accept(order, 0);
        }
        return ACCEPTED;
    }

    private String atStopped(ArchitectureCpu target, Order order, long address, int length) {
        if (target.state != State.STOPPED) {
            return status(0x200);
        }
        if (address + length > memory) {
            return status(0x100);
        }
        target.accept(order, address);
        return ACCEPTED;
    }
}
