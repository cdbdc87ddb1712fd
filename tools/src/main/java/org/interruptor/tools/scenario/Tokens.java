package org.interruptor.tools.scenario;

import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;

/** The tokens of one line, taken from left to right by the step that they make. */
final class Tokens {

    private static final int LONGEST_QUOTE = 40;

    private final Queue<String> tokens = new ArrayDeque<>();

    /** Splits a line at spaces and tabs, up to a {@code #}. */
    Tokens(String line) {
        int comment = line.indexOf('#');
        int end = comment < 0 ? line.length() : comment;
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || line.charAt(i) == ' ' || line.charAt(i) == '\t') {
                if (i > start) {
                    tokens.add(line.substring(start, i));
                }
                start = i + 1;
            }
        }
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** Takes the next token, whatever it is. */
    String next(String expected) throws MalformedStepException {
        String token = tokens.poll();
        if (token == null) {
            throw new MalformedStepException("the line ends too early", expected);
        }
        return token;
    }

    /** Takes a token that can only be this word. */
    void word(String word) throws MalformedStepException {
        String token = next("'" + word + "'");
        if (!token.equals(word)) {
            throw new MalformedStepException(quote(token) + " is out of place", "'" + word + "'");
        }
    }

    /** Takes one of two words; whether it is the first. */
    boolean either(String first, String second) throws MalformedStepException {
        String expected = "'" + first + "' or '" + second + "'";
        String token = next(expected);
        if (!token.equals(first) && !token.equals(second)) {
            throw new MalformedStepException(quote(token) + " is out of place", expected);
        }
        return token.equals(first);
    }

    /** Takes a word if there is a token left, which can only be this word; whether it is there. */
    boolean optionalWord(String word) throws MalformedStepException {
        if (isEmpty()) {
            return false;
        }
        word(word);
        return true;
    }

    /** There must be no token left. */
    void end() throws MalformedStepException {
        if (!tokens.isEmpty()) {
            throw new MalformedStepException(quote(tokens.element()) + " is left over", "the end of the line");
        }
    }

    /** Takes an unsigned number of at most so many bits. */
    long number(String what, int bits) throws MalformedStepException {
        return number(next(what), what, bits);
    }

    /** As {@link #number(String, int)}; 0 if there is no token left. */
    long optionalNumber(String what, int bits) throws MalformedStepException {
        return isEmpty() ? 0 : number(what, bits);
    }

    /** Takes the number of a vCPU, which may not exist. */
    long vcpu() throws MalformedStepException {
        return number("the number of a vCPU", Long.SIZE);
    }

    /** Takes bytes, two hexadecimal digits each. */
    byte[] bytes() throws MalformedStepException {
        String token = next("bytes in hexadecimal");
        try {
            return HexFormat.of().parseHex(token);
        } catch (IllegalArgumentException noBytes) {
            throw new MalformedStepException(
                    quote(token) + " is not bytes", "an even number of hexadecimal digits without 0x");
        }
    }

    /** The value of a token: decimal, or hexadecimal with {@code 0x}; ASCII digits without a sign. */
    static long number(String token, String what, int bits) throws MalformedStepException {
        boolean isHexadecimal = token.startsWith("0x");
        int radix = isHexadecimal ? 16 : 10;
        int start = isHexadecimal ? 2 : 0;
        long value = 0;
        boolean isTooLarge = false;
        for (int i = start; i < token.length(); i++) {
            int digit = digit(token.charAt(i), radix);
            if (digit < 0) {
                throw noNumber(token, what);
            }
            // value * radix + digit must stay below 2^64.
            isTooLarge |= Long.compareUnsigned(value, Long.divideUnsigned(-1 - digit, radix)) > 0;
            value = value * radix + digit;
        }
        if (token.length() == start) {
            throw noNumber(token, what);
        }
        if (isTooLarge || (bits < Long.SIZE && value >>> bits != 0)) {
            throw new MalformedStepException(quote(token) + " is too large", what + ", at most " + bits + " bits");
        }
        return value;
    }

    private static int digit(char character, int radix) {
        return character < 0x80 ? Character.digit(character, radix) : -1;
    }

    private static MalformedStepException noNumber(String token, String what) {
        return new MalformedStepException(quote(token) + " is not a number", what + ", decimal or hexadecimal with 0x");
    }

    /** A token as it can stand in a message: on one line, and not too long. */
    static String quote(String token) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < token.length(); i++) {
            if (i == LONGEST_QUOTE) {
                quoted.append("...");
                break;
            }
            char character = token.charAt(i);
            if (character > ' ' && character < 0x7f) {
                quoted.append(character);
            } else {
                quoted.append("\\u").append(HexFormat.of().toHexDigits(character));
            }
        }
        return quoted.append('\'').toString();
    }
}
