package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.interruptor.tools.model.ClassRow.Gate;
import org.interruptor.tools.model.ClassRow.Scope;
import org.interruptor.tools.model.ClassRow.Stored;
import org.interruptor.tools.model.ClassRow.Swap;

/** The rows of the specification's table of classes, by priority, written by hand. */
final class ClassTable {
    private static final long SYSTEM_DAMAGE = 0x8000000000000000L;
    private static final long PROCESSING_DAMAGE = 0x4000000000000000L;
    private static final long CHANNEL_REPORT = 0x0040000000000000L;

    private static final long STORAGE_VALID = 0x100000000L;
    private static final long ADDRESS_VALID = 0x8000000000L;
    private static final long DAMAGE_VALID = 0x2000000000L;

    private static final Stored NOTHING = (cpu, storage) -> {};

    private final List<ClassRow> rows = new ArrayList<>();

    private ClassTable() {}

    /** By priority. The page-fault initial comes before service signals, whose queue it passes. */
    static List<ClassRow> rows() {
        ClassTable table = new ClassTable();
        table.machineCheck("1 system damage", SYSTEM_DAMAGE, 0);
        table.machineCheck("1 processing damage", PROCESSING_DAMAGE, 0);
        table.program();
        table.channelReport();
        table.machineCheck("3 channel report of one CPU", CHANNEL_REPORT, 0x10000000);
        table.machineCheck("3 recovery", 0x2000000000000000L, 0x08000000);
        table.machineCheck("3 degradation", 0x0100000000000000L, 0x04000000);
        table.machineCheck("3 external damage", 0x0400000000000000L, 0x02000000);
        table.machineCheck("3 warning", 0x0080000000000000L, 0x01000000);
        table.one("4", "interrupt-key", Scope.FLOATING, 0x40, 0x0040);
        table.sender("5", "malfunction-alert", 0x8000, 0x1200, "coalesced");
        table.sender("6", "emergency", 0x4000, 0x1201, "coalesced");
        table.sender("7", "external-call", 0x2000, 0x1202, "busy");
        table.one("8", "tod-clock-sync-check", Scope.LOCAL, 0x1000, 0x1003);
        table.timer("9", "clock-comparator", 0x800, 0x1004, List.of("set 0 ckc 0"));
        table.timer("10", "cpu-timer", 0x400, 0x1005, List.of("cpu-timer 0 0x8000000000000000"));
        table.one("11", "warning-track", Scope.LOCAL, 0x200000000L, 0x1007);
        table.bits("12", "timing-alert", Scope.FLOATING, 0x10, 0x1406, 0x80000001L, 0x10);
        table.bits("13", "measurement-alert", Scope.LOCAL, 0x20, 0x1407, 0x80000001L, 0x10);
        table.bits("14", "service-event", Scope.FLOATING, 0x200, 0x2401, 1, 2);
        table.pageFaultInitial();
        table.service();
        table.pageFaultCompletion();
        table.virtio();
        for (int subclass = 0; subclass < 8; subclass++) {
            table.subchannel(subclass);
            table.adapter(subclass);
        }
        table.setPrefix();
        table.restart();
        table.stop();
        return List.copyOf(table.rows);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String digits(int count, long value) {
        return String.format(Locale.ROOT, "%0" + count + "x", value);
    }

    private void machineCheck(String name, long condition, long bit) {
        long first = condition + STORAGE_VALID;
        long later = condition + ADDRESS_VALID + DAMAGE_VALID;
        // The later code, address and logout win, and their validity is that of the later one.
        long merged = condition + ADDRESS_VALID + DAMAGE_VALID;
        rows.add(new ClassRow(
                name,
                "machine-check",
                Scope.LOCAL,
                Gate.machineCheck(bit),
                List.of("inject machine-check 0 " + hex(first) + " 1 2 3 4"),
                "inject machine-check 0 " + hex(later) + " 0x11 0x22 0x33 0x44",
                "coalesced",
                "machine-check:" + digits(16, first),
                "machine-check:" + digits(16, merged),
                ClassStores.machineCheck(first, 1, 2, 3, 4),
                List.of(ClassStores.machineCheck(merged, 0x11, 0x22, 0x33, 0x44)),
                Swap.MACHINE_CHECK));
    }

    private void channelReport() {
        Stored stored = ClassStores.machineCheck(CHANNEL_REPORT + STORAGE_VALID, 0, 0, 0, 0);
        rows.add(new ClassRow(
                "3 channel report",
                "channel-report",
                Scope.FLOATING,
                Gate.machineCheck(0x10000000),
                List.of("inject vm channel-report"),
                "inject vm 0xfffe1000 0 0x0040000000000000",
                "coalesced",
                "channel-report",
                "channel-report",
                stored,
                List.of(stored),
                Swap.MACHINE_CHECK));
    }

    private void program() {
        rows.add(new ClassRow(
                "2 program",
                "program",
                Scope.LOCAL,
                Gate.ALWAYS,
                List.of("inject vcpu 0 program 1"),
                "inject vcpu 0 program 2",
                "ok",
                "program:0001",
                "program:0002,program:0001",
                ClassStores.program(1),
                List.of(ClassStores.program(2), ClassStores.program(1)),
                Swap.PROGRAM));
    }

    private static String target(Scope scope) {
        return scope == Scope.FLOATING ? "vm " : "vcpu 0 ";
    }

    private void one(String number, String name, Scope scope, long bit, int code) {
        String inject = "inject " + target(scope) + name;
        Stored stored = ClassStores.external(code, 0);
        rows.add(new ClassRow(
                number + " " + name,
                name,
                scope,
                Gate.external(bit),
                List.of(inject),
                inject,
                "coalesced",
                name,
                name,
                stored,
                List.of(stored),
                Swap.EXTERNAL));
    }

    private void sender(String number, String name, long bit, int code, String second) {
        Stored stored = ClassStores.external(code, 1);
        rows.add(new ClassRow(
                number + " " + name,
                name,
                Scope.LOCAL,
                Gate.external(bit),
                List.of("inject vcpu 0 " + name + " 1"),
                "inject vcpu 0 " + name + " 1",
                second,
                name + ":1",
                name + ":1",
                stored,
                List.of(stored),
                Swap.EXTERNAL));
    }

    private void timer(String number, String name, long bit, int code, List<String> steps) {
        Stored stored = ClassStores.external(code, 0);
        rows.add(new ClassRow(
                number + " " + name,
                name,
                Scope.TIMER,
                Gate.external(bit),
                steps,
                null,
                null,
                "-",
                "-",
                stored,
                List.of(stored),
                Swap.EXTERNAL));
    }

    private void bits(String number, String name, Scope scope, long bit, int code, long first, long second) {
        String inject = "inject " + target(scope) + name + " ";
        rows.add(new ClassRow(
                number + " " + name,
                name,
                scope,
                Gate.external(bit),
                List.of(inject + hex(first)),
                inject + hex(second),
                "coalesced",
                name + ":" + digits(8, first),
                name + ":" + digits(8, first | second),
                ClassStores.external(code, 0, 0x80, 4, first),
                List.of(ClassStores.external(code, 0, 0x80, 4, first | second)),
                Swap.EXTERNAL));
    }

    private void service() {
        rows.add(new ClassRow(
                "15 service",
                "service",
                Scope.FLOATING,
                Gate.external(0x200),
                List.of("inject vm service 0xaa01"),
                "inject vm service 0xaa02",
                "ok",
                "service:0000aa01",
                "service:0000aa01,service:0000aa02",
                ClassStores.external(0x2401, 0, 0x80, 4, 0xaa01),
                List.of(
                        ClassStores.external(0x2401, 0, 0x80, 4, 0xaa01),
                        ClassStores.external(0x2401, 0, 0x80, 4, 0xaa02)),
                Swap.EXTERNAL));
    }

    private void pageFaultInitial() {
        Stored stored = ClassStores.external(0x2603, 0x0600, 0x11b8, 8, 0x1234567890abcdefL);
        rows.add(new ClassRow(
                "16 page-fault-initial",
                "page-fault-initial",
                Scope.LOCAL,
                Gate.external(0x200),
                List.of("inject vcpu 0 page-fault-initial 0 0x1234567890abcdef"),
                "inject vcpu 0 page-fault-initial 0 7",
                "busy",
                "page-fault-initial:1234567890abcdef",
                "page-fault-initial:1234567890abcdef",
                stored,
                List.of(stored),
                Swap.EXTERNAL));
    }

    private void pageFaultCompletion() {
        rows.add(new ClassRow(
                "17 page-fault-completion",
                "page-fault-completion",
                Scope.FLOATING,
                Gate.external(0x200),
                List.of("inject vm page-fault-completion 0 0x1122334455667788"),
                "inject vm page-fault-completion 0 7",
                "ok",
                "page-fault-completion:1122334455667788",
                "page-fault-completion:1122334455667788,page-fault-completion:0000000000000007",
                ClassStores.external(0x2603, 0x0680, 0x11b8, 8, 0x1122334455667788L),
                List.of(
                        ClassStores.external(0x2603, 0x0680, 0x11b8, 8, 0x1122334455667788L),
                        ClassStores.external(0x2603, 0x0680, 0x11b8, 8, 7)),
                Swap.EXTERNAL));
    }

    private void virtio() {
        rows.add(new ClassRow(
                "18 virtio",
                "virtio",
                Scope.FLOATING,
                Gate.external(0x200),
                List.of("inject vm virtio 3 0xcafe"),
                "inject vm virtio 4 0xbeef",
                "ok",
                "virtio:00000003:000000000000cafe",
                "virtio:00000003:000000000000cafe,virtio:00000004:000000000000beef",
                ClassStores.virtio(3, 0xcafe),
                List.of(ClassStores.virtio(3, 0xcafe), ClassStores.virtio(4, 0xbeef)),
                Swap.EXTERNAL));
    }

    private void subchannel(int subclass) {
        long word = (long) subclass << 27;
        String name = 19 + subclass + " io, subclass " + subclass;
        String id = "0001000" + subclass;
        rows.add(new ClassRow(
                name,
                "io",
                Scope.FLOATING,
                Gate.io(subclass),
                List.of("inject io 0x" + id + " 0x77 " + hex(word)),
                "inject io 0x" + id + " 0x88 " + hex(word + 5),
                "coalesced",
                "io:" + id + ":00000077:" + digits(8, word),
                "io:" + id + ":00000088:" + digits(8, word + 5),
                ClassStores.io(0x10000 + subclass, 0x77, word),
                List.of(ClassStores.io(0x10000 + subclass, 0x88, word + 5)),
                Swap.IO));
    }

    private void adapter(int subclass) {
        Stored stored = ClassStores.io(0, 0, 0x80000000L + ((long) subclass << 27));
        String inject = "inject adapter " + subclass;
        rows.add(new ClassRow(
                19 + subclass + " adapter, subclass " + subclass,
                "adapter",
                Scope.FLOATING,
                Gate.io(subclass),
                List.of(inject),
                inject,
                "coalesced",
                "adapter:" + subclass,
                "adapter:" + subclass,
                stored,
                List.of(stored),
                Swap.IO));
    }

    private void setPrefix() {
        rows.add(order(
                "27 set-prefix",
                "set-prefix",
                "inject vcpu 0 set-prefix 0x4000",
                "inject vcpu 0 set-prefix 0x6000",
                "set-prefix:00004000",
                "set-prefix:00006000",
                (cpu, storage) -> cpu.prefix(0x4000),
                (cpu, storage) -> cpu.prefix(0x6000),
                null));
    }

    private void restart() {
        String inject = "inject vcpu 0 restart";
        rows.add(order("28 restart", "restart", inject, inject, "restart", "restart", NOTHING, NOTHING, Swap.RESTART));
    }

    private void stop() {
        String inject = "inject vcpu 0 stop";
        rows.add(order("29 stop", "stop", inject, inject, "stop", "stop", NOTHING, NOTHING, null));
    }

    private static ClassRow order(
            String name,
            String delivered,
            String inject,
            String again,
            String listed,
            String listedTwice,
            Stored first,
            Stored twice,
            Swap swap) {
        return new ClassRow(
                name,
                delivered,
                Scope.ORDER,
                Gate.ALWAYS,
                List.of(inject),
                again,
                "coalesced",
                listed,
                listedTwice,
                first,
                List.of(twice),
                swap);
    }
}
