package org.interruptor.tools.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time on the command line: {@code 200ms}, {@code 2s}, {@code 1m}.
 *
 * @param millis the time in milliseconds.
 */
record Duration(int millis) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m)");

    /** Reads one. */
    static final class Converter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text.strip());
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "': expected a time such as 200ms, 2s or 1m");
            }
            int unit = switch (matcher.group(2)) {
                case "ms" -> 1;
                case "s" -> 1000;
                default -> 60_000;
            };
            return new Duration((int) Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(1)) * unit));
        }
    }
}
