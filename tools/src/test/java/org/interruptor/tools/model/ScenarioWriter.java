package org.interruptor.tools.model;

import java.util.List;
import java.util.Locale;

/**
 * The text of a scenario in the making, and the machine as it stands after what is written so far. Some scenarios are laid out in
 * all the ways that {@code scenario.md} allows: blanks, tabs, comments, CRLF, numbers of either base.
 */
final class ScenarioWriter {

    /** So many steps are still written behind a fault, to see that they are not executed. */
    private static final int STEPS_BEHIND_FAULT = 3;

    private final Dice dice;
    private final StringBuilder text = new StringBuilder();
    private final ModelReplay replay = new ModelReplay(Witness.NONE);
    private final boolean adorned;
    private final String lineEnd;
    private int stepsLeft = Integer.MAX_VALUE;

    ScenarioWriter(Dice dice) {
        this.dice = dice;
        this.adorned = dice.chance(8);
        this.lineEnd = dice.chance(5) ? "\r\n" : "\n";
    }

    ModelMachine machine() {
        return replay.machine();
    }

    /** From now on, so many more steps are written; those beyond are dropped. */
    void limit(int steps) {
        stepsLeft = steps;
    }

    boolean full() {
        return stepsLeft <= 0;
    }

    /** Writes a well-formed step and executes it. */
    void step(String step) {
        if (full()) {
            return;
        }
        stepsLeft--;
        boolean faultedBefore = replay.ended();
        for (String line : layOut(step)) {
            append(line);
            execute(line);
        }
        if (replay.ended() && !faultedBefore) {
            stepsLeft = Math.min(stepsLeft, STEPS_BEHIND_FAULT);
        }
    }

    /** Writes a malformed step. What is written behind it would be well-formed without it. */
    void malformedStep(String step) {
        layOut(step).forEach(this::append);
    }

    /** A number in one of the forms that mean the same; large ones mostly in that which people read. */
    String number(long value) {
        if (adorned && dice.chance(40)) {
            return String.format(Locale.ROOT, dice.pick("0x%X", "0x%016x", "0x%020x"), value);
        }
        boolean large = value >>> 8 != 0;
        return dice.chance(large ? 5 : 50) ? Long.toUnsignedString(value) : "0x" + Long.toHexString(value);
    }

    String text() {
        String all = text.toString();
        boolean endMissing = adorned && dice.chance(30);
        return endMissing && lineEnd.equals("\n") ? all.substring(0, all.length() - 1) : all;
    }

    private void execute(String line) {
        try {
            replay.feed(line);
        } catch (MalformedStepException malformed) {
            throw new IllegalStateException("the generator wrote '" + line + "': " + malformed.getMessage(), malformed);
        }
    }

    private void append(String line) {
        text.append(line).append(lineEnd);
    }

    /** The step itself, and before it what is ignored. */
    private List<String> layOut(String step) {
        if (!adorned) {
            return List.of(step);
        }
        StringBuilder line = new StringBuilder(dice.pick("", "", " ", "\t", "  \t"));
        for (String token : step.split("(?<= )|(?= )", -1)) {
            line.append(token.equals(" ") ? dice.pick(" ", " ", "\t", "   ", " \t ") : token);
        }
        line.append(dice.pick("", "", "", " ", "\t", "# wait 0", " # Z\u00fcrich \u4e2d", "#", " ## deliver 0"));
        return switch (dice.below(8)) {
            case 0 -> List.of("", line.toString());
            case 1 ->
                List.of(dice.pick("# deliver 0", "\t# \u00e9\u00df", "  \t", "#", "#machine vcpus 1"), line.toString());
            default -> List.of(line.toString());
        };
    }
}
