package org.interruptor.tools.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * How what was printed differs from what was expected. Printed lines begin with the number of their step, so lines belong
 * together by that number; nothing has to be guessed, and no context is needed to find the place.
 *
 * <pre>
 *  -7 deliver 0 emergency psw=... flags=- lctl=- 86:1201
 *  +7 deliver 0 emergency psw=... flags=ext lctl=- 86:1201
 *  ?  flags=- | flags=ext
 * </pre>
 */
final class LineDiff {

    private final List<String> lines = new ArrayList<>();

    LineDiff(List<String> expected, List<String> printed) {
        int e = 0;
        int p = 0;
        while (e < expected.size() || p < printed.size()) {
            long expectedNumber = number(expected, e);
            long printedNumber = number(printed, p);
            if (expectedNumber < printedNumber) {
                lines.add("-" + expected.get(e++));
            } else if (expectedNumber > printedNumber) {
                lines.add("+" + printed.get(p++));
            } else {
                compare(expected.get(e++), printed.get(p++));
            }
        }
    }

    /** The lines to print; none if there is no difference. */
    List<String> lines() {
        return lines;
    }

    /** The number of a line's step: -1 if it begins with none, beyond all others if there is no such line. */
    private static long number(List<String> lines, int index) {
        if (index == lines.size()) {
            return Long.MAX_VALUE;
        }
        String line = lines.get(index);
        int end = line.indexOf(' ');
        try {
            return Integer.parseInt(end < 0 ? line : line.substring(0, end));
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private void compare(String expected, String printed) {
        if (!expected.equals(printed)) {
            lines.add("-" + expected);
            lines.add("+" + printed);
            lines.add("?  " + differing(expected, printed) + " | " + differing(printed, expected));
        }
    }

    /** The part of a line from its first to its last word that is not in the other line at that place. */
    private static String differing(String line, String other) {
        int shorter = Math.min(line.length(), other.length());
        int start = 0;
        int wordStart = 0;
        while (start < shorter && line.charAt(start) == other.charAt(start)) {
            start++;
            if (isSeparator(line.charAt(start - 1))) {
                wordStart = start;
            }
        }
        int end = 0;
        int wordEnd = 0;
        while (end < shorter - wordStart
                && line.charAt(line.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
            if (isSeparator(line.charAt(line.length() - end))) {
                wordEnd = end;
            }
        }
        return line.substring(wordStart, Math.max(wordStart, line.length() - wordEnd));
    }

    private static boolean isSeparator(char character) {
        return character == ' ' || character == ',';
    }
}
