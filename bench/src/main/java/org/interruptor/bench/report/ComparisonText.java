package org.interruptor.bench.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.interruptor.bench.result.Change;
import org.interruptor.bench.result.Change.Reason;
import org.interruptor.bench.result.Change.Verdict;
import org.interruptor.bench.result.Comparison;
import org.interruptor.bench.result.Family;
import org.interruptor.bench.result.Judgement;

/** A comparison as a table of text: what changed by more than noise, and how much of all could be judged. */
public final class ComparisonText {
    static final List<String> HEADER =
            List.of("", "figure", "before", "after", "change", "at least", "at most", "visible", "p", "");

    /** Of more figures than these, those that have not changed are in the report alone. */
    private static final int ROWS = 12;

    private ComparisonText() {}

    /** The table, and sentences below it. */
    public static String of(Comparison comparison) {
        return of(comparison, Integer.MAX_VALUE);
    }

    /**
     * The same for a terminal.
     *
     * @param columns its width: a table that is wider loses columns.
     */
    public static String of(Comparison comparison, int columns) {
        StringBuilder text = new StringBuilder();
        List<Change> significant = comparison.significant();
        text.append("Compared with ").append(comparison.title()).append("\n\n");
        List<Change> shown = new ArrayList<>(significant);
        if (significant.size() + comparison.unchanged().size() <= ROWS) {
            shown.addAll(comparison.unchanged());
        }
        if (!shown.isEmpty()) {
            TextTable table = new TextTable(2, 1).row(HEADER);
            shown.forEach(change -> table.row(row(change, change.figure().label())));
            text.append(table.toString(columns)).append('\n');
        }
        sentences(comparison).forEach(sentence -> text.append(sentence).append('\n'));
        return text.toString();
    }

    /** A row of the table. */
    static List<String> row(Change change, String figure) {
        List<String> row = new ArrayList<>(List.of(
                change.scenario(),
                figure,
                Units.format(change.figure(), change.before()),
                Units.format(change.figure(), change.after())));
        Judgement judgement = change.judgement();
        if (judgement == null) {
            row.addAll(List.of("", "", "", "", ""));
        } else {
            row.addAll(List.of(
                    Units.percent(judgement.change()),
                    Units.percent(judgement.low()),
                    Units.percent(judgement.high()),
                    Units.share(judgement.visible()),
                    String.format(Locale.ROOT, "%.1g", judgement.p())));
        }
        row.add(
                change.verdict() == Verdict.SAME
                        ? "no change"
                        : change.verdict() == Verdict.BETTER ? "better" : "WORSE");
        return row;
    }

    /** How many changed, what was not judged and why, what is missing, and what the machine did. */
    static List<String> sentences(Comparison comparison) {
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "%d of %d figures of the engine changed by more than noise.",
                comparison.significant().size(),
                comparison.judged()));
        sentences.addAll(visible(comparison.unchanged()));
        for (Reason reason : Reason.values()) {
            long count = comparison.count(reason);
            if (count > 0 && reason != Reason.SINGLE) {
                sentences.add(
                        String.format(Locale.ROOT, "%d not judged: %s.", count, explain(reason, comparison.family())));
            }
        }
        sentences.addAll(comparison.notes());
        comparison
                .drift()
                .ifPresent(drift -> sentences.add(String.format(
                        Locale.ROOT,
                        "The unchanged baselines and limits took %s time. That is the effect of the machine; the changes"
                                + " above do not contain it.",
                        Units.percent(drift))));
        return sentences;
    }

    /** What "no change" means. */
    private static List<String> visible(List<Change> unchanged) {
        if (unchanged.isEmpty()) {
            return List.of();
        }
        DoubleSummaryStatistics parts = unchanged.stream()
                .mapToDouble(change -> change.judgement().visible())
                .summaryStatistics();
        String steadiest = Units.share(parts.getMin());
        String least = Units.share(parts.getMax());
        return List.of(String.format(
                Locale.ROOT,
                "No change: a change of %s%s would have been seen in nine of ten such runs or more.",
                least,
                steadiest.equals(least) ? "" : ", in the steadiest figure " + steadiest + ","));
    }

    private static String explain(Reason reason, Family family) {
        return switch (reason) {
            case JVMS ->
                "too few JVMs, and each lays out the same code differently; to judge " + family.figures()
                        + (family.figures() == 1 ? " figure, " : " figures together, ") + family.neededJvms()
                        + " are needed" + (family.isPaired() ? "" : " in each run")
                        + ", and more to see small changes (--jvms)";
            case BUSY ->
                "other processes used the cores; repeat it on a quiet host, or judge CPU times with --judge-busy";
            case DISTURBED -> "other processes used the cores, and --judge-busy judges only CPU times on one thread";
            case TIMES -> "too few times in a round for this percentile (--duration, --rate)";
            case SINGLE -> "a single time";
        };
    }
}
