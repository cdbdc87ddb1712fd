package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Writes random scenarios that mean something: interruptions find gates open and closed, vCPUs wait for each other's leavings,
 * comparators are about to be due. The same seed gives the same text. That all of it really occurs is what
 * {@link GeneratorCoverageTest} is for.
 */
public final class ScenarioGenerator {

    private static final long PAGE = 0x1000;

    private final Dice dice;
    private final ScenarioWriter writer;
    private final Habits habits;
    private final Moves moves;
    private final Cast cast;
    private final Gambits gambits;
    private final List<Move> repertoire = new ArrayList<>();

    /** Something to do next, chosen in proportion to its weight. */
    private record Move(int weight, Runnable play) {}

    private ScenarioGenerator(long seed, boolean faultsAllowed) {
        this.dice = new Dice(seed);
        this.writer = new ScenarioWriter(dice);
        this.habits = new Habits(dice, faultsAllowed);
        int vcpus = dice.chance(4) ? 64 : dice.pick(1, 2, 2, 3, 3, 4, 4, 6);
        long memory = dice.between(2, 20) * PAGE;
        writer.step(
                String.format(Locale.ROOT, "machine vcpus %s memory %s", writer.number(vcpus), writer.number(memory)));
        this.cast = new Cast(dice, castOf(vcpus));
        this.moves = new Moves(dice, habits, writer, memory);
        this.gambits = new Gambits(dice, habits, writer, moves, cast);
        setTheStage(memory);
        fillRepertoire();
    }

    /** A well-formed scenario: a machine, its initial state, and {@code steps} steps, fewer if a fault ends it. */
    public static String generate(long seed, int steps) {
        ScenarioGenerator generator = new ScenarioGenerator(seed, true);
        generator.play(steps);
        return generator.writer.text();
    }

    /** A scenario with one malformed step somewhere, of a kind that depends on the seed. */
    public static String generateMalformed(long seed, int steps) {
        MalformedKind[] kinds = MalformedKind.values();
        return generateMalformed(seed, steps, kinds[(int) Long.remainderUnsigned(seed, kinds.length)]);
    }

    /** A scenario with one malformed step somewhere, of the given kind; what stands behind it is well-formed again. */
    static String generateMalformed(long seed, int steps, MalformedKind kind) {
        if (kind.place == MalformedKind.Place.BEFORE_THE_MACHINE) {
            return new Dice(~seed).pick(kind.instances(0, null)) + "\n" + generate(seed, steps);
        }
        ScenarioGenerator generator = new ScenarioGenerator(seed, false);
        int before = generator.dice.below(Math.max(steps, 1));
        generator.play(before);
        generator.writer.limit(Integer.MAX_VALUE);
        generator.plant(kind);
        generator.play(Math.min(steps - before, 5));
        return generator.writer.text();
    }

    private List<ModelVcpu> castOf(int vcpus) {
        List<ModelVcpu> all = writer.machine().vcpus;
        if (vcpus < 64) {
            return all;
        }
        List<Integer> numbers = dice.shuffled(IntStream.range(1, 63).boxed().toList());
        List<ModelVcpu> few = new ArrayList<>(List.of(all.get(63), all.get(0)));
        numbers.subList(0, dice.between(1, 5)).forEach(number -> few.add(all.get(number)));
        return dice.shuffled(few);
    }

    private void setTheStage(long memory) {
        if (dice.chance(70)) {
            moves.setClock(dice.pick(1L, 0xd5a0000000000000L, -0x1000L, -1L, dice.bits()));
        }
        for (long area = 0; area + 0x2000 <= memory; area += 0x2000) {
            if (dice.chance(80)) {
                moves.storeNewPsws(area);
            }
        }
        for (ModelVcpu vcpu : cast.vcpus()) {
            moves.set(vcpu, "psw.mask", habits.pswMask());
            moves.set(vcpu, "cr0", habits.cr0());
            if (dice.chance(70)) {
                moves.set(vcpu, "prefix", moves.area());
            }
        }
    }

    private void fillRepertoire() {
        // Always possible: no scenario comes to a standstill where all wait.
        repertoire.add(new Move(1, moves::injectVm));
        can(14, moves::injectVm);
        can(14, () -> moves.injectVcpu(cast.any()));
        can(3, () -> moves.injectInvalid(cast.any()));
        can(7, () -> moves.dump(cast.any()));
        can(5, () -> moves.kick(cast.any()));
        can(3, () -> moves.moveClock(cast.vcpus()));
        can(2, moves::storeIntoLowcore);
        can(3, () -> moves.storeNewPsw(moves.area()));
        canIfRunning(5, moves::injectProgram);
        canIfRunning(18, moves::deliver);
        canIfRunning(9, moves::pending);
        canIfRunning(8, moves::enterWait);
        canIfRunning(10, moves::setAnyRegister);
        canIfRunning(3, moves::moveComparator);
        can(3, gambits::crowdWaits);
        can(8, gambits::leaveBehind);
        can(4, gambits::storm);
        can(4, gambits::chain);
        can(3, gambits::movingPrefix);
        can(8, gambits::comparatorOnTheBrink);
        can(4, gambits::pokeWaiters);
        can(3, gambits::fault);
    }

    /** Each scenario does some things more often than others, and some not at all. */
    private void can(int weight, Runnable play) {
        repertoire.add(new Move(weight * dice.pick(0, 1, 1, 1, 2, 4), play));
    }

    private void canIfRunning(int weight, Consumer<ModelVcpu> play) {
        can(weight, () -> cast.someRunning().ifPresent(play));
    }

    private void play(int steps) {
        writer.limit(steps);
        int allWeights = repertoire.stream().mapToInt(Move::weight).sum();
        while (!writer.full()) {
            int left = dice.below(allWeights);
            int chosen = 0;
            while (left >= repertoire.get(chosen).weight()) {
                left -= repertoire.get(chosen).weight();
                chosen++;
            }
            repertoire.get(chosen).play().run();
        }
    }

    private void plant(MalformedKind kind) {
        if (cast.running().isEmpty()) {
            moves.kick(cast.any());
        }
        if (kind.place == MalformedKind.Place.IN_THE_WAIT && cast.waiting().isEmpty()) {
            putToWait(cast.any());
        }
        ModelVcpu vcpu = dice.pick(kind.place == MalformedKind.Place.IN_THE_WAIT ? cast.waiting() : cast.running());
        writer.malformedStep(dice.pick(kind.instances(vcpu.number, writer.machine())));
    }

    /** Whatever its state: with all that is always taken out of the way, and the external ones masked, it sleeps. */
    private void putToWait(ModelVcpu vcpu) {
        moves.set(vcpu, "prefix", 0);
        moves.deliver(vcpu);
        moves.set(vcpu, "psw.mask", ModelVcpu.PSW_IO);
        moves.enterWait(vcpu);
    }
}
