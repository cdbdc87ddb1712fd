package org.interruptor.tools.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import one.convert.Arguments;
import one.convert.FlameGraph;
import one.convert.JfrToFlame;

/** A recording as flame graphs. Threads: one. */
final class FlameGraphs {
    /** Fewer samples are an accident, and are not drawn. */
    static final int LEAST_SAMPLES = 50;

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
     * @param samples how many.
     * @param part of all samples, 0 to 1.
     */
    record Top(String name, long samples, double part) {}

    /**
     * The samples of an event.
     *
     * @param samples how many there are.
     * @param tops the frames in which most of them end, the first first.
     * @param isDrawn whether there are enough for a flame graph.
     */
    record Summary(long samples, List<Top> tops, boolean isDrawn) {}

    /** Writes the flame graph of an event, if it has samples enough: of {@code wall}, of the threads that do the work. */
    Summary write(String event, Path file, int tops) throws IOException {
        List<Stack> stacks = stacks(event);
        long samples = stacks.stream().mapToLong(Stack::samples).sum();
        boolean isDrawn = samples >= LEAST_SAMPLES;
        if (isDrawn) {
            draw(event, stacks, samples, file);
        }
        return new Summary(samples, tops(stacks, tops), isDrawn);
    }

    private List<Stack> stacks(String event) throws IOException {
        Path collapsed = Files.createTempFile("interruptor", ".collapsed");
        try {
            Arguments arguments = new Arguments();
            arguments.output = "collapsed";
            arguments.threads = true;
            switch (event) {
                case "wall" -> arguments.wall = true;
                case "alloc" -> arguments.alloc = true;
                case "lock" -> arguments.lock = true;
                case "nativemem" -> arguments.nativemem = true;
                default -> arguments.cpu = true;
            }
            JfrToFlame.convert(recording.toString(), collapsed.toString(), arguments);
            return Files.readAllLines(collapsed).stream()
                    .map(Stack::parse)
                    .flatMap(Optional::stream)
                    // Each thread of the JVM that sleeps is in wall, and none of them is of interest.
                    .filter(stack -> !event.equals("wall") || stack.isWorkers())
                    .toList();
        } finally {
            Files.delete(collapsed);
        }
    }

    private void draw(String event, List<Stack> stacks, long samples, Path file) throws IOException {
        Arguments arguments = new Arguments();
        arguments.title = String.format(Locale.ROOT, "%s: %s, %,d samples", title, event, samples);
        arguments.output = "html";
        FlameGraph graph = new FlameGraph(arguments);
        graph.parseCollapsed(
                new StringReader(stacks.stream().map(Stack::toLine).collect(Collectors.joining("\n", "", "\n"))));
        try (PrintStream stream = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            graph.dump(stream);
        }
    }

    /** The frames in which most samples end. */
    static List<Top> tops(List<Stack> stacks, int most) {
        Map<String, Long> samples = new HashMap<>();
        stacks.forEach(stack -> samples.merge(stack.top(), stack.samples(), Long::sum));
        double total = stacks.stream().mapToLong(Stack::samples).sum();
        return samples.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> new Top(entry.getKey(), entry.getValue(), entry.getValue() / total))
                .toList();
    }
}
