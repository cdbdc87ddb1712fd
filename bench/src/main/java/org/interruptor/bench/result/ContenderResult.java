package org.interruptor.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.Sample;

/**
 * What one contender did in one scenario.
 *
 * @param engine which.
 * @param figures none if it was refused.
 * @param injected accepted in all rounds, or waits begun.
 * @param delivered arrived in all rounds.
 * @param full injections that were answered with full, and tried again.
 * @param restless rounds in which the JVM's compilers were at work, though the warm-up was to bring them to rest.
 * @param histograms one for each round, where times were measured.
 * @param refusal why nothing is reported; or null.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContenderResult(
        Contender engine,
        List<Series> figures,
        long injected,
        long delivered,
        long full,
        int restless,
        List<RoundHistogram> histograms,
        String refusal) {

    /** Copies the lists. */
    public ContenderResult {
        figures = List.copyOf(figures);
        histograms = List.copyOf(histograms);
    }

    /** The result of one round or more. */
    public static ContenderResult of(Contender engine, List<Sample> rounds) {
        return of(engine, rounds, 0);
    }

    /**
     * The result of one round or more.
     *
     * @param restless rounds in which the JVM's compilers were at work.
     */
    public static ContenderResult of(Contender engine, List<Sample> rounds, int restless) {
        Map<Figure, List<Double>> samples = new EnumMap<>(Figure.class);
        List<RoundHistogram> histograms = new ArrayList<>();
        for (Sample round : rounds) {
            round.figures()
                    .forEach((figure, value) -> samples.computeIfAbsent(figure, any -> new ArrayList<>())
                            .add(value));
            if (round.histogram() != null) {
                histograms.add(RoundHistogram.of(round.histogram()));
            }
        }
        return new ContenderResult(
                engine,
                series(samples, histograms),
                rounds.stream().mapToLong(Sample::injected).sum(),
                rounds.stream().mapToLong(Sample::delivered).sum(),
                rounds.stream().mapToLong(Sample::refused).sum(),
                restless,
                histograms,
                null);
    }

    private static List<Series> series(Map<Figure, List<Double>> samples, List<RoundHistogram> histograms) {
        Histogram times = sum(histograms).orElse(null);
        return samples.entrySet().stream()
                .map(entry -> Series.of(entry.getKey(), entry.getValue(), times))
                .toList();
    }

    private static Optional<Histogram> sum(List<RoundHistogram> histograms) {
        return histograms.stream().map(RoundHistogram::histogram).reduce((sum, next) -> {
            sum.add(next);
            return sum;
        });
    }

    /** The result of a measurement that is not reported. */
    public static ContenderResult refused(Contender engine, String reason) {
        return new ContenderResult(engine, List.of(), 0, 0, 0, 0, List.of(), reason);
    }

    /** Whether nothing is reported. */
    @JsonIgnore
    public boolean isRefused() {
        return refusal != null;
    }

    /** A figure, if it was measured. */
    public Optional<Series> figure(Figure figure) {
        return figures.stream().filter(series -> series.figure() == figure).findFirst();
    }

    /** The times of all rounds, if times were measured. */
    public Optional<Histogram> histogram() {
        return sum(histograms);
    }

    /** This one and what another JVM measured of the same; refused if one of them is. */
    ContenderResult and(ContenderResult other) {
        if (isRefused() || other.isRefused()) {
            return isRefused() ? this : other;
        }
        Map<Figure, List<Double>> samples = new EnumMap<>(Figure.class);
        figures.forEach(series -> samples.put(
                series.figure(),
                Stream.concat(series.samples().stream(), other.figure(series.figure()).orElseThrow().samples().stream())
                        .toList()));
        List<RoundHistogram> all =
                Stream.concat(histograms.stream(), other.histograms.stream()).toList();
        return new ContenderResult(
                engine,
                series(samples, all),
                injected + other.injected,
                delivered + other.delivered,
                full + other.full,
                restless + other.restless,
                all,
                null);
    }
}
