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
        List<RoundHistogram> histograms,
        String refusal) {

    /** Copies the lists. */
    public ContenderResult {
        figures = List.copyOf(figures);
        histograms = List.copyOf(histograms);
    }

    /** The result of one round or more. */
    public static ContenderResult of(Contender engine, List<Sample> rounds) {
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
                samples.entrySet().stream()
                        .map(entry -> Series.of(entry.getKey(), entry.getValue()))
                        .toList(),
                rounds.stream().mapToLong(Sample::injected).sum(),
                rounds.stream().mapToLong(Sample::delivered).sum(),
                rounds.stream().mapToLong(Sample::refused).sum(),
                histograms,
                null);
    }

    /** The result of a measurement that is not reported. */
    public static ContenderResult refused(Contender engine, String reason) {
        return new ContenderResult(engine, List.of(), 0, 0, 0, List.of(), reason);
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
        return histograms.stream().map(RoundHistogram::histogram).reduce((sum, next) -> {
            sum.add(next);
            return sum;
        });
    }

    /** This one and what another JVM measured of the same; refused if one of them is. */
    ContenderResult and(ContenderResult other) {
        if (isRefused() || other.isRefused()) {
            return isRefused() ? this : other;
        }
        return new ContenderResult(
                engine,
                figures.stream()
                        .map(series -> series.and(other.figure(series.figure()).orElseThrow()))
                        .toList(),
                injected + other.injected,
                delivered + other.delivered,
                full + other.full,
                Stream.concat(histograms.stream(), other.histograms.stream()).toList(),
                null);
    }
}
