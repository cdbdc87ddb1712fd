package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Everything that is left to chance in a scenario; the same seed throws the same. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From 0 to {@code bound} - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    long bits() {
        return random.nextLong();
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> List<T> shuffled(List<T> list) {
        List<T> rest = new ArrayList<>(list);
        List<T> shuffled = new ArrayList<>();
        while (!rest.isEmpty()) {
            shuffled.add(rest.remove(random.nextInt(rest.size())));
        }
        return shuffled;
    }

    /** A number of at most so many bits, where the ends and the sign bit are as likely as all others together. */
    long number(int bits) {
        long mask = bits == 64 ? -1L : (1L << bits) - 1;
        return mask
                & pick(0L, 1L, -1L, 1L << (bits - 1), (1L << (bits - 1)) - 1, bits(), bits(), bits(), (long)
                        below(256));
    }
}
