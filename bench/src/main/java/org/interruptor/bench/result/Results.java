package org.interruptor.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.interruptor.bench.environment.Environment;
import org.interruptor.bench.environment.OtherLoad;

/**
 * The results of a run.
 *
 * @param format {@link #FORMAT}.
 * @param version {@link #VERSION}; readers refuse others.
 * @param started UTC, ISO 8601.
 * @param seconds that it took.
 * @param jvms how many JVMs took part; each contributed the rounds of its timing.
 * @param otherCores how many cores others kept busy meanwhile, on average of all JVMs; -1 if unknown.
 * @param environment where it ran.
 * @param scenarios what was measured.
 * @param interrupted whether it was ended before its end: scenarios are missing, or have fewer rounds than their timing says.
 */
public record Results(
        String format,
        int version,
        String started,
        double seconds,
        int jvms,
        double otherCores,
        Environment environment,
        List<ScenarioResult> scenarios,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean interrupted) {

    /** What the file says that it is. */
    public static final String FORMAT = "interruptor-bench";

    /** The version of the format. */
    public static final int VERSION = 2;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Copies the scenarios. */
    public Results {
        scenarios = List.copyOf(scenarios);
    }

    /** Results of a run that came to its end. */
    public Results(
            String format,
            int version,
            String started,
            double seconds,
            int jvms,
            double otherCores,
            Environment environment,
            List<ScenarioResult> scenarios) {
        this(format, version, started, seconds, jvms, otherCores, environment, scenarios, false);
    }

    /** Whether something is not reported. */
    @JsonIgnore
    public boolean isAnyRefused() {
        return scenarios.stream()
                .flatMap(scenario -> scenario.contenders().stream())
                .anyMatch(ContenderResult::isRefused);
    }

    /** Whether others disturbed what was measured between threads. */
    @JsonIgnore
    public boolean isDisturbed() {
        return otherCores >= OtherLoad.DISTURBING;
    }

    /** The results of a scenario, if it was measured. */
    public Optional<ScenarioResult> scenario(String name) {
        return scenarios.stream()
                .filter(result -> result.scenario().name().equals(name))
                .findFirst();
    }

    /** What several JVMs measured of one plan, as one: with the environment of the first, and the samples of all. */
    public static Results merge(List<Results> parts) {
        return parts.stream().reduce(Results::and).orElseThrow();
    }

    /** The same, marked as those of a run that did not come to its end. */
    public Results asInterrupted() {
        return new Results(format, version, started, seconds, jvms, otherCores, environment, scenarios, true);
    }

    private Results and(Results other) {
        return new Results(
                format,
                version,
                started,
                seconds + other.seconds,
                jvms + other.jvms,
                OtherLoad.mean(otherCores, jvms, other.otherCores, other.jvms),
                environment,
                IntStream.range(0, scenarios.size())
                        .mapToObj(i -> i < other.scenarios.size() // an interrupted one has fewer
                                ? scenarios.get(i).and(other.scenarios.get(i))
                                : scenarios.get(i))
                        .toList(),
                interrupted || other.interrupted);
    }

    /** As JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("results cannot be written as JSON", e);
        }
    }

    /**
     * Reads a file of results.
     *
     * @throws IOException if the file cannot be read.
     * @throws IllegalArgumentException if it holds something else; the message says what.
     */
    public static Results read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads results.
     *
     * @param json the text.
     * @param name of the text, for messages.
     * @throws IllegalArgumentException if it is something else; the message says what.
     */
    public static Results parse(String json, String name) {
        Results results;
        try {
            results = JSON.readValue(json, Results.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    name + ": expected results of 'interruptor bench' (results.json)" + place(e.getLocation()), e);
        }
        if (results == null || !FORMAT.equals(results.format) || results.version != VERSION) {
            throw new IllegalArgumentException(
                    name + ": expected results of 'interruptor bench', version " + VERSION + " of the format");
        }
        if (!results.isComplete()) {
            throw new IllegalArgumentException(
                    name + ": expected results of 'interruptor bench' (results.json), but something is missing");
        }
        return results;
    }

    /** Whether all is there by which results are looked up; Jackson leaves null where a name is missing. */
    private boolean isComplete() {
        return environment != null
                && scenarios.stream()
                        .allMatch(one -> one.scenario() != null
                                && one.scenario().name() != null
                                && one.scenario().kind() != null
                                && one.timing() != null
                                && one.contenders().stream().allMatch(Results::isNamed));
    }

    private static boolean isNamed(ContenderResult contender) {
        return contender.engine() != null && contender.figures().stream().allMatch(series -> series.figure() != null);
    }

    private static String place(JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ", but something is missing"
                : ", but not from line " + location.getLineNr() + ", column " + location.getColumnNr() + " on";
    }
}
