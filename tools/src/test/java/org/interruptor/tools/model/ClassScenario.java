package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a scenario about one class of interruptions or two, and what it has to print. */
final class ClassScenario {
    static final long IO = 0x0200000000000000L;
    static final long EXTERNAL = 0x0100000000000000L;
    static final long MACHINE_CHECK = 0x0004000000000000L;
    static final long WAIT = 0x0002000000000000L;

    /** All three masks of the PSW are one; 64-bit addressing. */
    static final long OPEN = IO + EXTERNAL + MACHINE_CHECK + 0x180000000L;

    static final long CLOSED = 0x180000000L;

    /** All external subclasses but the timers. */
    static final long OPEN_0 = 0x20000f270L;

    static final long OPEN_6 = 0xff000000L;
    static final long OPEN_14 = 0x1f000000L;

    private static final int[] NEW_PSWS = {0x1a0, 0x1b0, 0x1d0, 0x1e0, 0x1f0};

    /** Registers of a vCPU that a delivery reads or changes. */
    static final class Cpu {
        private final int number;
        private final long[] control = new long[16];
        private long pswMask;
        private long pswAddress;
        private long prefix;
        private long timer;
        private long comparator = -1;

        Cpu(int number) {
            this.number = number;
        }

        private void become(Cpu other) {
            pswMask = other.pswMask;
            pswAddress = other.pswAddress;
            prefix = other.prefix;
            timer = other.timer;
            comparator = other.comparator;
            System.arraycopy(other.control, 0, control, 0, control.length);
        }

        long prefix() {
            return prefix;
        }

        void prefix(long value) {
            prefix = value;
        }

        long timer() {
            return timer;
        }

        long comparator() {
            return comparator;
        }

        long control(int register) {
            return control[register];
        }

        /** What initial CPU reset and clear reset set. */
        void initialValues() {
            pswMask = 0;
            pswAddress = 0;
            prefix = 0;
            timer = 0;
            comparator = 0;
            Arrays.fill(control, 0);
            control[0] = 0xe0;
            control[14] = 0xc2000000L;
        }
    }

    private final List<String> text = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final ModelStorage storage = new ModelStorage(0x8000);
    private final List<Cpu> cpus = List.of(new Cpu(0), new Cpu(1));

    /** vCPU 0 as it was at the step {@code save}. */
    private final Cpu saved = new Cpu(0);

    /** Two vCPUs: vCPU 0 has all gates but those of the timers open, vCPU 1 all closed. The new PSWs of both have this mask. */
    ClassScenario(long newMask) {
        silent("machine vcpus 2 memory 0x8000 rules architecture");
        silent("clock 1");
        for (Cpu cpu : cpus) {
            if (cpu.number == 1) {
                set(1, "prefix", 0x2000);
                cpu.prefix = 0x2000;
            }
            for (int psw : NEW_PSWS) {
                silent(String.format(Locale.ROOT, "store 0x%x %016x%016x", cpu.prefix + psw, newMask, 0x3000L + psw));
                storage.store(cpu.prefix + psw, 8, newMask);
                storage.store(cpu.prefix + psw + 8, 8, 0x3000L + psw);
            }
        }
        psw(0, OPEN);
        psw(1, CLOSED);
        control(0, 0, OPEN_0);
        control(0, 6, OPEN_6);
        control(0, 14, OPEN_14);
    }

    String text() {
        return String.join("\n", text) + "\n";
    }

    Result expected() {
        return new Result(expected, null, 0);
    }

    // Steps.

    private void silent(String step) {
        text.add(step);
    }

    /** A step and what it prints, without the number of its line. */
    ClassScenario prints(String step, String printed) {
        text.add(step);
        expected.add(text.size() + " " + printed);
        return this;
    }

    private void set(int cpu, String register, long value) {
        silent(String.format(Locale.ROOT, "set %d %s 0x%x", cpu, register, value));
    }

    ClassScenario psw(int cpu, long mask) {
        set(cpu, "psw.mask", mask);
        cpus.get(cpu).pswMask = mask;
        return this;
    }

    ClassScenario control(int cpu, int register, long value) {
        set(cpu, "cr" + register, value);
        cpus.get(cpu).control[register] = value;
        return this;
    }

    /** Opens the gate of a row in its control register too: those of timers are closed at the beginning. */
    ClassScenario open(int cpu, ClassRow row) {
        return row.gate().register() < 0
                ? this
                : control(
                        cpu,
                        row.gate().register(),
                        cpus.get(cpu).control[row.gate().register()]
                                | row.gate().bit());
    }

    ClassScenario close(int cpu, ClassRow row) {
        return control(
                cpu,
                row.gate().register(),
                cpus.get(cpu).control[row.gate().register()] & ~row.gate().bit());
    }

    /** Makes it pending for vCPU 0. */
    ClassScenario inject(ClassRow row) {
        return inject(row, row.accepted());
    }

    /** Makes it pending where the last step prints this. */
    ClassScenario inject(ClassRow row, String printed) {
        for (String step : row.inject().subList(0, row.inject().size() - 1)) {
            silent(step);
        }
        String last = row.inject().get(row.inject().size() - 1);
        if (row.isTimer()) {
            silent(last);
            cpus.get(0).timer = row.delivered().equals("cpu-timer") ? Long.MIN_VALUE : cpus.get(0).timer;
            cpus.get(0).comparator = row.delivered().equals("cpu-timer") ? cpus.get(0).comparator : 0;
            return this;
        }
        return prints(last, printed);
    }

    /** The conditions of the timers go away, by their registers. */
    ClassScenario noTimer() {
        silent("set 0 ckc 0xffffffffffffffff");
        silent("cpu-timer 0 0");
        cpus.get(0).timer = 0;
        cpus.get(0).comparator = -1;
        return this;
    }

    ClassScenario save() {
        silent("save");
        saved.become(cpus.get(0));
        return this;
    }

    /** Storage stays as it is. */
    ClassScenario restore() {
        silent("restore");
        cpus.get(0).become(saved);
        return this;
    }

    ClassScenario list(String whose, String pending) {
        return prints("list " + whose, "list " + whose + " " + pending);
    }

    /** What a row has pending, in the list where it belongs. */
    ClassScenario list(ClassRow row, String pending) {
        return list(row.isFloating() ? "vm" : "0", pending);
    }

    ClassScenario pending(int cpu, boolean isPending) {
        return prints("pending " + cpu, "pending " + cpu + (isPending ? " yes" : " no"));
    }

    ClassScenario start() {
        return prints("start 0", "start 0 wake=no");
    }

    // Deliveries.

    /** One delivery: its row, and what it stores. */
    record Delivered(ClassRow row, ClassRow.Stored stored) {}

    ClassScenario deliversNothing(int cpu, String flags, String lctl) {
        storage.beginStep();
        return delivers(cpu, "none", flags, lctl);
    }

    ClassScenario delivers(int cpu, ClassRow row) {
        return delivers(cpu, List.of(new Delivered(row, row.first())));
    }

    ClassScenario delivers(int cpu, List<Delivered> all) {
        return delivers(cpu, all, "-", "-");
    }

    ClassScenario delivers(int cpu, List<Delivered> all, String flags, String lctl) {
        storage.beginStep();
        boolean isStop = false;
        for (Delivered delivered : all) {
            deliver(cpus.get(cpu), delivered);
            isStop |= delivered.row().delivered().equals("stop");
        }
        String names =
                all.stream().map(delivered -> delivered.row().delivered()).collect(Collectors.joining(","));
        return delivers(cpu, names, isStop ? "stop" : flags, lctl);
    }

    private void deliver(Cpu cpu, Delivered delivered) {
        delivered.stored().into(cpu, storage);
        ClassRow.Swap swap = delivered.row().swap();
        if (swap != null) {
            storage.store(cpu.prefix + swap.oldPsw(), 8, cpu.pswMask);
            storage.store(cpu.prefix + swap.oldPsw() + 8, 8, cpu.pswAddress);
            cpu.pswMask = storage.load(cpu.prefix + swap.newPsw());
            cpu.pswAddress = storage.load(cpu.prefix + swap.newPsw() + 8);
        }
    }

    /** A vCPU carries out a reset, which is all that its delivery prints. */
    ClassScenario resets(int cpu, String names, boolean isInitial) {
        if (isInitial) {
            cpus.get(cpu).initialValues();
        }
        storage.beginStep();
        return delivers(cpu, names, "-", "-");
    }

    private ClassScenario delivers(int cpu, String names, String flags, String lctl) {
        Cpu who = cpus.get(cpu);
        return prints(
                "deliver " + cpu,
                String.format(
                        Locale.ROOT,
                        "deliver %d %s psw=%016x.%016x prefix=%08x flags=%s lctl=%s %s",
                        cpu,
                        names,
                        who.pswMask,
                        who.pswAddress,
                        who.prefix,
                        flags,
                        lctl,
                        OutputFormat.memory(storage.changes())));
    }
}
