package org.interruptor.bench.c;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Pacing.Arrivals;
import org.interruptor.bench.plan.Pacing.Mode;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Scenario.Kind;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.bench.trial.Sample;
import org.interruptor.bench.trial.Trial;

/** The baseline in C in one scenario: a process, that is asked for a round and answers with its counts and times. */
public final class CTrial implements Trial {
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    /** As the injectors in Java have it: a rate is missed if the round took longer by this part, and a time slice. */
    private static final double RATE_TOLERANCE = 0.02;

    private static final long RATE_TOLERANCE_NANOS = 20_000_000;

    private final Scenario scenario;
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;

    private CTrial(Scenario scenario, Process process) {
        this.scenario = scenario;
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Sets the trial up.
     *
     * @param isPinned whether each thread is bound to a core, where there are enough.
     * @throws MeasurementRefused if the program cannot be built or started.
     */
    public static CTrial open(Scenario scenario, boolean isPinned) {
        try {
            List<String> command = new ArrayList<>(List.of(CCompiler.program().toString()));
            command.addAll(arguments(scenario, isPinned));
            CTrial trial = new CTrial(
                    scenario,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
            trial.answer("ready");
            return trial;
        } catch (IOException e) {
            throw new MeasurementRefused("the baseline in C: " + e.getMessage(), e);
        }
    }

    /** The load as the program reads it. */
    static List<String> arguments(Scenario scenario, boolean isPinned) {
        Load load = scenario.load();
        Map<String, Object> values = new HashMap<>();
        values.put("kind", scenario.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        values.put("vcpus", load.vcpus());
        values.put("injectors", load.injectors());
        values.put(
                "pattern",
                load.mix().pattern(load.seed()).stream()
                        .map(signal -> signal.label().substring(0, 1))
                        .collect(Collectors.joining()));
        values.put("waits", load.waitMode().isWait() ? 1 : 0);
        values.put("spins", spins(load));
        values.put("yields", load.waitMode().more());
        values.put("backlog", load.backlog());
        values.put("floating", load.floatingCapacity());
        values.put("local", load.localCapacity());
        values.put("seed", load.seed());
        values.put("pin", isPinned ? 1 : 0);
        if (load.pacing().mode() == Mode.OPEN_LOOP) {
            values.put("rate", load.pacing().ratePerSecond());
            values.put("poisson", load.pacing().arrivals() == Arrivals.POISSON ? 1 : 0);
        }
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .sorted()
                .toList();
    }

    /** Looks before it parks; -1: it never does. */
    private static int spins(Load load) {
        return switch (load.waitMode().kind()) {
            case RUN, SPIN -> -1;
            case PARK -> 0;
            default -> load.waitMode().spins();
        };
    }

    private String answer(String expected) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(expected)) {
            process.destroy();
            throw new MeasurementRefused(
                    line != null && line.startsWith("error ")
                            ? line.substring("error ".length())
                            : "it ended: " + line);
        }
        return line;
    }

    private Map<String, Long> round(long nanos, Histogram times) {
        try {
            requests.write("run " + nanos + "\n");
            requests.flush();
            return parse(answer("round"), times);
        } catch (IOException e) {
            throw new MeasurementRefused("the baseline in C: " + e.getMessage(), e);
        }
    }

    /** Reads an answer: its counts, and its times into a histogram. */
    static Map<String, Long> parse(String answer, Histogram times) {
        StringTokenizer words = new StringTokenizer(answer);
        Map<String, Long> counts = new HashMap<>();
        words.nextToken();
        try {
            while (words.hasMoreTokens()) {
                String word = words.nextToken();
                int sign = word.indexOf('=');
                if (sign < 0) {
                    times.recordValue(Math.min(MAX_NANOS, Long.parseLong(word)));
                } else {
                    counts.put(word.substring(0, sign), Long.parseUnsignedLong(word.substring(sign + 1)));
                }
            }
        } catch (NumberFormatException e) {
            throw new MeasurementRefused("an answer cannot be read: " + e.getMessage(), e);
        }
        return counts;
    }

    /** Its code is compiled, but its caches and the pages of its heap are cold. */
    @Override
    public void warmUp(long nanos) {
        round(nanos, new Histogram(MAX_NANOS, DIGITS));
    }

    @Override
    public Sample run(long nanos) {
        Histogram times = new Histogram(MAX_NANOS, DIGITS);
        Map<String, Long> counts = round(nanos, times);
        return sample(scenario, nanos, counts, times);
    }

    /** Checks what was counted. */
    static Sample sample(Scenario scenario, long nanos, Map<String, Long> counts, Histogram times) {
        long injected = counts.get("injected");
        long delivered = counts.get("delivered");
        if (injected != delivered || !counts.get("sent").equals(counts.get("arrived"))) {
            throw new MeasurementRefused("counts do not agree: " + injected + " were accepted, " + delivered
                    + " arrived, their parameters differ by " + (counts.get("arrived") - counts.get("sent")));
        }
        if (delivered == 0) {
            throw new MeasurementRefused(MeasurementRefused.NO_CORE);
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double elapsed = counts.get("elapsed");
        if (scenario.kind() == Kind.LATENCY) {
            if (times.getTotalCount() != delivered) {
                throw new MeasurementRefused(
                        "counts do not agree: " + delivered + " arrived, with " + times.getTotalCount() + " times");
            }
            if (counts.get("ended") > nanos * (1 + RATE_TOLERANCE) + RATE_TOLERANCE_NANOS) {
                throw new MeasurementRefused(String.format(
                        Locale.ROOT,
                        "the rate was missed: %,.0f injections a second were asked for, %,.0f were made",
                        scenario.load().pacing().ratePerSecond(),
                        injected * 1e9 / counts.get("ended")));
            }
            return Sample.ofTimes(times, figures, injected, delivered, counts.get("full"));
        }
        figures.put(Figure.CPU, (double) counts.get("cpu") / delivered);
        if (scenario.kind() == Kind.ONE_THREAD) {
            figures.put(Figure.PAIR, elapsed / delivered);
        } else {
            figures.put(Figure.RATE, delivered * 1e9 / elapsed);
        }
        return new Sample(figures, null, injected, delivered, counts.get("full"));
    }

    /** The process ends at the end of its input. */
    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroy();
            }
            answers.close();
        } catch (IOException e) {
            process.destroy(); // it has ended already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
