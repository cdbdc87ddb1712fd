package org.interruptor.tools.guest.measure.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.interruptor.tools.guest.sclp.Console;

/**
 * Reads what the program in the guest prints, out of all that comes on the console. The form of its lines is in {@code linux.s}. Other
 * lines are the kernel's and are skipped, and so is what contradicts: a hostile guest gets no more than wrong figures.
 *
 * <p>Threads: CPUs' own, one at a time; what was read by one, when the guest has ended.
 */
final class ConsoleReport implements Console {
    /** A longer line is none of ours; its beginning is skipped. */
    private static final int LONGEST_LINE = 256;

    private static final Pattern LINE = Pattern.compile("measure: (\\w+) +(begin|end|none|=) *((?: [0-9a-f]{8,16})*)");
    private static final Pattern BLANK = Pattern.compile(" ");
    private static final int HEXADECIMAL = 16;

    private final Consumer<Phase> onBegin;
    private final Consumer<Phase> onEnd;
    private final Map<Phase, PhaseResult> results = new EnumMap<>(Phase.class);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private String lastLine = "";

    /** Both are told in the thread of a CPU, and must not block. */
    ConsoleReport(Consumer<Phase> onBegin, Consumer<Phase> onEnd) {
        this.onBegin = onBegin;
        this.onEnd = onEnd;
    }

    @Override
    public void write(byte[] text) {
        for (byte character : text) {
            if (character == '\n') {
                read(line.toString(StandardCharsets.ISO_8859_1).strip());
                line.reset();
            } else if (line.size() < LONGEST_LINE) {
                line.write(character);
            }
        }
    }

    private void read(String text) {
        if (!text.isEmpty()) {
            lastLine = text;
        }
        Matcher matcher = LINE.matcher(text);
        Phase phase = matcher.matches() ? Phase.ofWord(matcher.group(1)) : null;
        if (phase == null) {
            return;
        }
        long[] numbers = numbers(matcher.group(3).strip());
        switch (matcher.group(2)) {
            case "begin" -> onBegin.accept(phase);
            case "end" -> {
                if (numbers.length == 2 && numbers[0] >= 0) {
                    results.put(phase, new PhaseResult(numbers[0], numbers[1]));
                }
                onEnd.accept(phase);
            }
            case "=" -> add(results.get(phase), numbers);
            default -> {} // none
        }
    }

    private static long[] numbers(String text) {
        return text.isEmpty()
                ? new long[0]
                : BLANK.splitAsStream(text)
                        .mapToLong(digits -> Long.parseUnsignedLong(digits, HEXADECIMAL))
                        .toArray();
    }

    private static void add(PhaseResult result, long[] samples) {
        for (long sample : samples) {
            if (result != null && sample >>> Integer.SIZE == 0) {
                result.add(sample);
            }
        }
    }

    /** Null if the guest has not measured it. */
    PhaseResult result(Phase phase) {
        return results.get(phase);
    }

    /** The last line that was not empty: why the guest has not measured, perhaps. */
    String lastLine() {
        return lastLine;
    }
}
