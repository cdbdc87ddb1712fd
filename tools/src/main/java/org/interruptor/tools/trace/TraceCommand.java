package org.interruptor.tools.trace;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.tools.cli.CommandException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor trace FILE.jfr}: a recording's injections, deliveries, waits and faults in the order of time. */
@Command(
        name = "trace",
        description = {
            "Prints the engine's events in a JFR recording as a timeline.",
            "The recording must turn them on: java"
                    + " -XX:StartFlightRecording:filename=guest.jfr,+org.interruptor.Injection#enabled=true,"
                    + "+org.interruptor.Delivery#enabled=true,+org.interruptor.Wait#enabled=true,"
                    + "+org.interruptor.Fault#enabled=true ...",
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:printed or written",
            "2:the file cannot be read, is not a recording, or is damaged or unfinished; its readable part is printed"
        })
public final class TraceCommand implements Callable<Integer> {

    /** Types of interruptions, for completion by a shell. */
    static final class Types implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(InterruptionType.values())
                    .map(InterruptionType::label)
                    .iterator();
        }
    }

    /** Kinds of events, for completion by a shell. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(EventKind.values()).map(EventKind::label).iterator();
        }
    }

    @Parameters(paramLabel = "FILE", description = "The recording.")
    private Path file;

    @Option(
            names = "--vcpu",
            paramLabel = "N",
            description = "Only events of vCPU N, without floating injections. Repeatable.")
    private List<Integer> vcpus = List.of();

    @Option(names = "--machine", paramLabel = "N", description = "Only events of the N-th machine of the process.")
    private Integer machine;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            completionCandidates = Types.class,
            description = "Only injections, deliveries and faults of this type: ${COMPLETION-CANDIDATES}. Repeatable.")
    private List<String> types = List.of();

    @Option(
            names = "--event",
            paramLabel = "EVENT",
            completionCandidates = Kinds.class,
            description = "Only events of this kind: ${COMPLETION-CANDIDATES}. Repeatable.")
    private List<String> kinds = List.of();

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean isJson;

    @Option(
            names = "--summary",
            description =
                    "Print a summary: times from injection to delivery by type, queue lengths, why waits ended, and wake-ups"
                            + " for nothing.")
    private boolean isSummary;

    @Option(
            names = "--html",
            paramLabel = "PAGE",
            description = "Write a page with a picture: a lane for each vCPU and each injecting thread, with lines from"
                    + " injections to their deliveries. Zoom with the wheel, move by dragging.")
    private Path page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check("--type", types, Arrays.stream(InterruptionType.values()).map(InterruptionType::label));
        check("--event", kinds, Arrays.stream(EventKind.values()).map(EventKind::label));
        Recording.Contents contents = Recording.read(file);
        List<TraceEvent> all = contents.events();
        List<TraceEvent> wanted = all.stream().filter(this::isWanted).toList();
        if (!wanted.isEmpty()) {
            print(all, wanted);
        }
        if (contents.complaint() != null) { // says enough, also where nothing was printed
            throw new CommandException(contents.complaint());
        }
        if (wanted.isEmpty()) {
            tellThatThereIsNone(all.isEmpty());
        }
        return 0;
    }

    private void print(List<TraceEvent> all, List<TraceEvent> wanted) {
        PrintWriter out = spec.commandLine().getOut();
        if (isSummary) {
            out.print(Summary.of(wanted, flights(all, wanted)));
        }
        if (page != null) {
            draw(all, wanted);
        }
        if (isSummary || page != null) {
            return;
        }
        if (isJson) {
            wanted.forEach(event -> out.print(json(event) + "\n"));
        } else {
            new Timeline(out).print(wanted);
        }
    }

    /** Pairs are made of all events: the partner of one that is wanted may be one that is not. */
    private static List<Flight> flights(List<TraceEvent> all, List<TraceEvent> wanted) {
        Set<TraceEvent> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        chosen.addAll(wanted);
        return Flight.of(all).stream()
                .filter(flight -> chosen.contains(flight.injection()) || chosen.contains(flight.delivery()))
                .toList();
    }

    private void draw(List<TraceEvent> all, List<TraceEvent> wanted) {
        List<TraceEvent> drawn = wanted.subList(0, Math.min(wanted.size(), Picture.MOST_EVENTS));
        if (drawn.size() < wanted.size()) {
            spec.commandLine()
                    .getErr()
                    .print("Only the first " + drawn.size() + " of " + wanted.size()
                            + " events are drawn: --vcpu, --type and --machine choose among them.\n");
        }
        List<Flight> flights = flights(all, drawn);
        // Ends of flights that were not chosen have lanes too.
        List<TraceEvent> shown = Stream.concat(
                        drawn.stream(),
                        flights.stream()
                                .flatMap(flight -> Stream.of(flight.injection(), flight.delivery()))
                                .filter(Objects::nonNull))
                .distinct()
                .sorted(Comparator.comparing(TraceEvent::time))
                .toList();
        try {
            Files.writeString(page, Picture.of(String.valueOf(file.getFileName()), shown, flights));
        } catch (IOException e) {
            throw new CommandException(page + ": cannot be written: " + CommandException.reason(e));
        }
        spec.commandLine().getOut().print("Picture: " + page + "\n");
    }

    private static void check(String option, List<String> given, Stream<String> known) {
        List<String> names = known.toList();
        for (String name : given) {
            if (!names.contains(name)) {
                throw new CommandException(option + " " + name + ": expected one of " + String.join(", ", names));
            }
        }
    }

    private boolean isWanted(TraceEvent event) {
        return (vcpus.isEmpty() || vcpus.contains(event.vcpu()))
                && (machine == null || machine == event.machine())
                && (types.isEmpty() || (!event.isWait() && types.contains(event.what())))
                && (kinds.isEmpty() || kinds.contains(event.kind().label()));
    }

    private void tellThatThereIsNone(boolean isNoneAtAll) {
        spec.commandLine()
                .getErr()
                .print(file + ": "
                        + (isNoneAtAll
                                ? "no event of Interruptor: they are off unless the recording asks for them, see --help"
                                : "no event that was asked for")
                        + "\n");
    }

    private static String json(TraceEvent event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("time", event.time().toString())
                .put("event", event.kind().label())
                .put("machine", event.machine());
        if (event.vcpu() >= 0) {
            node.put("vcpu", event.vcpu());
        }
        switch (event.kind()) {
            case WAIT ->
                node.put("outcome", event.what())
                        .put("duration_ns", event.duration().toNanos());
            case FAULT -> node.put("type", event.what()).put("prefix", Timeline.hex(event.parameter()));
            default ->
                node.put("type", event.what())
                        .put("parameter", Timeline.hex(event.parameter()))
                        .put("parameter64", Timeline.hex(event.parameter64()));
        }
        return node.put("thread", event.thread()).toString();
    }
}
