package org.interruptor.tools.top;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours for the table of vCPUs, where a terminal has them: what each is doing, and what was refused. */
final class TopColours {
    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    /** A row of the table: the number of the vCPU, and its state. */
    private static final Pattern ROW = Pattern.compile("(?m)^( *\\d+  +)(runs|spins|waits|woken|stopped|closed)\\b");

    private static final Pattern HEADINGS = Pattern.compile("(?m)^ *vCPU  +state.*$");
    private static final Pattern REFUSED = Pattern.compile("refused(?:/s)? (?!0\\b)[0-9.]+");

    private TopColours() {}

    static String colour(String text) {
        String rows = ROW.matcher(text)
                .replaceAll(row -> Matcher.quoteReplacement(row.group(1) + of(row.group(2)) + row.group(2) + PLAIN));
        String headed =
                HEADINGS.matcher(rows).replaceAll(line -> Matcher.quoteReplacement(BOLD + line.group() + PLAIN));
        return REFUSED.matcher(headed).replaceAll(words -> Matcher.quoteReplacement(RED + words.group() + PLAIN));
    }

    private static String of(String state) {
        return switch (state) {
            case "runs", "woken" -> GREEN;
            case "spins" -> YELLOW;
            case "stopped" -> RED;
            default -> DIM;
        };
    }
}
