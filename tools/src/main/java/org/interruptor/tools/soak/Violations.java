package org.interruptor.tools.soak;

import java.util.ArrayList;
import java.util.List;

/** What was found that must not be. Threads: any. */
final class Violations {
    private static final int KEPT = 20;

    private final List<String> kept = new ArrayList<>();
    private volatile long count;

    /** Notes one; the first ones are kept in words. */
    synchronized void found(String description) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(description);
        }
    }

    /** Notes one if two counts differ. */
    void expect(long expected, long found, String what) {
        if (expected != found) {
            found(what + ": " + found + ", expected " + expected);
        }
    }

    boolean any() {
        return count != 0;
    }

    long count() {
        return count;
    }

    synchronized List<String> descriptions() {
        return List.copyOf(kept);
    }
}
