package org.interruptor.tools.guest;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.cli.CommandException;

/** A size of storage on the command line: {@code 65536}, {@code 512K}, {@code 64M}, {@code 2G}. */
final class MemorySize {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([KMG]?)");

    private MemorySize() {}

    static long parse(String option, String text) {
        Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new CommandException(option + "=" + text + ": expected a number of bytes, or one with K, M or G");
        }
        int shift = switch (matcher.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        long number = Long.parseLong(matcher.group(1));
        long bytes = number << shift;
        if (number == 0 || bytes >> shift != number || bytes % GuestMemory.PAGE_LENGTH != 0) {
            throw new CommandException(
                    option + "=" + text + ": expected a positive multiple of " + GuestMemory.PAGE_LENGTH + " bytes");
        }
        return bytes;
    }
}
