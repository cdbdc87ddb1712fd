package org.interruptor.engine;

import java.nio.ByteBuffer;

/**
 * A saved machine while it is read: big-endian values, each of which is checked; a wrong one throws with a sentence.
 *
 * <p>Threads: one.
 */
final class SavedImage {
    private final ByteBuffer in;

    SavedImage(ByteBuffer in) {
        this.in = in;
    }

    int getInt() {
        return in.getInt();
    }

    /** A value that is there, or null; one that is not there must be zero. */
    Integer getInt(boolean isThere) {
        int value = in.getInt();
        check(isThere || value == 0, "a parameter of what is not there");
        return isThere ? value : null;
    }

    /** 0 or 1. */
    boolean getFlag() {
        int value = in.getInt();
        range("flag", value, 0, 1);
        return value != 0;
    }

    long getLong() {
        return in.getLong();
    }

    int remaining() {
        return in.remaining();
    }

    void expect(String what, long found, long expected) {
        check(found == expected, what + " " + found + ", expected " + expected);
    }

    void range(String what, long found, long least, long most) {
        check(found >= least && found <= most, what + " " + found + ", expected " + least + " to " + most);
    }

    void check(boolean isRight, String otherwise) {
        if (!isRight) {
            throw new IllegalArgumentException("saved machine: " + otherwise);
        }
    }
}
