package org.interruptor.tools.model;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Random scenarios under architecture rules, well-formed and without waits: signals and orders of all kinds, states, resets, timers. */
final class ArchitectureScenarios {
    private static final int CPUS = 3;
    private static final int[] ORDERS = {1, 2, 3, 4, 5, 6, 9, 0x0b, 0x0c, 0x0d, 0x0e, 0x12, 0x15, 0x17, 0x7f};
    private static final List<String> MASKS = List.of(
            "0x0100000180000000",
            "0x0100000180000000",
            "0x0000000180000000",
            "0x0300000000000000",
            "0x0102000180000000");
    private static final List<String> CONTROLS =
            List.of("0xfe00", "0xfe00", "0x4000", "0x2c00", "0x8200", "0x0020000000000c00", "0");

    /** New PSWs: open, closed, and one that is invalid. */
    private static final List<String> NEW_PSWS = List.of(
            "01000001800000000000000000002000",
            "01000001800000000000000000003000",
            "00000001800000000000000000004000",
            "00000000000000000000000001000000");

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private long clock;

    private ArchitectureScenarios(long seed) {
        random = new SplittableRandom(seed);
    }

    static String generate(long seed, int steps) {
        return new ArchitectureScenarios(seed).generate(steps);
    }

    private String generate(int steps) {
        line("machine vcpus %d memory 0xa000 rules architecture", CPUS);
        for (int i = 0; i < CPUS; i++) {
            line("set %d prefix 0x%x", i, i * 0x2000L);
            line("set %d psw.mask %s", i, pick(MASKS));
            line("set %d cr0 %s", i, pick(CONTROLS));
            for (int psw : new int[] {0x1a0, 0x1b0, 0x1d0}) {
                // A program new PSW is valid, mostly: an invalid one ends in a loop.
                boolean isValid = psw == 0x1d0 && random.nextInt(20) != 0;
                line("store 0x%x %s", i * 0x2000L + psw, NEW_PSWS.get(random.nextInt(isValid ? 3 : 4)));
            }
        }
        for (int i = 0; i < steps; i++) {
            step();
        }
        for (int i = 0; i < CPUS; i++) {
            line("deliver %d", i);
            line("sigp 0 %d 1", i);
        }
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
        switch (random.nextInt(24)) {
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
            default -> line("stop %d", cpu());
        }
    }

    private void signal() {
        int order = ORDERS[random.nextInt(ORDERS.length)];
        int address = random.nextInt(8) == 0 ? CPUS : cpu();
        line("sigp %d %d 0x%x 0x%x", cpu(), address, order, random.nextInt(0xc) * 0x1000L + random.nextInt(0x1000));
    }

    private String register() {
        return switch (random.nextInt(4)) {
            case 0 -> "cr0 " + pick(CONTROLS);
            case 1 -> "ckc " + (clock + random.nextInt(100));
            case 2 -> "ipa " + random.nextInt(0x10000);
            default -> "psw.mask " + pick(MASKS);
        };
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
        switch (random.nextInt(6)) {
            case 0 -> line("check-stop %d", cpu());
            case 1 -> line("load-state %d on", cpu());
            case 2 -> line("load-state %d off", cpu());
            case 3 -> line("reset %s", pick(List.of("cpu", "initial-cpu", "clear")));
            case 4 -> line("reset subsystem");
            default -> line("set %d epoch %d", cpu(), random.nextInt(100));
        }
    }
}
