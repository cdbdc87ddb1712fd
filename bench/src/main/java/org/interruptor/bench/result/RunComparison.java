package org.interruptor.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Contender.Role;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.trial.Figure;

/** Two runs, scenario by scenario: what both have is judged, and what one lacks is told. */
final class RunComparison {
    private final Judge judge;
    private final List<String> notes = new ArrayList<>();

    /** How much more time than before each unchanged contender took, in each scenario. */
    private final List<Double> drifts = new ArrayList<>();

    RunComparison(Results before, Results after, boolean isBusyJudged) {
        judge = new Judge(false, isBusyJudged);
        List<String> laterAlone = new ArrayList<>();
        List<String> earlierAlone = new ArrayList<>();
        for (ScenarioResult later : after.scenarios()) {
            String name = later.scenario().name();
            before.scenario(name).ifPresentOrElse(earlier -> compare(earlier, later), () -> laterAlone.add(name));
        }
        for (ScenarioResult earlier : before.scenarios()) {
            String name = earlier.scenario().name();
            if (after.scenario(name).isEmpty()) {
                earlierAlone.add(name);
            }
        }
        noteAlone(earlierAlone, "earlier");
        noteAlone(laterAlone, "later");
    }

    private void noteAlone(List<String> names, String run) {
        if (!names.isEmpty()) {
            notes.add("In the " + run + " run alone: " + String.join(", ", names) + ".");
        }
    }

    private void compare(ScenarioResult earlier, ScenarioResult later) {
        String name = later.scenario().name();
        if (!earlier.scenario().load().equals(later.scenario().load())) {
            notes.add(name + " was run with another load: " + earlier.scenario().load() + " before, "
                    + later.scenario().load() + " after.");
            return;
        }
        Optional<ContenderResult> old = engine(earlier, "earlier");
        Optional<ContenderResult> now = engine(later, "later");
        List<Contender> unchanged = unchanged(earlier, later);
        if (old.isEmpty() || now.isEmpty()) {
            return;
        }
        if (unchanged.isEmpty()) {
            notes.add(
                    name + " has no other engine in both runs: an effect of the machine counts as one of the engine.");
        }
        for (Series series : now.get().figures()) {
            old.get().figure(series.figure()).ifPresent(figure -> compare(figure, series, earlier, later, unchanged));
        }
    }

    private void compare(
            Series old, Series now, ScenarioResult earlier, ScenarioResult later, List<Contender> unchanged) {
        Figure figure = now.figure();
        Machine machine = Machine.of(figure, earlier, later, unchanged);
        if (!unchanged.isEmpty() && figure != Figure.ALLOCATED && figure != Figure.MAX) {
            double drift = Math.exp(machine.drift());
            drifts.add(figure.isMoreBetter() ? 1 / drift - 1 : drift - 1);
        }
        judge.runs(earlier, later, old, now, machine);
    }

    /** The engine's result, unless it is missing or refused, which is noted. */
    private Optional<ContenderResult> engine(ScenarioResult scenario, String run) {
        Optional<ContenderResult> engine = scenario.contender(Contender.INTERRUPTOR);
        String name = scenario.scenario().name();
        if (engine.isEmpty() && Contender.INTERRUPTOR.isFit(scenario.scenario())) {
            notes.add(name + " was run without the engine in the " + run + " run.");
        }
        if (engine.isPresent() && engine.get().isRefused()) {
            notes.add(name + " failed validation in the " + run + " run: "
                    + engine.get().refusal());
        }
        return engine.filter(result -> !result.isRefused());
    }

    /** Baselines and limits that both runs have; what one of both lacks or refuses is noted. */
    private List<Contender> unchanged(ScenarioResult earlier, ScenarioResult later) {
        List<Contender> both = new ArrayList<>();
        List<String> earlierAlone = new ArrayList<>();
        List<String> laterAlone = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            if (contender.role() != Role.BASELINE && contender.role() != Role.LIMIT) {
                continue;
            }
            boolean isBefore = isMeasured(earlier, contender);
            boolean isAfter = isMeasured(later, contender);
            if (isBefore && isAfter) {
                both.add(contender);
            } else if (isBefore || isAfter) {
                (isBefore ? earlierAlone : laterAlone).add(contender.label());
            }
        }
        noteMissing(later.scenario(), earlierAlone, "later");
        noteMissing(later.scenario(), laterAlone, "earlier");
        return both;
    }

    private void noteMissing(Scenario scenario, List<String> contenders, String run) {
        if (!contenders.isEmpty()) {
            notes.add(scenario.name() + ": " + String.join(", ", contenders)
                    + (contenders.size() == 1 ? " is" : " are") + " missing or failed validation in the " + run
                    + " run.");
        }
    }

    private static boolean isMeasured(ScenarioResult scenario, Contender contender) {
        return scenario.contender(contender).filter(one -> !one.isRefused()).isPresent();
    }

    List<Change> changes() {
        return judge.changes();
    }

    Family family() {
        return judge.family();
    }

    List<String> notes() {
        return notes;
    }

    Optional<Double> drift() {
        return drifts.isEmpty() ? Optional.empty() : Optional.of(Statistics.median(drifts));
    }
}
