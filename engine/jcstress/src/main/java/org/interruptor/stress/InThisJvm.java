package org.interruptor.stress;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Runs jcstress tests in this JVM, one after the other, by the runners that jcstress generated for them.
 *
 * <p>jcstress itself starts some thirty JVMs to see what they can do, and then at least one for each test: on a small or
 * busy host that takes minutes of which the tests have seconds. Here they share one JVM with its compiler's profile; the
 * other JVM modes need jcstress itself.
 */
final class InThisJvm {
    private InThisJvm() {}

    /** The names of the tests that the options select, sorted. */
    static Stream<String> tests(Options options) {
        Pattern selected = Pattern.compile(options.getTestFilter());
        return TestList.tests().stream()
                .filter(name -> selected.matcher(name).find())
                .sorted();
    }

    /** Runs one test for the time that the options say. Threads: one at a time. */
    static TestResult run(String test, Options options) throws ReflectiveOperationException {
        TestConfig config = config(test, options);
        Runner<?> runner = Class.forName(TestList.getInfo(test).generatedRunner())
                .asSubclass(Runner.class)
                .getConstructor(ForkedTestConfig.class)
                .newInstance(new ForkedTestConfig(config));
        TestResult result = runner.run();
        result.setConfig(config);
        return result;
    }

    /** A test with the options, on any CPU. */
    static TestConfig config(String test, Options options) {
        TestInfo info = TestList.getInfo(test);
        SchedulingClass anywhere = new SchedulingClass(AffinityMode.NONE, info.threads(), NodeType.PACKAGE);
        return new TestConfig(options, info, 0, List.of(), CompileMode.UNIFIED, anywhere);
    }

    /** Whether a test ran to its end, took samples, and saw nothing that it forbids. */
    static boolean passed(TestResult result) {
        return result.status() == Status.NORMAL && result.getTotalCount() > 0 && result.grading().isPassed;
    }

    /** A test, how it went, and what it saw how often: a line each. */
    static String describe(TestResult result) {
        StringBuilder text = new StringBuilder(result.getName())
                .append(passed(result) ? ": passed, " : ": FAILED, ")
                .append(result.status() == Status.NORMAL ? result.getTotalCount() + " samples" : result.status());
        result.getMessages().forEach(message -> text.append("\n    ").append(message));
        result.grading().gradingResults.values().stream()
                .filter(seen -> seen.count != 0)
                .forEach(seen -> text.append(String.format(
                        Locale.ROOT, "%n    %,12d  %-10s  %s: %s", seen.count, seen.expect, seen.id, seen.description)));
        return text.toString();
    }
}
