package org.interruptor.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/** A recording as flame graphs. Threads: one. */
final class FlameGraphs {
    /** How the converter marks what kind of code a frame is: compiled, inlined, the kernel's. */
    private static final Pattern KIND = Pattern.compile("_\\[.]$");

    private final Path recording;
    private final String title;

    FlameGraphs(Path recording, String title) {
        this.recording = recording;
        this.title = title;
    }

    /**
     * A frame and how many of the samples end in it.
     *
     * @param name class and method.
     * @param part of all samples, 0 to 1.
     */
    record Top(String name, double part) {}

    /**
     * Writes the flame graph of an event.
     *
     * @return the frames in which most samples end, the first first; none if there is no sample, and then no file either.
     */
    List<Top> write(String event, Path file, int tops) throws IOException {
        Path collapsed = Files.createTempFile("interruptor", ".collapsed");
        try {
            convert(event, collapsed, "collapsed");
            List<Top> found = tops(Files.readAllLines(collapsed), tops);
            if (!found.isEmpty()) {
                convert(event, file, "html");
            }
            return found;
        } finally {
            Files.delete(collapsed);
        }
    }

    private void convert(String event, Path file, String format) throws IOException {
        Arguments arguments = new Arguments();
        arguments.title = title + ": " + event;
        arguments.output = format;
        switch (event) {
            case "wall" -> arguments.wall = true;
            case "alloc" -> arguments.alloc = true;
            case "lock" -> arguments.lock = true;
            case "nativemem" -> arguments.nativemem = true;
            default -> arguments.cpu = true;
        }
        JfrToFlame.convert(recording.toString(), file.toString(), arguments);
    }

    /**
     * The frames in which most samples end.
     *
     * @param stacks a line for each: frames, the outermost first, between semicolons; a space; a number.
     */
    static List<Top> tops(List<String> stacks, int most) {
        Map<String, Long> samples = new HashMap<>();
        long all = 0;
        for (String stack : stacks) {
            int space = stack.lastIndexOf(' ');
            if (space < 0) {
                continue;
            }
            long count = Long.parseLong(stack.substring(space + 1));
            String frame = stack.substring(stack.lastIndexOf(';', space) + 1, space);
            samples.merge(KIND.matcher(frame).replaceAll("").replace('/', '.'), count, Long::sum);
            all += count;
        }
        double total = all;
        return samples.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(entry -> new Top(entry.getKey(), entry.getValue() / total))
                .toList();
    }
}
