package org.interruptor.stress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * {@code java -jar jcstress.jar quick|complete|ablated|long [jcstress options]}.
 *
 * <ul>
 *   <li>{@code quick}: the engine's own handshakes in this JVM, about half a second each; {@code mvn verify} runs it.
 *   <li>{@code complete}: the same in JVMs of their own, in all modes that jcstress knows.
 *   <li>{@code ablated}: those with an ingredient left out, of which each must be seen to fail.
 *   <li>{@code long}: both.
 * </ul>
 *
 * <p>Exit status: 0 if all is as it must be, 1 if not, also where a test that was selected has not run or none was selected, 2 for a wrong command line.
 */
public final class Main {
    private static final String AGRONA_FLAG = "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final String COMPLETE = "^((?!Without).)*$";
    private static final String ABLATED = "\\.Without";

    /** A state holds queues: ten thousand of them at once, as jcstress would have it, do not fit the heap that it gives. */
    private static final List<String> STRIDES = List.of("-strideSize", "128", "-strideCount", "8");

    private Main() {}

    public static void main(String[] args) throws Exception {
        String form = args.length == 0 ? "" : args[0];
        List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        boolean good = switch (form) {
            case "quick" -> quick(rest);
            case "complete" -> complete(rest);
            case "ablated" -> ablated(rest);
            case "long" -> complete(rest) & ablated(rest);
            default -> usage();
        };
        System.exit(good ? 0 : 1);
    }

    private static boolean usage() {
        System.err.println("usage: java -jar jcstress.jar quick|complete|ablated|long [jcstress options]");
        System.exit(2);
        return false;
    }

    /** The options of the quick form: half a second a test. */
    static Options quickOptions(List<String> given) throws Exception {
        return options(given, "-iters", "2", "-time", "250", "-spinStyle", "HARD", "-t", COMPLETE);
    }

    static boolean quick(List<String> rest) throws Exception {
        Options options = quickOptions(rest);
        List<TestResult> results = new ArrayList<>();
        for (String test : InThisJvm.tests(options).toList()) {
            TestResult result = InThisJvm.run(test, options);
            System.out.println(InThisJvm.describe(result));
            results.add(result);
        }
        return allPassed(InThisJvm.tests(options).toList(), results);
    }

    private static boolean complete(List<String> rest) throws Exception {
        Options options = options(rest, "-m", "default", "-jvmArgsPrepend", AGRONA_FLAG, "-t", COMPLETE);
        return allPassed(InThisJvm.tests(options).toList(), run(options));
    }

    private static boolean ablated(List<String> rest) throws Exception {
        Options options =
                options(rest, "-m", "quick", "-sc", "false", "-af", "NONE", "-jvmArgs", AGRONA_FLAG, "-t", ABLATED);
        return allFailed(InThisJvm.tests(options).toList(), run(options));
    }

    /** Whether each test that was selected has run, in at least one of its configurations, and passed in all that have. */
    static boolean allPassed(Collection<String> selected, Collection<TestResult> results) {
        return haveRun(selected, results) & results.stream().allMatch(InThisJvm::passed);
    }

    /** Whether something was selected, and each of it has a result; says what is missing. */
    private static boolean haveRun(Collection<String> selected, Collection<TestResult> results) {
        if (selected.isEmpty()) {
            System.err.println("no test has such a name");
            return false;
        }
        Set<String> missing = new TreeSet<>(selected);
        results.forEach(result -> missing.remove(result.getName()));
        missing.removeIf(Main::isTooWide);
        missing.forEach(name -> System.err.println(name + ": NOT RUN"));
        return missing.isEmpty();
    }

    /** jcstress leaves out a test that has more actors than there are CPUs. */
    private static boolean isTooWide(String name) {
        int actors = TestList.getInfo(name).threads();
        boolean isTooWide = actors > Runtime.getRuntime().availableProcessors();
        if (isTooWide) {
            System.err.println(name + ": left out, it needs " + actors + " CPUs");
        }
        return isTooWide;
    }

    /** Whether each test that was selected has failed in at least one of its configurations. */
    static boolean allFailed(Collection<String> selected, Collection<TestResult> results) {
        Map<String, Long> seen = new TreeMap<>();
        results.forEach(result -> seen.merge(result.getName(), forbidden(result), Long::sum));
        System.out.println("\nSeen to fail without one ingredient:");
        seen.forEach((name, times) -> System.out.printf(
                Locale.ROOT, "  %-70s %s%n", name, times == 0 ? "NEVER: this test shows nothing" : times + " times"));
        return haveRun(selected, results) & !seen.containsValue(0L);
    }

    private static long forbidden(TestResult result) {
        return result.grading().gradingResults.values().stream()
                .filter(grade -> grade.expect == Expect.FORBIDDEN)
                .mapToLong(grade -> grade.count)
                .sum();
    }

    /** The options that are given, and of the defaults and STRIDES, in pairs, those that are not. */
    private static Options options(List<String> given, String... defaults) throws Exception {
        List<String> arguments = new ArrayList<>(given);
        for (List<String> pairs : List.of(List.of(defaults), STRIDES)) {
            for (int i = 0; i < pairs.size(); i += 2) {
                if (!given.contains(pairs.get(i))) {
                    arguments.addAll(pairs.subList(i, i + 2));
                }
            }
        }
        Options options = new Options(arguments.toArray(new String[0]));
        if (!options.parse()) {
            System.exit(2);
        }
        return options;
    }

    /** Runs jcstress itself, with a JVM for each test and each of its modes. */
    private static Collection<TestResult> run(Options options) throws Exception {
        try {
            new JCStress(options).run();
        } catch (AssertionError forbiddenSeen) {
            // The report has said so, and the results are in the file.
        }
        InProcessCollector results = new InProcessCollector();
        DiskReadCollector file = new DiskReadCollector(options.getResultFile(), results);
        file.dump();
        file.close();
        return results.getTestResults();
    }
}
