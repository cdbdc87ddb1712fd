package org.interruptor.tools.bench;

import java.util.Arrays;
import java.util.List;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Scenario;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Scenarios and engines, in columns. */
final class CatalogueText {
    private static final int NAMES = 26;
    private static final int WIDTH = 100;

    private CatalogueText() {}

    static String text() {
        List<Catalogue.Entry> standard = Catalogue.standard();
        List<Catalogue.Entry> others =
                Catalogue.all().stream().filter(entry -> !entry.isStandard()).toList();
        return "Scenarios, measured if none is named:\n\n" + table(standard) + "\nScenarios, measured if named:\n\n"
                + table(others) + "\nEngines:\n\n" + engines();
    }

    private static String table(List<Catalogue.Entry> entries) {
        TextTable table = newTable();
        for (Catalogue.Entry entry : entries) {
            Scenario scenario = entry.scenario();
            table.addRowValues("  " + scenario.name(), scenario.meaning());
        }
        return table.toString();
    }

    private static String engines() {
        TextTable table = newTable();
        Arrays.stream(Contender.values())
                .forEach(engine -> table.addRowValues(
                        "  " + engine.label(),
                        engine.meaning() + " (" + engine.role().name().toLowerCase(java.util.Locale.ROOT) + ")"));
        return table.toString();
    }

    private static TextTable newTable() {
        return TextTable.forColumns(
                picocli.CommandLine.Help.defaultColorScheme(Ansi.OFF),
                new Column(NAMES, 0, Overflow.SPAN),
                new Column(WIDTH - NAMES, 0, Overflow.WRAP));
    }
}
