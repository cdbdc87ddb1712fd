package org.interruptor.tools.model;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Random scenarios under architecture rules, well-formed and without waits: signals and orders of all kinds, states, resets, timers. */
public final class ArchitectureScenarios {
    private static final int CPUS = 3;
    private static final int[] ORDERS = {1, 2, 3, 4, 5, 6, 9, 0x0b, 0x0c, 0x0d, 0x0e, 0x12, 0x15, 0x17, 0x7f};
    private static final List<String> MASKS = List.of(
            "0x0100000180000000",
            "0x0100000180000000",
            "0x0000000180000000",
            "0x0300000000000000",
            "0x0304000180000000",
            "0x0304000180000000",
            "0x0204000180000000",
            "0x0102000180000000");
    private static final List<String> CONTROLS = List.of(
            "0xfe00", "0x20000fe70", "0x20000f270", "0x4000", "0x2c00", "0x8230", "0x0020000000000c00", "0x1040", "0");
    private static final List<String> SUBCLASSES = List.of("0xff000000", "0xff000000", "0x5a000000", "0x81000000", "0");
    private static final List<String> CONDITIONS = List.of("0x1f000000", "0x1f000000", "0x0a000000", "0x15000000", "0");

    /** Codes of machine checks: each condition, some together, some with validity bits, some without a condition. */
    private static final List<String> CHECKS = List.of(
            "0x8000000000000000",
            "0x4000000100000000",
            "0x2000000000000000",
            "0x0400002000000000",
            "0x0100008000000000",
            "0x0080000100000000",
            "0x0040000000000000",
            "0x25c000a1ffffffff",
            "0x000fffffffffffff",
            "0");

    private static final List<String> FIELDS = List.of(
            "",
            " teid 0x1122334455667788 exception-access 9",
            " operand-access 7 data-exception 0x102",
            " monitor-class 0x12 monitor-code 0xcafe per-code 0x80",
            " per-atmid 3 per-address 0x7000 per-access 5 breaking-event 0x4000");

    /** New PSWs: open, closed, and one that is invalid. */
    private static final List<String> NEW_PSWS = List.of(
            "03040001800000000000000000002000",
            "01000001800000000000000000003000",
            "00000001800000000000000000004000",
            "00000000000000000000000001000000");

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private long clock;

    private ArchitectureScenarios(long seed) {
        random = new SplittableRandom(seed);
    }

    public static String generate(long seed, int steps) {
        return new ArchitectureScenarios(seed).generate(steps);
    }

    private String generate(int steps) {
        line("machine vcpus %d memory 0xa000 rules architecture", CPUS);
        for (int i = 0; i < CPUS; i++) {
            line("set %d prefix 0x%x", i, i * 0x2000L);
            line("set %d psw.mask %s", i, pick(MASKS));
            line("set %d cr0 %s", i, pick(CONTROLS));
            line("set %d cr6 %s", i, pick(SUBCLASSES));
            line("set %d cr14 %s", i, pick(CONDITIONS));
            line("registers %d %s", i, pick(List.of("-", "gr,fp", "fp,gr,ar,pr,fc,vr")));
            line("store 0x%x %s", i * 0x2000L + 0x11b0, pick(List.of("0000000000008c00", "0000000000000000")));
            for (int psw : new int[] {0x1a0, 0x1b0, 0x1d0, 0x1e0, 0x1f0}) {
                // A program new PSW is valid, mostly: an invalid one ends in a loop.
                boolean isValid = psw == 0x1d0 && random.nextInt(20) != 0;
                line("store 0x%x %s", i * 0x2000L + psw, NEW_PSWS.get(random.nextInt(isValid ? 3 : 4)));
            }
        }
        line("route 0 0x9f00 0x80 0x9f80 0x80 %d", random.nextInt(8));
        line("route 1 0x9f00 0x01 0x9f80 0x80 5 suppressible");
        line("save");
        for (int i = 0; i < steps; i++) {
            step();
        }
        for (int i = 0; i < CPUS; i++) {
            line("deliver %d", i);
            line("sigp 0 %d 1", i);
            line("list %d", i);
        }
        line("list vm");
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private int cpu() {
        return random.nextInt(CPUS);
    }

    private void step() {
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5 -> signal();
            case 6, 7, 8, 9, 10 -> line("deliver %d", cpu());
            case 11 -> line("inject vcpu %d emergency %d", cpu(), random.nextInt(CPUS + 1));
            case 12 -> line("external-call %d %d", cpu(), cpu());
            case 13 ->
                line("inject vcpu %d %s", cpu(), pick(List.of("stop", "restart", "set-prefix 0x8000", "set-prefix 0")));
            case 14 -> line("inject vcpu %d program %d", cpu(), random.nextInt(0x30));
            case 15 -> line("inject program %d %d", cpu(), random.nextInt(0x30));
            case 16 -> line("inject vm %s", pick(List.of("service 7", "virtio 1 0xcafe", "service 0")));
            case 17 -> line("start %d", cpu());
            case 18 -> line("set %d %s", cpu(), register());
            case 19 -> time();
            case 20 -> line("pending %d", cpu());
            case 21 -> line("load %d 0x0100000180000000 0x%x", cpu(), random.nextInt(0x1000));
            case 22 -> rare();
            case 23, 24, 25, 26 -> line("inject vcpu %d %s", cpu(), local());
            case 27, 28, 29 -> line("inject vm %s", floating());
            case 30, 31, 32 -> io();
            case 33, 34 ->
                line(
                        "inject machine-check %d %s 0x%x 0x%x%s",
                        cpu(),
                        pick(CHECKS),
                        random.nextInt(3),
                        random.nextInt(3),
                        random.nextBoolean() ? "" : " 0x1234 0x5678");
            case 35 ->
                line(
                        "inject program %d 0x%x%s%s",
                        cpu(),
                        pick(List.of(4, 7, 0x10, 0x1b, 0x1c, 0x20, 0x29, 0x2e, 0x2f, 0x38, 0x40, 0xc0, 0x90)),
                        pick(FIELDS),
                        pick(FIELDS));
            case 36 -> line("list %s", random.nextBoolean() ? "vm" : String.valueOf(cpu()));
            case 37 -> line("take-io %d 0x%x", cpu(), random.nextInt(0x100));
            case 38 -> adapter();
            default -> line("stop %d", cpu());
        }
    }

    private void signal() {
        int order = ORDERS[random.nextInt(ORDERS.length)];
        int address = random.nextInt(8) == 0 ? CPUS : cpu();
        line("sigp %d %d 0x%x 0x%x", cpu(), address, order, random.nextInt(0xc) * 0x1000L + random.nextInt(0x1000));
    }

    private String register() {
        return switch (random.nextInt(6)) {
            case 0 -> "cr0 " + pick(CONTROLS);
            case 4 -> "cr6 " + pick(SUBCLASSES);
            case 5 -> "cr14 " + pick(CONDITIONS);
            case 1 -> "ckc " + (clock + random.nextInt(100));
            case 2 -> "ipa " + random.nextInt(0x10000);
            default -> "psw.mask " + pick(MASKS);
        };
    }

    private String local() {
        return switch (random.nextInt(8)) {
            case 0 -> "malfunction-alert " + random.nextInt(CPUS + 1);
            case 1 -> "external-call " + random.nextInt(CPUS + 1);
            case 2 -> "tod-clock-sync-check";
            case 3 -> "warning-track";
            case 4 -> "measurement-alert 0x" + Integer.toHexString(1 << random.nextInt(32));
            case 5 -> "page-fault-initial 0 0x" + Long.toHexString(random.nextLong());
            case 6 -> "machine-check 0 " + pick(CHECKS);
            default -> "emergency " + random.nextInt(CPUS);
        };
    }

    private String floating() {
        return switch (random.nextInt(6)) {
            case 0 -> "interrupt-key";
            case 1 -> "timing-alert 0x" + Integer.toHexString(1 << random.nextInt(32));
            case 2 -> "service-event " + random.nextInt(5);
            case 3 -> "channel-report";
            case 4 -> "page-fault-completion 0 0x" + Long.toHexString(random.nextLong());
            default -> "machine-check 0 " + pick(CHECKS);
        };
    }

    /**
     * Subchannels 0 to 3 share two subclasses and are never withdrawn. Subchannel 4 is withdrawn, and alone in its subclasses: where it
     * stands in a queue when it comes again depends on who has looked there.
     */
    private void io() {
        switch (random.nextInt(6)) {
            case 0 -> line("withdraw 0x10004");
            case 1 -> line("inject io 0x10004 0x%x 0x%x", random.nextInt(99), (3 + random.nextInt(2)) << 27);
            case 2 -> line("inject io 0x10001 1 0x88000000");
            default ->
                line(
                        "inject io 0x1000%d 0x%x 0x%x",
                        random.nextInt(4), random.nextInt(99), (1 + random.nextInt(2)) << 27 | random.nextInt(99));
        }
    }

    private void adapter() {
        switch (random.nextInt(6)) {
            case 0 -> line("suppression %d %s", 4 + random.nextInt(3), pick(List.of("single", "all")));
            case 1 -> line("mask %d %s", random.nextInt(2), pick(List.of("on", "off", "off")));
            case 2, 3 -> line("trigger %d", random.nextInt(2));
            case 4 -> line("store 0x9f00 00");
            default -> line("inject adapter %d%s", random.nextInt(8), random.nextBoolean() ? "" : " suppressible");
        }
        if (random.nextInt(3) == 0) {
            line("store 0x9f80 00");
        }
    }

    private void time() {
        switch (random.nextInt(4)) {
            case 0 -> line("cpu-timer %d %d", cpu(), random.nextInt(100));
            case 1 -> line("set-clock %d", random.nextInt(1000));
            default -> {
                clock += random.nextInt(100);
                line("clock %d", clock);
            }
        }
    }

    private void rare() {
        switch (random.nextInt(8)) {
            case 6 -> line("save");
            case 7 -> line("restore");
            case 0 -> line("check-stop %d", cpu());
            case 1 -> line("load-state %d on", cpu());
            case 2 -> line("load-state %d off", cpu());
            case 3 -> line("reset %s", pick(List.of("cpu", "initial-cpu", "clear")));
            case 4 -> line("reset subsystem");
            default -> line("set %d epoch %d", cpu(), random.nextInt(100));
        }
    }
}
