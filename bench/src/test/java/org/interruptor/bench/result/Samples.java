package org.interruptor.bench.result;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.environment.CoreDistance;
import org.interruptor.bench.environment.Environment;
import org.interruptor.bench.environment.Origin;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Timing;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Sample;

/** Results that nobody had to measure. */
public final class Samples {
    private static final Environment ENVIRONMENT = new Environment(
            new Origin("1.2.3", "abc1234, with changes", null, "interruptor bench pair-virtio"),
            "17.0.1, Test & Sons",
            "Test VM <1>",
            List.of("-Xmx1g"),
            "G1",
            1024,
            "cc 12",
            2,
            "a processor",
            "Linux 6",
            "performance",
            "time of 1.50 cores",
            List.of(new CoreDistance(0, 1, 46.8)),
            "tsc",
            21.5,
            9,
            "left to the operating system");

    private Samples() {}

    /** Results of these scenarios. */
    public static Results of(ScenarioResult... scenarios) {
        return new Results(
                Results.FORMAT,
                Results.VERSION,
                "2026-11-22T12:00:00Z",
                12.5,
                1,
                0.01,
                ENVIRONMENT,
                Arrays.asList(scenarios));
    }

    /** A scenario of the catalogue. */
    public static ScenarioResult scenario(String name, ContenderResult... contenders) {
        Scenario scenario = Catalogue.named(List.of(name)).get(0).scenario();
        return ScenarioResult.of(scenario, new Timing(1, 2, 3), 0.01, Arrays.asList(contenders));
    }

    /** A scenario of the catalogue, of which each value is that of a JVM. */
    public static ScenarioResult jvms(String name, ContenderResult... contenders) {
        ScenarioResult one = scenario(name, contenders);
        return ScenarioResult.of(one.scenario(), new Timing(1, 2, 1), one.otherCores(), one.contenders());
    }

    /** A contender with one figure. */
    public static ContenderResult contender(Contender engine, Figure figure, double... values) {
        List<Sample> rounds = Arrays.stream(values)
                .mapToObj(value -> {
                    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
                    figures.put(figure, value);
                    figures.put(Figure.ALLOCATED, 0.0);
                    return new Sample(figures, null, 100, 100, 1);
                })
                .toList();
        return ContenderResult.of(engine, rounds);
    }

    /** A contender with times: three rounds of 1 to 1000 times a unit. */
    public static ContenderResult times(Contender engine, long unit) {
        List<Sample> rounds = java.util.stream.LongStream.range(0, 3)
                .mapToObj(round -> {
                    Histogram times = new Histogram(60_000_000_000L, 3);
                    for (long value = 1; value <= 1000; value++) {
                        times.recordValue(value * unit + round);
                    }
                    times.setStartTimeStamp(1_000_000 + 1000 * round);
                    times.setEndTimeStamp(1_000_500 + 1000 * round);
                    return Sample.ofTimes(times, Map.of(Figure.ALLOCATED, 0.0), 1000, 1000, 0);
                })
                .toList();
        return ContenderResult.of(engine, rounds);
    }

    /** One scenario of each kind, with one refused contender. */
    public static Results ofAllKinds() {
        return of(
                scenario(
                        "pair-virtio",
                        contender(Contender.INTERRUPTOR, Figure.PAIR, 50, 51, 52),
                        contender(Contender.LISTS, Figure.PAIR, 100, 102, 104)),
                scenario(
                        "one-to-one-floating",
                        contender(Contender.INTERRUPTOR, Figure.RATE, 8e6, 9e6, 1e7),
                        contender(Contender.LISTS, Figure.RATE, 2e6, 3e6, 2.5e6),
                        ContenderResult.refused(Contender.MPMC, "counts do not agree: 2 < 3 & more"),
                        contender(Contender.DISRUPTOR, Figure.RATE, 4e6, 5e6, 6e6)),
                scenario("backlog-0", contender(Contender.INTERRUPTOR, Figure.PAIR, 60, 61, 62)),
                scenario("backlog-100", contender(Contender.INTERRUPTOR, Figure.PAIR, 60, 61, 62)),
                scenario(
                        "latency-spin",
                        times(Contender.INTERRUPTOR, 200),
                        times(Contender.LISTS, 400),
                        times(Contender.CACHE_LINE, 100)),
                scenario("deadline", times(Contender.INTERRUPTOR, 2), times(Contender.PARK_NANOS, 70)),
                scenario("ping-pong", contender(Contender.CACHE_LINE, Figure.ONE_WAY, 55, 56, 57)));
    }
}
