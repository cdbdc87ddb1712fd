package org.interruptor.tools.soak;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.Prefixing;
import org.interruptor.memory.PswMask;

/**
 * What runs on a vCPU: changes its masks, prefix, new PSWs and clock comparator at random, raises program interruptions, and
 * leaves where the engine says so. Threads: the vCPU's own, but for {@link #isResting}.
 */
final class Guest {
    /** A TOD unit is 2^-12 microseconds. */
    private static final int TOD_BITS_PER_MICROSECOND = 12;

    private static final long ALL_GATES = 0x4a00;
    private static final long[] GATES = {0x4000, 0x0800, 0x0200};
    private static final long OPEN = PswMask.IO | PswMask.EXTERNAL | PswMask.MACHINE_CHECK;
    private static final int STEPS_AT_MOST = 64;
    private static final int CHANGES_AT_MOST = 4;
    private static final long REST_NANOS = 20_000;

    private final Vcpu vcpu;
    private final Registers registers;
    private final Stage stage;
    private final InjectionBook injections;
    private final DeliveryBook deliveries;
    private final SplittableRandom random;
    private final Habits habits;
    private final boolean isFaulty;
    private final long home;
    private volatile boolean isResting;

    Guest(
            Vcpu vcpu,
            Stage stage,
            InjectionBook injections,
            DeliveryBook deliveries,
            Habits habits,
            long home,
            SplittableRandom random) {
        this.vcpu = vcpu;
        this.registers = vcpu.registers();
        this.stage = stage;
        this.injections = injections;
        this.deliveries = deliveries;
        this.habits = habits;
        this.isFaulty = habits.isFaulty();
        this.home = home;
        this.random = random;
        repair();
        registers.psw(OPEN, 0);
        registers.control(0, ALL_GATES);
    }

    /**
     * What guests of a machine do by preference.
     *
     * @param isFaulty whether they do anything that can go wrong.
     * @param waits of 4 PSWs, how many have the wait bit.
     * @param isResetAtTimes whether its CPU is reset now and then.
     */
    record Habits(boolean isFaulty, int waits, boolean isResetAtTimes) {
        /** In one of so many lives CPUs are reset: what is queued for them alone cannot be followed to its delivery there. */
        private static final int LIVES_WITH_RESETS_OF = 3;

        static Habits of(SoakPlan plan, SplittableRandom random) {
            int waits = random.nextInt(5);
            return new Habits(plan.isFaulty(), waits, plan.isFaulty() && random.nextInt(LIVES_WITH_RESETS_OF) == 0);
        }

        boolean isToWait(SplittableRandom random) {
            return random.nextInt(4) < waits;
        }
    }

    /** Writes new PSWs into a prefix area. */
    static void fill(GuestMemory storage, long area, Habits habits, SplittableRandom random) {
        storage.putLong(area + Lowcore.RESTART_NEW_PSW_MASK_OFFSET, psw(habits, random));
        storage.putLong(area + Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET, psw(habits, random));
        storage.putLong(area + Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET, psw(habits, random));
    }

    private static long psw(Habits habits, SplittableRandom random) {
        int choice = random.nextInt(32);
        long wait = habits.isToWait(random) ? PswMask.WAIT : 0;
        if (!habits.isFaulty() || choice < 24) {
            return OPEN | wait;
        }
        return wait | (choice < 31 ? PswMask.IO : 0); // else nothing can end the wait
    }

    /** Where it rests, running: it leaves only where the engine says so. Threads: any. */
    boolean isResting() {
        return isResting;
    }

    /** Whether its CPU is reset now and then. */
    boolean isResetAtTimes() {
        return habits.isResetAtTimes();
    }

    /** Gives the vCPU a lowcore again. */
    void repair() {
        registers.prefix(home);
    }

    /** The handler of the clock comparator: nothing is due any more. */
    void comparatorDelivered() {
        registers.clockComparator(-1);
    }

    /** Opens all gates. */
    void open() {
        registers.psw(OPEN | PswMask.WAIT, 0);
        registers.control(0, ALL_GATES);
        registers.clockComparator(-1);
        repair();
    }

    /** After a kick or a disabled wait: goes on with another PSW. */
    void reload() {
        registers.psw(OPEN | (habits.isToWait(random) ? PswMask.WAIT : 0), 0);
    }

    /** Runs until the vCPU has to leave guest code, or the guest loads a wait PSW. */
    @SuppressWarnings("ThreadPriorityCheck") // there may be more vCPUs than host CPUs
    void run() {
        int steps = random.nextInt(STEPS_AT_MOST);
        int changes = isFaulty ? random.nextInt(CHANGES_AT_MOST) : 0;
        boolean waits = habits.isToWait(random);
        while (!vcpu.isAttention() && (stage.phase() == Stage.Phase.ACTIVE || !isToRest(waits))) {
            if (steps-- > 0) {
                Thread.onSpinWait();
            } else if (vcpu.nanosToTimer() == 0) {
                return;
            } else if (changes-- > 0) {
                if (change(random.nextInt(16))) {
                    return;
                }
                steps = random.nextInt(STEPS_AT_MOST);
            } else if (waits) {
                loadWait();
                return;
            } else {
                steps = STEPS_AT_MOST; // goes on until it is called out
                if (isFaulty) {
                    Thread.yield();
                }
            }
        }
    }

    private void loadWait() {
        vcpu.loadPsw(psw(habits, random) | PswMask.WAIT, 0);
    }

    /** Comes to rest in the quiet phase: loads a wait PSW, or runs on without doing anything, until it is called out. */
    private boolean isToRest(boolean waits) {
        if (waits || stage.phase() == Stage.Phase.DRAINING) {
            loadWait();
            return true;
        }
        isResting = true;
        while (stage.phase() == Stage.Phase.QUIET && !vcpu.isAttention() && vcpu.nanosToTimer() != 0) {
            LockSupport.parkNanos(REST_NANOS);
        }
        isResting = false;
        return true;
    }

    /** One instruction that matters here; whether guest code has to be left. */
    private boolean change(int what) {
        switch (what) {
            case 0, 1, 2, 3 -> {
                return vcpu.loadPsw(psw(habits, random) & ~PswMask.WAIT, 0);
            }
            case 4, 5, 6, 7 -> {
                return vcpu.loadControl(0, gates());
            }
            case 8, 9 -> setComparator();
            case 10, 11 -> fillOwnLowcore();
            case 12 -> {
                if (random.nextInt(4) == 0) {
                    registers.prefix(home | (random.nextBoolean() ? 0x1000 : 0xf000_0000L)); // outside
                }
            }
            case 13 -> repair();
            default -> {
                return raise();
            }
        }
        return false;
    }

    private long gates() {
        long gates = ALL_GATES;
        if (random.nextBoolean()) {
            for (long gate : GATES) {
                gates &= random.nextInt(4) == 0 ? ~gate : -1;
            }
        }
        return gates;
    }

    /** Never, in the past, or at most some milliseconds ahead. */
    private void setComparator() {
        int choice = random.nextInt(8);
        long ahead = (long) random.nextInt(choice == 0 ? 5000 : 100) << TOD_BITS_PER_MICROSECOND;
        registers.clockComparator(choice > 4 ? -1 : vcpu.machine().clock().tod() + registers.epoch() + ahead);
    }

    private void fillOwnLowcore() {
        if (Prefixing.isValid(registers.prefix(), vcpu.machine().storage().size())) {
            fill(vcpu.machine().storage(), registers.prefix(), habits, random);
        }
    }

    private boolean raise() {
        for (int i = random.nextInt(3); i >= 0 && deliveries.mayRaise(); i--) {
            int code = Marks.programCode(Marks.OWN, injections.accepted(InterruptionType.PROGRAM, vcpu.id()));
            InjectResult answer = vcpu.raiseProgram(code);
            if (injections.local(InterruptionType.PROGRAM, vcpu.id(), answer)) {
                deliveries.raised(code);
            }
        }
        return true;
    }
}
