package org.interruptor.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interruptor.bench.environment.OtherLoad;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.plan.Timing;

/**
 * What all contenders did in one scenario.
 *
 * @param scenario what was measured.
 * @param timing how long and how often, in each JVM.
 * @param otherCores how many cores others kept busy meanwhile, on average of all JVMs; -1 if unknown.
 * @param contenders the results of each.
 * @param ratios of Interruptor to each of the others, figure by figure.
 */
public record ScenarioResult(
        Scenario scenario, Timing timing, double otherCores, List<ContenderResult> contenders, List<Ratio> ratios) {

    /** Copies the lists. */
    public ScenarioResult {
        contenders = List.copyOf(contenders);
        ratios = List.copyOf(ratios);
    }

    /** Works the ratios out. */
    public static ScenarioResult of(
            Scenario scenario, Timing timing, double otherCores, List<ContenderResult> contenders) {
        List<Ratio> ratios = new ArrayList<>();
        Optional<ContenderResult> subject = find(contenders, Contender.INTERRUPTOR);
        for (ContenderResult other : contenders) {
            if (subject.isPresent() && other.engine() != Contender.INTERRUPTOR) {
                ratios.addAll(Ratio.of(subject.get(), other));
            }
        }
        return new ScenarioResult(scenario, timing, otherCores, contenders, ratios);
    }

    private static Optional<ContenderResult> find(List<ContenderResult> contenders, Contender engine) {
        return contenders.stream().filter(one -> one.engine() == engine).findFirst();
    }

    /** Whether others disturbed what was measured. */
    @JsonIgnore
    public boolean isDisturbed() {
        return otherCores >= OtherLoad.DISTURBING;
    }

    /** What one contender did, if it took part. */
    public Optional<ContenderResult> contender(Contender engine) {
        return find(contenders, engine);
    }

    /** How many rounds each contender had, in all JVMs together. */
    private int rounds() {
        return contenders.stream()
                .flatMap(one -> one.figures().stream())
                .mapToInt(series -> series.samples().size())
                .max()
                .orElse(timing.rounds());
    }

    /** This one and what another JVM measured of the same. */
    ScenarioResult and(ScenarioResult other) {
        return of(
                scenario,
                timing,
                OtherLoad.mean(otherCores, rounds(), other.otherCores, other.rounds()),
                contenders.stream()
                        .map(one -> one.and(other.contender(one.engine()).orElseThrow()))
                        .toList());
    }
}
