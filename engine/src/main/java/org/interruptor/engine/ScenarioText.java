package org.interruptor.engine;

import java.io.IOException;

/** The lines of a scenario that is written, and numbers in them. Threads: one. */
final class ScenarioText {
    private final Appendable out;

    ScenarioText(Appendable out) {
        this.out = out;
    }

    void line(String line) throws IOException {
        out.append(line).append('\n');
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String hex32(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
