package org.interruptor.tools.model;

import java.util.Comparator;
import java.util.Optional;

/**
 * Sequences of steps that bring about, often, what single steps at random hardly ever would: several vCPUs that wait with
 * different gates while a floating interruption is left behind, chains of new PSWs, a comparator on the brink.
 */
final class Gambits {

    private final Dice dice;
    private final Habits habits;
    private final ScenarioWriter writer;
    private final Moves moves;
    private final Cast cast;

    Gambits(Dice dice, Habits habits, ScenarioWriter writer, Moves moves, Cast cast) {
        this.dice = dice;
        this.habits = habits;
        this.writer = writer;
        this.moves = moves;
        this.cast = cast;
    }

    /** Several vCPUs go to wait, in any order, some of them with closed gates. */
    void crowdWaits() {
        int percent = dice.pick(50, 80, 100);
        for (ModelVcpu vcpu : dice.shuffled(cast.running())) {
            if (dice.chance(percent)) {
                goToWait(vcpu, dice.chance(85));
            }
        }
    }

    /** Takes what can be taken before it waits, or else the wait would mostly be over at once. */
    private void goToWait(ModelVcpu vcpu, boolean floating) {
        boolean external = floating || dice.chance(60);
        long pswMask = habits.waitingPswMask(external);
        moves.set(vcpu, "cr0", habits.cr0(floating));
        if (dice.chance(80)) {
            moves.setComparatorAhead(vcpu);
        }
        moves.set(vcpu, "psw.mask", pswMask);
        for (int passes = 0; passes < 3 && writer.machine().pending(vcpu); passes++) {
            moves.deliver(vcpu);
            moves.set(vcpu, "psw.mask", pswMask);
        }
        moves.enterWait(vcpu);
    }

    /** Somebody waits, a floating interruption is queued, and whoever was told does not take it. */
    void leaveBehind() {
        if (openWaiters() < 2) {
            crowdWaits();
        }
        moves.injectVm();
        if (openWaiters() > 1 && dice.chance(40)) {
            moves.injectVm();
        }
        for (int i = dice.between(2, 4); i > 0; i--) {
            doNotTake();
            if (dice.chance(40)) {
                tellWhoWaits();
            }
        }
    }

    private long openWaiters() {
        return cast.waiting().stream()
                .filter(vcpu -> vcpu.mayTake(InterruptionType.VIRTIO))
                .count();
    }

    private void doNotTake() {
        if (!cast.waiting().isEmpty() && dice.chance(25)) {
            moves.kick(dice.pick(cast.waiting()));
            return;
        }
        // The one that was told is the lowest that waited. Others have lower ones to hand on to.
        Optional<ModelVcpu> highest = cast.running().stream().max(Comparator.comparing(vcpu -> vcpu.number));
        (dice.chance(50) ? highest : cast.someRunning()).ifPresent(vcpu -> {
            switch (dice.below(6)) {
                case 0 -> {
                    close(vcpu);
                    moves.deliver(vcpu);
                }
                case 1 -> takeOneOfMany(vcpu);
                case 2 -> {
                    moves.set(vcpu, "psw.mask", habits.waitingPswMask(false));
                    moves.enterWait(vcpu);
                }
                case 3 -> {
                    moves.set(vcpu, "cr0", habits.cr0(false));
                    moves.enterWait(vcpu);
                }
                case 4 -> {
                    moves.set(vcpu, "psw.mask", 0x0002000180000000L);
                    moves.enterWait(vcpu);
                }
                default -> {
                    close(vcpu);
                    moves.injectVcpu(vcpu);
                    moves.enterWait(vcpu);
                }
            }
        });
    }

    private void close(ModelVcpu vcpu) {
        if (dice.chance(50)) {
            moves.set(vcpu, "psw.mask", habits.pswMask(false));
        } else {
            moves.set(vcpu, "cr0", habits.cr0(false));
        }
    }

    /** The new PSW of the first one closes the gate for the second. */
    private void takeOneOfMany(ModelVcpu vcpu) {
        moves.storeExternalNewPsw(usablePrefix(vcpu), false);
        moves.injectVm();
        moves.set(vcpu, "cr0", habits.cr0(true));
        moves.set(vcpu, "psw.mask", habits.pswMask(true));
        moves.deliver(vcpu);
    }

    /** A vCPU that was handed one has left the wait without a line: these lines show it. */
    private void tellWhoWaits() {
        switch (dice.below(3)) {
            case 0 -> moves.injectVm();
            case 1 -> moves.kick(cast.any());
            default -> moves.dump(cast.any());
        }
    }

    /** Many local ones of all kinds, the program interruptions in front of the others and the newest first. */
    void storm() {
        ModelVcpu vcpu = cast.any();
        for (int i = dice.between(2, 7); i > 0; i--) {
            if (!vcpu.waiting && dice.chance(20)) {
                moves.injectProgram(vcpu);
            } else {
                moves.injectVcpu(vcpu);
            }
        }
        if (!vcpu.waiting) {
            moves.deliver(vcpu);
        }
    }

    /** New PSWs that open and close gates while several interruptions are queued, on both queues. */
    void chain() {
        cast.someRunning().ifPresent(vcpu -> {
            moves.storeNewPsws(usablePrefix(vcpu));
            moves.set(vcpu, "psw.mask", habits.pswMask());
            moves.set(vcpu, "cr0", habits.cr0());
            moves.injectVcpu(vcpu, InterruptionType.EMERGENCY);
            if (dice.chance(60)) {
                moves.injectVcpu(vcpu, dice.pick(InterruptionType.RESTART, InterruptionType.PROGRAM));
            }
            if (dice.chance(40)) {
                moves.moveComparator(vcpu);
            }
            for (int i = dice.between(0, 2); i > 0; i--) {
                moves.injectVm();
            }
            if (!vcpu.waiting) {
                moves.deliver(vcpu);
            }
        });
    }

    /** The lowcore moves while interruptions that need it are queued. */
    void movingPrefix() {
        cast.someRunning().ifPresent(vcpu -> {
            for (int i = dice.between(1, 3); i > 0; i--) {
                moves.injectVcpu(vcpu);
                long prefix = moves.area();
                if (dice.chance(50)) {
                    moves.storeNewPsw(prefix);
                }
                moves.injectSetPrefix(vcpu, prefix);
            }
            moves.injectVcpu(vcpu);
            moves.deliver(vcpu);
        });
    }

    /** The comparator close to the clock, and a step that has to know on which side. */
    void comparatorOnTheBrink() {
        cast.someRunning().ifPresent(vcpu -> {
            if (dice.chance(70)) {
                openComparator(vcpu);
            }
            moves.moveComparator(vcpu);
            switch (dice.below(4)) {
                case 0 -> moves.pending(vcpu);
                case 1 -> moves.deliver(vcpu);
                default -> moves.enterWait(vcpu);
            }
        });
    }

    private void openComparator(ModelVcpu vcpu) {
        moves.set(vcpu, "cr0", habits.cr0() | InterruptionType.CLOCK_COMPARATOR.subclassMask);
        moves.set(vcpu, "psw.mask", habits.pswMask(true));
    }

    /** What reaches a vCPU in the wait and may or may not end it. */
    void pokeWaiters() {
        if (cast.waiting().isEmpty()) {
            crowdWaits();
        }
        for (ModelVcpu vcpu : cast.waiting()) {
            switch (dice.below(6)) {
                case 0 -> moves.setClock(vcpu.clockComparator + dice.between(0, 2) - vcpu.epoch);
                case 1 -> moves.injectInvalid(vcpu);
                case 2 -> moves.injectVcpu(vcpu);
                case 3 -> moves.dump(vcpu);
                default -> moves.injectVcpu(vcpu, InterruptionType.EMERGENCY);
            }
        }
    }

    /** In most scenarios, none; where there may be faults, a delivery that needs the lowcore and does not find it. */
    void fault() {
        if (!habits.faults) {
            return;
        }
        if (dice.chance(30)) {
            crowdWaits();
            moves.injectVm();
        }
        cast.someRunning().ifPresent(vcpu -> {
            if (dice.chance(50)) {
                moves.set(vcpu, "prefix", moves.missingArea());
            } else {
                moves.injectSetPrefix(vcpu, moves.missingArea());
            }
            switch (dice.below(4)) {
                case 0 -> moves.injectVcpu(vcpu);
                case 1 -> moves.injectVm();
                case 2 -> {
                    openComparator(vcpu);
                    moves.set(vcpu, "ckc", writer.machine().clock + vcpu.epoch - 1);
                }
                default -> moves.pending(vcpu);
            }
            if (dice.chance(70)) {
                moves.deliver(vcpu);
            }
        });
    }

    /** The vCPU's prefix where stores can be made at it, else another. */
    private long usablePrefix(ModelVcpu vcpu) {
        return writer.machine().storage.contains(vcpu.prefix, 0x2000) ? vcpu.prefix : moves.area();
    }
}
