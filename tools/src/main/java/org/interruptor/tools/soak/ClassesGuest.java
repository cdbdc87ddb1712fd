package org.interruptor.tools.soak;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.interruptor.engine.GuestCpu;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;

/**
 * A CPU in the engine's own run loop, and the program on it, which changes masks, prefix and timers at random, sends orders to other
 * CPUs, tests for pending I/O interruptions and waits. Threads: one of its own, but for {@link #isResting}.
 */
final class ClassesGuest implements GuestCpu, Runnable {
    private static final int TOD_BITS_PER_MICROSECOND = 12;
    private static final int STEPS_AT_MOST = 64;
    private static final int CHANGES_AT_MOST = 6;
    private static final long REST_NANOS = 20_000;

    // New PSWs in a prefix area.
    private static final int[] NEW_PSWS = {0x1a0, 0x1b0, 0x1c0, 0x1d0, 0x1e0, 0x1f0};

    // Orders of SIGNAL PROCESSOR.
    private static final int SENSE = 0x01;
    private static final int EXTERNAL_CALL = 0x02;
    private static final int EMERGENCY_SIGNAL = 0x03;
    private static final int START = 0x04;
    private static final int STOP = 0x05;
    private static final int RESTART = 0x06;
    private static final int STOP_AND_STORE_STATUS = 0x09;
    private static final int INITIAL_CPU_RESET = 0x0b;
    private static final int CPU_RESET = 0x0c;
    private static final int CONDITIONAL_EMERGENCY = 0x13;
    private static final int SENSE_RUNNING = 0x15;
    private static final int[] ORDERS = {
        SENSE, SENSE_RUNNING, START, START, RESTART, RESTART, STOP, STOP_AND_STORE_STATUS, CPU_RESET, INITIAL_CPU_RESET
    };

    private final Machine machine;
    private final int id;
    private final Stage stage;
    private final SentBook sent;
    private final TakenBook taken;
    private final Violations violations;
    private final SplittableRandom random;
    private final Habits habits;
    private final long home;
    private final Runnable handler;
    private final IoInterruption tested = new IoInterruption();
    private Vcpu vcpu;
    private long resets;
    private long faults;
    private volatile boolean isResting;

    ClassesGuest(
            Machine machine,
            int id,
            Stage stage,
            SentBook sent,
            TakenBook taken,
            Violations violations,
            Habits habits,
            long home,
            Runnable handler,
            SplittableRandom random) {
        this.machine = machine;
        this.id = id;
        this.stage = stage;
        this.sent = sent;
        this.taken = taken;
        this.violations = violations;
        this.habits = habits;
        this.home = home;
        this.handler = handler;
        this.random = random;
        vcpu = machine.vcpu(id).bind(); // for its set-up; its thread binds it when it starts
        open();
        vcpu.unbind();
    }

    /**
     * What happens on a machine by preference.
     *
     * @param waits of 4 PSWs, how many have the wait bit.
     * @param areResets whether CPUs and the machine are reset: what is pending then cannot be followed to its delivery.
     * @param isSetOutside whether prefixes are set outside storage.
     * @param machineCheckConditions those that are injected. All are behind one gate: exigent ones, or repressible ones of which a
     *     guest opens all or none, so that a machine check is delivered once.
     */
    record Habits(int waits, boolean areResets, boolean isSetOutside, long machineCheckConditions) {
        static Habits of(SplittableRandom random) {
            boolean areResets = random.nextInt(3) == 0; // of the repressible ones, an initial reset opens a part
            boolean isExigent = areResets || random.nextInt(4) == 0;
            return new Habits(
                    random.nextInt(5),
                    areResets,
                    random.nextBoolean(),
                    isExigent
                            ? MachineCheck.EXIGENT
                            : MachineCheck.RECOVERY
                                    | MachineCheck.EXTERNAL_DAMAGE
                                    | MachineCheck.DEGRADATION
                                    | MachineCheck.WARNING);
        }

        boolean isToWait(SplittableRandom random) {
            return random.nextInt(4) < waits;
        }
    }

    /** Writes new PSWs into a prefix area. */
    static void fill(GuestMemory storage, long area, Habits habits, SplittableRandom random) {
        for (int offset : NEW_PSWS) {
            storage.putLong(area + offset, psw(habits, random));
        }
    }

    private static long psw(Habits habits, SplittableRandom random) {
        int choice = random.nextInt(32);
        long wait = habits.isToWait(random) ? PswMask.WAIT : 0;
        long open = choice < 20 ? Classes.OPEN : random.nextLong() & Classes.OPEN;
        return wait | open; // sometimes nothing can end the wait
    }

    boolean isResting() {
        return isResting;
    }

    /** Faults mended, when its thread has ended. */
    long faults() {
        return faults;
    }

    /** Resets carried out, when its thread has ended. */
    long resets() {
        return resets;
    }

    @Override
    public void run() {
        try {
            vcpu = machine.vcpu(id).bind();
            while (go()) {}
        } catch (Throwable thrown) {
            violations.found("vCPU " + id + " threw " + thrown);
        }
    }

    private boolean go() {
        RunOutcome outcome = vcpu.run(this);
        switch (outcome) {
            case CLOSED -> {
                return false;
            }
            case FAULT -> {
                faults++;
                vcpu.registers().prefix(home);
            }
            case INTERRUPTED -> Thread.interrupted(); // the embedder's to clear
            case EXIT -> {}
            default -> violations.found("vCPU " + id + ": the run loop ended with " + outcome);
        }
        return true;
    }

    @Override
    public void reset(ResetKind kind) {
        resets++;
    }

    /** The conductor asks for it while draining: all gates are to be open. */
    @Override
    public void requested(Vcpu own) {
        if (stage.phase() == Stage.Phase.DRAINING) {
            open();
        }
    }

    private void open() {
        Registers registers = vcpu.registers();
        registers.prefix(home);
        registers.control(0, Classes.CR0);
        registers.control(6, Classes.CR6);
        registers.control(14, Classes.CR14);
        registers.clockComparator(-1);
        vcpu.cpuTimer(Long.MAX_VALUE);
        registers.psw(Classes.OPEN | PswMask.WAIT, 0);
    }

    /** Told each delivery, as the guest sees it: the handlers. */
    void delivered(InterruptionType type) {
        switch (type) {
            case ADAPTER -> handler.run();
            case CLOCK_COMPARATOR -> vcpu.registers().clockComparator(-1);
            case CPU_TIMER -> vcpu.cpuTimer(Long.MAX_VALUE);
            default -> {}
        }
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // there may be more vCPUs than host CPUs
    public long execute(Vcpu own) {
        int steps = random.nextInt(STEPS_AT_MOST);
        int changes = random.nextInt(CHANGES_AT_MOST);
        boolean waits = habits.isToWait(random);
        long completed = 0;
        while (!vcpu.isAttention()
                && vcpu.nanosToTimer() != 0
                && !Thread.currentThread().isInterrupted()) {
            if (stage.phase() != Stage.Phase.ACTIVE) {
                rest(waits);
                return completed + 1;
            }
            completed++;
            if (steps-- > 0) {
                Thread.onSpinWait();
            } else if (changes-- > 0) {
                if (change(random.nextInt(20))) {
                    return completed;
                }
                steps = random.nextInt(STEPS_AT_MOST);
            } else if (waits) {
                vcpu.loadPsw(psw(habits, random) | PswMask.WAIT, 0);
                return completed;
            } else {
                steps = STEPS_AT_MOST;
                Thread.yield();
            }
        }
        return completed;
    }

    /** Comes to rest: loads a wait PSW, or runs on without doing anything, until it is called out. */
    private void rest(boolean waits) {
        if (waits || stage.phase() == Stage.Phase.DRAINING) {
            vcpu.loadPsw(psw(habits, random) | PswMask.WAIT, 0);
            return;
        }
        isResting = true;
        while (stage.phase() == Stage.Phase.QUIET
                && !vcpu.isAttention()
                && vcpu.nanosToTimer() != 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(REST_NANOS);
        }
        isResting = false;
    }

    /** One instruction that matters here; whether guest code has to be left. */
    private boolean change(int what) {
        return switch (what) {
            case 0, 1, 2 -> vcpu.loadPsw(psw(habits, random) & ~PswMask.WAIT, 0);
            case 3, 4 -> vcpu.loadControl(0, gates(Classes.CR0));
            case 5, 6 -> vcpu.loadControl(6, gates(Classes.CR6));
            case 7 -> vcpu.loadControl(14, random.nextInt(4) == 0 ? 0 : Classes.CR14);
            case 8 -> {
                vcpu.registers().clockComparator(comparator());
                yield false;
            }
            case 9 -> {
                vcpu.cpuTimer((long) random.nextInt(100) << TOD_BITS_PER_MICROSECOND);
                yield false;
            }
            case 10 -> {
                vcpu.registers().prefix(habits.isSetOutside() && random.nextInt(4) == 0 ? 0xffff_e000L : home);
                yield false;
            }
            case 11, 12 -> {
                testPending(random.nextInt(256));
                yield false;
            }
            case 13 -> vcpu.supervisorCall(random.nextInt(256), 2) != Vcpu.FAULT;
            default -> {
                signal();
                yield false;
            }
        };
    }

    private long gates(long all) {
        long some = random.nextLong();
        long more = random.nextLong();
        return random.nextBoolean() ? all : all & (some | more);
    }

    private long comparator() {
        return random.nextInt(8) > 4
                ? -1
                : vcpu.guestTime() + ((long) random.nextInt(1000) << TOD_BITS_PER_MICROSECOND);
    }

    private void testPending(int subclassMask) {
        if (vcpu.takeIo(subclassMask, tested)) {
            InterruptionType type = tested.word() < 0 ? InterruptionType.ADAPTER : InterruptionType.IO;
            taken.taken(
                    type,
                    tested.subsystemId(),
                    (long) tested.parameter() << Integer.SIZE | Integer.toUnsignedLong(tested.word()));
            delivered(type);
        }
    }

    private void signal() {
        int target = random.nextInt(machine.vcpuCount());
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                if (order(target, EXTERNAL_CALL)) {
                    sent.called(target);
                }
            }
            case 3, 4 -> emergency(target, EMERGENCY_SIGNAL);
            case 5 -> emergency(target, CONDITIONAL_EMERGENCY);
            default -> other(target, ORDERS[random.nextInt(ORDERS.length - (habits.areResets() ? 0 : 2))]);
        }
    }

    private void emergency(int target, int order) {
        if (order(target, order)) {
            sent.mayHaveSent(InterruptionType.EMERGENCY_SIGNAL, target);
        }
    }

    /** Stop comes rarely: somebody has to start the CPU again. */
    private void other(int target, int order) {
        boolean isRare = IntStream.of(STOP, STOP_AND_STORE_STATUS, CPU_RESET, INITIAL_CPU_RESET)
                .anyMatch(one -> one == order);
        if ((!isRare || random.nextInt(8) == 0) && order(target, order) && order != SENSE && order != SENSE_RUNNING) {
            sent.mayHaveSent(order == RESTART ? InterruptionType.RESTART : InterruptionType.STOP, target);
        }
    }

    private boolean order(int target, int order) {
        return Machine.conditionCodeOf(machine.signalProcessor(id, target, order, 0)) == 0;
    }
}
