package org.interruptor.tools.model;

/**
 * What one scenario likes to do. Scenarios that all do a bit of everything look alike and never come far in one direction, so each
 * has a bent of its own: gates mostly open or mostly closed, faults or none.
 */
final class Habits {

    private static final long PSW_PER = 0x4000000000000000L;
    private static final long PSW_WAIT = 0x0002000000000000L;
    private static final long PSW_KNOWN =
            PSW_PER | PSW_WAIT | ModelVcpu.PSW_IO | ModelVcpu.PSW_EXTERNAL | ModelVcpu.PSW_MACHINE_CHECK;
    private static final long[] SUBCLASSES = {
        InterruptionType.EMERGENCY.subclassMask,
        InterruptionType.CLOCK_COMPARATOR.subclassMask,
        InterruptionType.VIRTIO.subclassMask
    };

    private final Dice dice;
    private final int externalPercent;
    private final int[] subclassPercent = new int[SUBCLASSES.length];
    /** Whether this scenario may have prefixes without a lowcore behind them. */
    final boolean faults;

    Habits(Dice dice, boolean faultsAllowed) {
        this.dice = dice;
        this.externalPercent = dice.pick(30, 50, 70, 90);
        for (int i = 0; i < subclassPercent.length; i++) {
            subclassPercent[i] = dice.pick(10, 50, 80, 95);
        }
        this.faults = faultsAllowed && dice.chance(30);
    }

    long pswMask() {
        return pswMask(dice.chance(externalPercent));
    }

    long pswMask(boolean external) {
        long mask = dice.pick(0L, 0x180000000L, 0x180000000L, dice.bits()) & ~PSW_KNOWN;
        mask |= external ? ModelVcpu.PSW_EXTERNAL : 0;
        mask |= dice.chance(35) ? ModelVcpu.PSW_IO : 0;
        mask |= dice.chance(15) ? ModelVcpu.PSW_MACHINE_CHECK : 0;
        mask |= dice.chance(25) ? PSW_WAIT : 0;
        mask |= dice.chance(15) ? PSW_PER : 0;
        return mask;
    }

    /** An enabled wait; it may still be closed for all external interruptions. */
    long waitingPswMask(boolean external) {
        long mask = pswMask(external) | PSW_WAIT;
        return external ? mask : mask | dice.pick(ModelVcpu.PSW_IO, ModelVcpu.PSW_MACHINE_CHECK);
    }

    long cr0() {
        long cr0 = cr0Rest();
        for (int i = 0; i < SUBCLASSES.length; i++) {
            cr0 |= dice.chance(subclassPercent[i]) ? SUBCLASSES[i] : 0;
        }
        return cr0;
    }

    /** A control register 0 in which the gate of the floating interruptions is as wanted. */
    long cr0(boolean floating) {
        long floatingMask = InterruptionType.VIRTIO.subclassMask;
        return floating ? cr0() | floatingMask : cr0() & ~floatingMask;
    }

    private long cr0Rest() {
        long known = SUBCLASSES[0] | SUBCLASSES[1] | SUBCLASSES[2];
        return dice.pick(0L, 0L, -1L, dice.bits()) & ~known;
    }
}
