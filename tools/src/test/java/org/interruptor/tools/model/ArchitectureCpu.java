package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** One CPU of {@link ArchitectureModel}: registers, state, the order in progress, and what is pending for it alone. */
final class ArchitectureCpu {

    enum State {
        STOPPED,
        OPERATING,
        LOAD,
        CHECK_STOP
    }

    enum Order {
        NONE,
        STOP,
        RESTART,
        SET_PREFIX,
        STOP_AND_STORE_STATUS,
        STORE_STATUS,
        LOAD_PSW
    }

    /** Weakest first. */
    enum Reset {
        NONE(""),
        CPU("cpu-reset"),
        INITIAL("initial-cpu-reset"),
        CLEAR("clear-reset");

        final String printed;

        Reset(String printed) {
            this.printed = printed;
        }
    }

    final int number;
    long pswMask;
    long pswAddress;
    final long[] cr = new long[16];
    long prefix;
    long clockComparator = -1;
    long epoch;
    int ipa;

    State state = State.OPERATING;
    Order order = Order.NONE;
    long parameter;
    long[] pswToLoad;
    Reset reset = Reset.NONE;

    int externalCall = -1;
    final SortedSet<Integer> emergencies = new TreeSet<>();
    final SortedSet<Integer> malfunctions = new TreeSet<>();

    /** Injected ones, the newest first. */
    final List<Integer> programs = new ArrayList<>();

    /** The CPU's own; null if none. */
    ArchitectureProgram raised;

    ArchitectureMachineCheck machineCheck;
    boolean isSyncCheck;
    boolean isWarningTrack;
    Long measurement;
    Long pageFault;

    /** Groups of registers that the embedder stores. */
    List<String> registers = List.of();

    /** What the last pass skipped: "ext", "io", "cr0", "cr6", "cr14". */
    final SortedSet<String> requests = new TreeSet<>();

    private long timer;
    private long timerSince;
    private boolean timerRuns;

    ArchitectureCpu(int number) {
        this.number = number;
    }

    /** Becomes as another one is, but for the registers of its embedder. */
    void become(ArchitectureCpu other) {
        pswMask = other.pswMask;
        pswAddress = other.pswAddress;
        System.arraycopy(other.cr, 0, cr, 0, cr.length);
        prefix = other.prefix;
        clockComparator = other.clockComparator;
        epoch = other.epoch;
        ipa = other.ipa;
        state = other.state;
        order = other.order;
        parameter = other.parameter;
        pswToLoad = other.pswToLoad;
        reset = other.reset;
        clearLocal();
        externalCall = other.externalCall;
        emergencies.addAll(other.emergencies);
        malfunctions.addAll(other.malfunctions);
        programs.addAll(other.programs);
        raised = other.raised;
        machineCheck = other.machineCheck;
        isSyncCheck = other.isSyncCheck;
        isWarningTrack = other.isWarningTrack;
        measurement = other.measurement;
        pageFault = other.pageFault;
        requests.addAll(other.requests);
        timer = other.timer;
        timerSince = other.timerSince;
        timerRuns = other.timerRuns;
    }

    /** As the step {@code list} prints it. */
    List<String> list() {
        List<String> list = new ArrayList<>();
        list.add(machineCheck == null ? null : ArchitectureFloating.format("machine-check:%016x", machineCheck.code()));
        list.add(raised == null ? null : ArchitectureFloating.format("program:%04x", raised.code()));
        programs.forEach(code -> list.add(ArchitectureFloating.format("program:%04x", code)));
        malfunctions.forEach(sender -> list.add("malfunction-alert:" + sender));
        emergencies.forEach(sender -> list.add("emergency:" + sender));
        list.add(externalCall < 0 ? null : "external-call:" + externalCall);
        list.add(isSyncCheck ? "tod-clock-sync-check" : null);
        list.add(isWarningTrack ? "warning-track" : null);
        list.add(measurement == null ? null : ArchitectureFloating.format("measurement-alert:%08x", measurement));
        list.add(pageFault == null ? null : ArchitectureFloating.format("page-fault-initial:%016x", pageFault));
        list.add(
                switch (order) {
                    case SET_PREFIX -> ArchitectureFloating.format("set-prefix:%08x", parameter);
                    case RESTART -> "restart";
                    case STOP -> "stop";
                    default -> null;
                });
        return list.stream().filter(Objects::nonNull).toList();
    }

    boolean isBusy() {
        return order != Order.NONE || reset != Reset.NONE;
    }

    boolean isOperating() {
        return state == State.OPERATING;
    }

    void accept(Order accepted, long value) {
        order = accepted;
        parameter = value;
    }

    /** A reset cancels the order in progress. */
    void accept(Reset accepted) {
        reset = accepted.compareTo(reset) > 0 ? accepted : reset;
        order = Order.NONE;
        pswToLoad = null;
    }

    boolean isExternalOpen(long mask) {
        return (pswMask & 0x0100000000000000L) != 0 && (cr[0] & mask) != 0;
    }

    boolean isIoOpen(int subclass) {
        return (pswMask & 0x0200000000000000L) != 0 && (cr[6] & 0x80000000L >> subclass) != 0;
    }

    /** The CPU's own thread sees whether it operates: only then does its timer start or stop. */
    void runTimer(boolean runs, long clock) {
        if (runs != timerRuns) {
            timer = timer(clock);
            timerSince = clock;
            timerRuns = runs;
        }
    }

    long timer(long clock) {
        return timerRuns ? timer - (clock - timerSince) : timer;
    }

    void timer(long value, long clock) {
        timer = value;
        timerSince = clock;
    }

    boolean isComparatorDue(long tod) {
        long now = tod + epoch;
        return (cr[0] & 0x0020000000000000L) != 0
                ? clockComparator < now
                : Long.compareUnsigned(clockComparator, now) < 0;
    }

    /** Stores 512 bytes of status. */
    void storeStatus(ModelStorage storage, long area, long clock) {
        for (int i = 0; i < 512; i += 8) {
            storage.store(area + i, 8, 0);
        }
        ArchitectureMachineCheck.storeRegisters(this, storage, area);
        storage.store(area + 0x100, 8, pswMask);
        storage.store(area + 0x108, 8, pswAddress);
        storage.store(area + 0x118, 4, prefix);
        storage.store(area + 0x128, 8, timer(clock));
        storage.store(area + 0x130, 8, clockComparator >>> 8);
        for (int i = 0; i < 16; i++) {
            storage.store(area + 0x180 + 8L * i, 8, cr[i]);
        }
    }

    void clearLocal() {
        externalCall = -1;
        emergencies.clear();
        malfunctions.clear();
        programs.clear();
        raised = null;
        machineCheck = null;
        isSyncCheck = false;
        isWarningTrack = false;
        measurement = null;
        pageFault = null;
        requests.clear();
    }

    void initialValues() {
        pswMask = 0;
        pswAddress = 0;
        prefix = 0;
        clockComparator = 0;
        timer = 0;
        Arrays.fill(cr, 0);
        cr[0] = 0xe0;
        cr[14] = 0xc2000000L;
    }
}
