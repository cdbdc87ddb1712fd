package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** The CPU's own: code and instruction length; null if none. */
    int[] raised;

    boolean externalRequest;
    boolean controlRequest;

    private long timer;
    private long timerSince;
    private boolean timerRuns;

    ArchitectureCpu(int number) {
        this.number = number;
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

    void clearLocal() {
        externalCall = -1;
        emergencies.clear();
        malfunctions.clear();
        programs.clear();
        raised = null;
        externalRequest = false;
        controlRequest = false;
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
