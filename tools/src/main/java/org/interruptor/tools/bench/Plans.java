package org.interruptor.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Scenario;
import org.interruptor.bench.result.Family;
import org.interruptor.tools.cli.CommandException;

/** From what the command line says to what is measured. */
final class Plans {
    private static final String BACKLOG = "backlog";

    /** Each scenario has so many figures that are judged, or more. */
    private static final int FIGURES = 2;

    private Plans() {}

    /** What a plan answers with an IllegalArgumentException is bad usage. */
    static <T> T checked(Supplier<T> plan) {
        try {
            return plan.get();
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }

    /** Each entry with each backlog: the group of backlogs once, whatever it has of its own. */
    static List<Catalogue.Entry> withBacklogs(List<Catalogue.Entry> entries, List<Integer> backlogs) {
        List<Catalogue.Entry> all = new ArrayList<>();
        boolean seen = false;
        for (Catalogue.Entry entry : entries) {
            boolean isGroup = entry.scenario().group().equals(BACKLOG);
            if (isGroup && seen) {
                continue;
            }
            seen |= isGroup;
            for (int backlog : backlogs) {
                all.add(withBacklog(entry, backlog, isGroup || backlogs.size() > 1));
            }
        }
        return all;
    }

    private static Catalogue.Entry withBacklog(Catalogue.Entry entry, int backlog, boolean named) {
        Scenario one = entry.scenario();
        String name = named ? one.group() + "-" + backlog : one.name();
        Scenario scenario = new Scenario(
                name,
                one.group(),
                one.kind(),
                one.meaning(),
                one.load().toBuilder().backlog(backlog).build());
        return new Catalogue.Entry(scenario, entry.isStandard(), entry.timing());
    }

    /** What to tell before a comparison that no figure of this plan can take part in; its allocations can. */
    static Optional<String> tooFewJvms(BenchPlan plan) {
        int needed = new Family(FIGURES * plan.measurements().size(), plan.earlierBuild() != null).neededJvms();
        return plan.jvms() >= needed
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "Note: with %d %s no change can be judged. At least %d are needed, and more to see small"
                                + " changes (--jvms).",
                        plan.jvms(),
                        plan.jvms() == 1 ? "JVM" : "JVMs",
                        needed));
    }

    /**
     * Who takes part: those that are named and fit, or as the catalogue has it.
     *
     * @param earlier whether there is another build, which then takes part wherever the engine does.
     */
    static List<Contender> contenders(
            Catalogue.Entry entry, Scenario scenario, List<Contender> engines, boolean earlier) {
        List<Contender> chosen = new ArrayList<>(
                engines.isEmpty()
                        ? entry.contenders(scenario)
                        : engines.stream()
                                .filter(engine -> engine.isFit(scenario))
                                .toList());
        int engine = chosen.indexOf(Contender.INTERRUPTOR);
        if (earlier && engine >= 0 && !chosen.contains(Contender.INTERRUPTOR_OLD)) {
            chosen.add(engine + 1, Contender.INTERRUPTOR_OLD);
        }
        return chosen;
    }
}
