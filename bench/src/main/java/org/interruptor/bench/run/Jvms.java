package org.interruptor.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.interruptor.bench.plan.BenchPlan;
import org.interruptor.bench.result.Results;

/**
 * Runs a plan in as many JVMs as it asks for, one after the other: two compilations of the same code may differ by more than all
 * rounds of one of them. One alone is this one.
 *
 * <p>Threads: one.
 */
public final class Jvms {
    /** A line of a child's standard output: scenario, engine, milliseconds done. */
    private static final String PROGRESS = "progress ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Jvms() {}

    /**
     * Runs a plan.
     *
     * @return the results of all JVMs as one.
     * @throws IOException if a JVM cannot be started or does not end well; the message says so in one sentence.
     */
    public static Results run(BenchPlan plan, Progress progress) throws IOException {
        if (plan.jvms() == 1) {
            return new Runner(plan, progress).run();
        }
        Path folder = Files.createTempDirectory("interruptor-bench");
        Path planFile = folder.resolve("plan.json");
        Path resultFile = folder.resolve("results.json");
        try {
            List<Results> results = new ArrayList<>();
            for (int i = 0; i < plan.jvms() && !(i > 0 && Interruption.isRequested()); i++) {
                Files.deleteIfExists(resultFile);
                Files.writeString(planFile, JSON.writeValueAsString(plan.inOneJvm(i)));
                runChild(planFile, resultFile, i * plan.jvmMillis(), progress);
                if (Files.exists(resultFile)) { // else it was interrupted, and had no time to write
                    results.add(Results.read(resultFile));
                }
            }
            if (results.isEmpty()) {
                throw new IOException("interrupted before anything was measured");
            }
            Results merged = Results.merge(results);
            return results.size() < plan.jvms() ? merged.asInterrupted() : merged;
        } finally {
            Files.deleteIfExists(planFile);
            Files.deleteIfExists(resultFile);
            Files.deleteIfExists(folder);
        }
    }

    private static void runChild(Path planFile, Path resultFile, long doneBefore, Progress progress)
            throws IOException {
        Process child = new ProcessBuilder(command(planFile, resultFile))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Interruption.endBy(child.toHandle()::destroy); // it writes what it has; Process.destroy would close its output
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith(PROGRESS)) {
                    String[] words = line.substring(PROGRESS.length()).split(" ", 3);
                    progress.at(words[0], words[1], doneBefore + Long.parseLong(words[2]));
                }
                line = lines.readLine();
            }
            int status = child.waitFor();
            if (status != 0 && !Interruption.isRequested()) {
                throw new IOException("a measuring JVM ended with status " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a JVM was measuring", e);
        } finally {
            child.destroy();
        }
    }

    private static List<String> command(Path planFile, Path resultFile) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(Jvms::isForChildren)
                .forEach(command::add);
        command.addAll(JvmFlags.FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jvms.class.getName()));
        command.addAll(List.of(planFile.toString(), resultFile.toString()));
        return command;
    }

    /** Not what attaches to one process: debuggers, agents. */
    private static boolean isForChildren(String flag) {
        return !flag.startsWith("-agent") && !flag.startsWith("-javaagent") && !flag.startsWith("-Xrun");
    }

    /**
     * A child: runs the plan in the first file in this JVM and writes the results to the second.
     *
     * @param args both files.
     * @throws Exception if a file cannot be read or written.
     */
    public static void main(String[] args) throws Exception {
        BenchPlan plan = JSON.readValue(Files.readString(Path.of(args[0])), BenchPlan.class);
        Progress progress = (scenario, engine, doneMillis) ->
                System.out.println(PROGRESS + scenario + " " + engine + " " + doneMillis);
        Interruption.endBy(() -> {});
        Interruption.guard(
                () -> Files.writeString(
                        Path.of(args[1]), new Runner(plan, progress).run().toJson()),
                () -> {});
    }
}
