package org.interruptor.tools.guest.gdb;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.instruction.Debugger;

/**
 * Decides before each instruction whether the CPU goes on: breakpoints, single steps, CPUs that are to stand still while others step.
 *
 * <pre>
 *   GO     until a breakpoint; one at the address where the CPU was stopped counts at the next visit only
 *   STEP   one instruction, then as for a breakpoint
 *   STAND  none
 * </pre>
 *
 * <p>A CPU that stops holds still until its attention is set, so that an interruption is delivered in front of the instruction. It goes
 * on to take part in purges of translation buffers: other CPUs wait for it there.
 *
 * <p>Threads: {@link #stops} each CPU's own; the rest the session's, while all CPUs are paused. The pause orders the two.
 */
final class RunControl implements Debugger {
    enum Mode {
        GO,
        STEP,
        STAND
    }

    private static final long HOLD_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** No instruction has an odd address. */
    private static final long NOWHERE = 1;

    private static final int MAX_BREAKPOINTS = 1 << 16;

    private final Mode[] modes;
    private final long[] resumedAt;
    private final Set<Long> breakpoints = new TreeSet<>();

    /** The same, for the CPUs. */
    private long[] sorted = {};

    private volatile boolean isAsked;
    private Consumer<Event.Hit> onHit = hit -> {};
    private Runnable onEnd = () -> {};

    RunControl(int cpus) {
        modes = new Mode[cpus];
        resumedAt = new long[cpus];
        letGo();
    }

    /** Who is told; before a CPU runs. */
    void listener(Consumer<Event.Hit> hits, Runnable end) {
        onHit = hits;
        onEnd = end;
    }

    /** No breakpoint, all go. */
    void letGo() {
        breakpoints.clear();
        sorted = new long[0];
        Arrays.fill(modes, Mode.GO);
        Arrays.fill(resumedAt, NOWHERE);
        isAsked = false;
    }

    /** Sets a breakpoint; false if there are too many. */
    boolean add(long address) {
        if (breakpoints.size() == MAX_BREAKPOINTS && !breakpoints.contains(address)) {
            return false;
        }
        breakpoints.add(address);
        publish();
        return true;
    }

    void remove(long address) {
        breakpoints.remove(address);
        publish();
    }

    private void publish() {
        sorted = breakpoints.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /**
     * How a CPU goes on.
     *
     * @param isReported whether GDB knows that it stands where it stands: a breakpoint there counts at the next visit only.
     */
    void resume(Cpu cpu, Mode mode, boolean isReported) {
        int id = cpu.id();
        modes[id] = mode;
        resumedAt[id] = isReported || mode == Mode.STEP ? cpu.registers().pswAddress() : NOWHERE;
    }

    /** Before the machine is resumed. */
    void begin() {
        isAsked = sorted.length > 0 || Arrays.stream(modes).anyMatch(mode -> mode != Mode.GO);
    }

    @Override
    public boolean stops(Cpu cpu) {
        return isAsked && isStopped(cpu);
    }

    private boolean isStopped(Cpu cpu) {
        int id = cpu.id();
        long address = cpu.registers().pswAddress();
        switch (modes[id]) {
            case STAND -> {}
            case STEP -> {
                if (resumedAt[id] != NOWHERE) { // the one instruction, wherever an interruption has led
                    resumedAt[id] = NOWHERE;
                    return false;
                }
                onHit.accept(new Event.Hit(id, address, false));
            }
            default -> {
                boolean isReported = resumedAt[id] == address;
                if (isReported) {
                    resumedAt[id] = NOWHERE;
                }
                if (isReported || Arrays.binarySearch(sorted, address) < 0) {
                    return false;
                }
                onHit.accept(new Event.Hit(id, address, true));
            }
        }
        hold(cpu);
        return true;
    }

    private static void hold(Cpu cpu) {
        while (!cpu.vcpu().isAttention()) {
            cpu.storage().poll();
            LockSupport.parkNanos(HOLD_NANOS);
        }
    }

    @Override
    public void guestEnds() {
        isAsked = false;
        onEnd.run();
    }
}
