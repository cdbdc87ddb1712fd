package org.interruptor.tools.guest.gdb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hexadecimal numbers and bytes, as packets have them. */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    static String ofByte(int value) {
        return FORMAT.toHexDigits((byte) value);
    }

    static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A value of 4 or 8 bytes, the first byte first. */
    static String of(long value, int bytes) {
        return FORMAT.toHexDigits(value, 2 * bytes);
    }

    /**
     * Bytes.
     *
     * @throws IllegalArgumentException if the text is not an even number of digits.
     */
    static byte[] bytes(CharSequence text) {
        return FORMAT.parseHex(text);
    }

    /**
     * A number.
     *
     * @throws NumberFormatException if the text is not 1 to 16 digits.
     */
    static long number(String text) {
        return Long.parseUnsignedLong(text, 16);
    }

    /** A number that counts something. */
    static int count(String text) {
        long number = number(text);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new NumberFormatException(text);
        }
        return (int) number;
    }
}
