package org.interruptor.tools.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every class of interruptions under architecture rules: open, closed by each of its gates, in order of priority, pending twice, in
 * the wait, for a stopped CPU and another one, saved and restored, discarded by each reset. {@link ClassTable} has the facts, by hand.
 */
class ClassConformanceTest {
    private static final List<ClassRow> ROWS = ClassTable.rows();
    private static final Predicate<ClassRow> ALL = row -> true;
    private static final Predicate<ClassRow> HAS_GATE = row -> row.gate().psw() != 0;
    private static final Predicate<ClassRow> HAS_REGISTER = row -> row.gate().register() >= 0;
    private static final Predicate<ClassRow> IS_INJECTED = row -> !row.isTimer();

    private final EngineReplayer engine = new EngineReplayer();

    private DynamicTest test(String name, ClassScenario scenario) {
        return DynamicTest.dynamicTest(name, () -> {
            Result printed = engine.replay("scenario", scenario.text());
            assertEquals(
                    String.join("\n", scenario.expected().outLines()),
                    String.join("\n", printed.outLines()),
                    scenario::text);
            assertEquals(scenario.expected(), printed, scenario::text);
        });
    }

    private Stream<DynamicTest> tests(Predicate<ClassRow> rows, Function<ClassRow, ClassScenario> scenario) {
        return ROWS.stream().filter(rows).map(row -> test(row.name(), scenario.apply(row)));
    }

    @TestFactory
    Stream<DynamicTest> open() {
        return tests(ALL, ClassCases::open);
    }

    @TestFactory
    Stream<DynamicTest> closedByThePsw() {
        return tests(HAS_GATE, ClassCases::closedByPsw);
    }

    @TestFactory
    Stream<DynamicTest> closedByTheControlRegister() {
        return tests(HAS_REGISTER, ClassCases::closedByRegister);
    }

    @TestFactory
    Stream<DynamicTest> closedByBoth() {
        return tests(HAS_REGISTER, ClassCases::closedByBoth);
    }

    /** Machine checks are taken together, and one order at a time is in progress. */
    @TestFactory
    Stream<DynamicTest> aheadOfTheNextRow() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i + 1 < ROWS.size(); i++) {
            ClassRow higher = ROWS.get(i);
            ClassRow lower = ROWS.get(i + 1);
            if (!(isMachineCheck(higher) && isMachineCheck(lower)) && !(higher.isOrder() && lower.isOrder())) {
                tests.add(test(higher.name() + ", " + lower.name(), ClassCases.priority(higher, lower)));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> allAtOnce() {
        Map<String, ClassRow> orders = new LinkedHashMap<>();
        ROWS.stream().filter(ClassRow::isOrder).forEach(row -> orders.put(row.name(), row));
        List<ClassRow> others = ROWS.stream().filter(row -> !row.isOrder()).toList();
        List<DynamicTest> tests = new ArrayList<>();
        for (ClassRow order : orders.values()) {
            for (ClassRow check :
                    others.stream().filter(ClassConformanceTest::isMachineCheck).toList()) {
                List<ClassRow> rows = others.stream()
                        .filter(row -> row == check || !isMachineCheck(row))
                        .toList();
                List<ClassRow> all = new ArrayList<>(rows);
                all.add(order);
                tests.add(test(check.name() + " to " + order.name(), ClassCases.allAtOnce(all)));
            }
        }
        return tests.stream();
    }

    private static boolean isMachineCheck(ClassRow row) {
        return row.swap() == ClassRow.Swap.MACHINE_CHECK;
    }

    @TestFactory
    Stream<DynamicTest> pendingTwice() {
        return tests(ALL, ClassCases::twice);
    }

    @TestFactory
    Stream<DynamicTest> endsTheWait() {
        return tests(IS_INJECTED, ClassCases::wakes);
    }

    @TestFactory
    Stream<DynamicTest> isReadyForTheWait() {
        return tests(ALL, ClassCases::isReadyForTheWait);
    }

    @TestFactory
    Stream<DynamicTest> doesNotEndTheWaitThatThePswCloses() {
        return tests(HAS_GATE.and(IS_INJECTED), ClassCases::doesNotWakeByPsw);
    }

    @TestFactory
    Stream<DynamicTest> doesNotEndTheWaitThatTheControlRegisterCloses() {
        return tests(HAS_REGISTER.and(IS_INJECTED), ClassCases::doesNotWakeByRegister);
    }

    @TestFactory
    Stream<DynamicTest> forAStoppedCpu() {
        return tests(ALL, ClassCases::stopped);
    }

    @TestFactory
    Stream<DynamicTest> besideAnotherCpu() {
        return tests(ALL, ClassCases::forAnotherCpu);
    }

    @TestFactory
    Stream<DynamicTest> savedAndRestored() {
        return tests(ALL, ClassCases::savedAndRestored);
    }

    @TestFactory
    Stream<DynamicTest> resetOfTheMachine() {
        return Stream.of("cpu", "initial-cpu", "clear")
                .flatMap(kind -> tests(ALL, row -> ClassCases.machineReset(row, kind)));
    }

    @TestFactory
    Stream<DynamicTest> resetBySignal() {
        return Stream.of("cpu", "initial-cpu").flatMap(kind -> tests(ALL, row -> ClassCases.signalledReset(row, kind)));
    }

    @TestFactory
    Stream<DynamicTest> resetOfTheSubsystem() {
        return tests(ALL, ClassCases::subsystemReset);
    }
}
