package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.interruptor.tools.model.ClassScenario.Delivered;

/** The scenarios of {@link ClassConformanceTest}: what the specification says of every class, for one row or two. */
final class ClassCases {
    private ClassCases() {}

    /** Rows 15, 17 and 18 share one queue: the order of arrival decides. */
    private static boolean isQueuedWith(ClassRow row, ClassRow other) {
        List<String> queue = List.of("service", "page-fault-completion", "virtio");
        return queue.contains(row.delivered()) && queue.contains(other.delivered());
    }

    private static List<Delivered> delivered(List<ClassRow> rows) {
        return rows.stream().map(row -> new Delivered(row, row.first())).toList();
    }

    private static String flags(ClassRow row, boolean isClosedByPsw) {
        String flag = isClosedByPsw ? row.gate().flag() : "-";
        if (!row.delivered().equals("external-call")) {
            return flag;
        }
        return flag.equals("-") ? "ecall" : "ecall," + flag;
    }

    private static String intercept(ClassRow row) {
        return row.gate().register() < 0 ? "-" : "cr" + row.gate().register();
    }

    private static String accepted(ClassRow row, boolean wakes) {
        String wake = wakes ? "wake=yes" : "wake=no";
        return row.isFloating() ? "inject ok kick=" + (wakes ? "0 " : "any ") + wake : "inject ok " + wake;
    }

    static ClassScenario open(ClassRow row) {
        return new ClassScenario(ClassScenario.CLOSED)
                .open(0, row)
                .pending(0, false)
                .inject(row)
                .list(row, row.listed())
                .pending(0, true)
                .delivers(0, row)
                .list(row, "-");
    }

    static ClassScenario closedByPsw(ClassRow row) {
        return new ClassScenario(ClassScenario.CLOSED)
                .open(0, row)
                .psw(0, ClassScenario.OPEN & ~row.gate().psw())
                .inject(row)
                .pending(0, false)
                .deliversNothing(0, row.isTimer() ? "-" : flags(row, true), "-")
                .list(row, row.listed())
                .psw(0, ClassScenario.OPEN)
                .pending(0, true)
                .delivers(0, row);
    }

    static ClassScenario closedByRegister(ClassRow row) {
        return new ClassScenario(ClassScenario.CLOSED)
                .close(0, row)
                .inject(row)
                .pending(0, false)
                .deliversNothing(0, flags(row, false), row.isTimer() ? "-" : intercept(row))
                .list(row, row.listed())
                .open(0, row)
                .pending(0, true)
                .delivers(0, row);
    }

    /** A closed PSW gate is reported before a closed gate of a control register. */
    static ClassScenario closedByBoth(ClassRow row) {
        return new ClassScenario(ClassScenario.CLOSED)
                .close(0, row)
                .psw(0, ClassScenario.CLOSED)
                .inject(row)
                .deliversNothing(0, row.isTimer() ? "-" : flags(row, true), "-")
                .psw(0, ClassScenario.OPEN)
                .deliversNothing(0, flags(row, false), row.isTimer() ? "-" : intercept(row));
    }

    static ClassScenario priority(ClassRow higher, ClassRow lower) {
        boolean isByArrival = isQueuedWith(higher, lower);
        return new ClassScenario(ClassScenario.OPEN)
                .open(0, higher)
                .open(0, lower)
                .inject(lower)
                .inject(higher)
                .delivers(0, delivered(isByArrival ? List.of(lower, higher) : List.of(higher, lower)));
    }

    /** All rows at once, injected in the opposite order. */
    static ClassScenario allAtOnce(List<ClassRow> rows) {
        ClassScenario scenario = new ClassScenario(ClassScenario.OPEN);
        List<ClassRow> opposite = new ArrayList<>(rows);
        Collections.reverse(opposite);
        opposite.forEach(row -> scenario.open(0, row).inject(row));
        List<ClassRow> order = new ArrayList<>(rows);
        List<ClassRow> queued =
                opposite.stream().filter(row -> isQueuedWith(row, row)).toList();
        int place = order.indexOf(queued.get(queued.size() - 1));
        order.removeAll(queued);
        order.addAll(place, queued); // these by arrival
        return scenario.delivers(0, delivered(order));
    }

    static ClassScenario twice(ClassRow row) {
        ClassScenario scenario =
                new ClassScenario(ClassScenario.OPEN).open(0, row).inject(row);
        if (row.isTimer()) { // a condition: once a pass, and again while it lasts
            return scenario.delivers(0, row).delivers(0, row).noTimer().deliversNothing(0, "-", "-");
        }
        List<Delivered> all =
                row.twice().stream().map(stored -> new Delivered(row, stored)).toList();
        return scenario.prints(row.again(), row.second().equals("ok") ? row.accepted() : "inject " + row.second())
                .list(row, row.listedTwice())
                .delivers(0, all)
                .list(row, "-");
    }

    static ClassScenario wakes(ClassRow row) {
        return new ClassScenario(ClassScenario.CLOSED)
                .psw(0, ClassScenario.OPEN + ClassScenario.WAIT)
                .prints("wait 0", "wait 0 sleep")
                .inject(row, accepted(row, true))
                .pending(0, true)
                .delivers(0, row);
    }

    static ClassScenario isReadyForTheWait(ClassRow row) {
        return new ClassScenario(ClassScenario.CLOSED)
                .open(0, row)
                .psw(0, ClassScenario.OPEN + ClassScenario.WAIT)
                .inject(row)
                .prints("wait 0", "wait 0 ready")
                .delivers(0, row);
    }

    static ClassScenario doesNotWakeByPsw(ClassRow row) {
        return doesNotWake(
                new ClassScenario(ClassScenario.CLOSED)
                        .psw(0, (ClassScenario.OPEN & ~row.gate().psw()) + ClassScenario.WAIT),
                row,
                flags(row, true),
                "-");
    }

    static ClassScenario doesNotWakeByRegister(ClassRow row) {
        return doesNotWake(
                new ClassScenario(ClassScenario.CLOSED).close(0, row).psw(0, ClassScenario.OPEN + ClassScenario.WAIT),
                row,
                flags(row, false),
                intercept(row));
    }

    private static ClassScenario doesNotWake(ClassScenario scenario, ClassRow row, String flags, String lctl) {
        return scenario.prints("wait 0", "wait 0 sleep")
                .inject(row, accepted(row, false))
                .list(row, row.listed())
                .prints("kick 0", "kick 0 yes")
                .deliversNothing(0, flags, lctl)
                .open(0, row)
                .psw(0, ClassScenario.OPEN)
                .delivers(0, row);
    }

    static ClassScenario stopped(ClassRow row) {
        ClassScenario scenario =
                new ClassScenario(ClassScenario.CLOSED).open(0, row).prints("stop 0", "stop 0");
        if (row.isOrder()) {
            return row.delivered().equals("stop")
                    ? scenario.inject(row, "inject coalesced").list(row, "-").deliversNothing(0, "-", "-")
                    : scenario.inject(row).pending(0, true).delivers(0, row);
        }
        return scenario.inject(row)
                .pending(0, false)
                .deliversNothing(0, flags(row, false), "-")
                .list(row, row.listed())
                .start()
                .delivers(0, row);
    }

    static ClassScenario savedAndRestored(ClassRow row) {
        return new ClassScenario(ClassScenario.CLOSED)
                .open(0, row)
                .inject(row)
                .save()
                .delivers(0, row)
                .restore()
                .list(row, row.listed())
                .delivers(0, row)
                .list(row, "-");
    }

    static ClassScenario forAnotherCpu(ClassRow row) {
        ClassScenario scenario = new ClassScenario(ClassScenario.CLOSED)
                .psw(1, ClassScenario.OPEN)
                .control(1, 0, ClassScenario.OPEN_0)
                .control(1, 6, ClassScenario.OPEN_6)
                .control(1, 14, ClassScenario.OPEN_14)
                .open(0, row)
                .inject(row);
        return row.isFloating()
                ? scenario.delivers(1, row).list("vm", "-").deliversNothing(0, "-", "-")
                : scenario.deliversNothing(1, "-", "-").list(row, row.listed()).delivers(0, row);
    }

    static ClassScenario machineReset(ClassRow row, String kind) {
        boolean isInitial = !kind.equals("cpu");
        ClassScenario scenario = new ClassScenario(ClassScenario.CLOSED)
                .open(0, row)
                .inject(row)
                .prints("reset " + kind, "reset " + kind + " wake=-")
                .resets(0, kind + "-reset", isInitial)
                .resets(1, kind + "-reset,reset-done", isInitial)
                .list("0", "-")
                .list("vm", "-")
                .start();
        return isInitial ? afterInitialReset(scenario, row, false) : afterCpuReset(scenario, row, false);
    }

    static ClassScenario signalledReset(ClassRow row, String kind) {
        boolean isInitial = !kind.equals("cpu");
        ClassScenario scenario = new ClassScenario(ClassScenario.CLOSED)
                .open(0, row)
                .inject(row)
                .prints("sigp 1 0 " + kind + "-reset", "sigp 1 0 cc=0 wake=no")
                .resets(0, kind + "-reset", isInitial)
                .list("0", "-")
                .list("vm", row.isFloating() ? row.listed() : "-")
                .start();
        return isInitial ? afterInitialReset(scenario, row, true) : afterCpuReset(scenario, row, true);
    }

    /** PSW, control registers and timers are as they were. */
    private static ClassScenario afterCpuReset(ClassScenario scenario, ClassRow row, boolean keepsFloating) {
        return row.isTimer() || (row.isFloating() && keepsFloating)
                ? scenario.delivers(0, row)
                : scenario.deliversNothing(0, "-", "-");
    }

    /** PSW, control registers and timers have their initial values: a clock comparator of 0 is due, a CPU timer of 0 is not. */
    private static ClassScenario afterInitialReset(ClassScenario scenario, ClassRow row, boolean keepsFloating) {
        scenario.psw(0, ClassScenario.OPEN)
                .control(0, 0, ClassScenario.OPEN_0)
                .control(0, 6, ClassScenario.OPEN_6)
                .control(0, 14, ClassScenario.OPEN_14)
                .open(0, row);
        return row.delivered().equals("clock-comparator") || (row.isFloating() && keepsFloating)
                ? scenario.delivers(0, row)
                : scenario.deliversNothing(0, "-", "-");
    }

    static ClassScenario subsystemReset(ClassRow row) {
        ClassScenario scenario = new ClassScenario(ClassScenario.CLOSED)
                .open(0, row)
                .inject(row)
                .prints("reset subsystem", "reset subsystem")
                .list("vm", "-");
        return row.isFloating() ? scenario.deliversNothing(0, "-", "-") : scenario.delivers(0, row);
    }
}
