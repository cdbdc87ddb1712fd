package org.interruptor.bench.plan;

/** Numbers in options, with a sentence for those that are none. */
final class Parse {
    private Parse() {}

    static int integer(String name, String text, int least, int most) {
        try {
            return inRange(name, Integer.parseInt(text.strip()), least, most);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + "=" + text.strip() + ": expected a number, " + least + " to " + most, e);
        }
    }

    static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + ": expected " + least + " to " + most);
        }
        return value;
    }
}
