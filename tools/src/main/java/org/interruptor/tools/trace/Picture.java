package org.interruptor.tools.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A recording as one page with a picture: a lane for each thread that injects and each vCPU, waits as bars, injections joined to
 * their deliveries. It needs no network.
 *
 * <p>Times are nanoseconds since the first event. The page gets {@code lanes} (names), {@code waits} (lane, from, to, outcome),
 * {@code flights} (lane or -1, injected at, lane or -1, delivered at, type, parameters) {@code faults} (lane, at, type)
 * and {@code merged} (lane, at, type and what became of it).
 */
final class Picture {
    /** More than a browser draws at ease. */
    static final int MOST_EVENTS = 200_000;

    private static final String DATA = "/*DATA*/";

    private final Instant start;
    private final TreeMap<String, String> injectors = new TreeMap<>();
    private final TreeMap<Long, String> vcpus = new TreeMap<>();
    private final List<String> lanes = new ArrayList<>();

    private Picture(List<TraceEvent> events) {
        start = events.get(0).time();
        boolean hasMachines =
                events.stream().mapToInt(TraceEvent::machine).distinct().count() > 1;
        for (TraceEvent event : events) {
            if (event.kind().isByInjector()) {
                injectors.put(injector(event), injector(event));
            } else {
                vcpus.put(
                        vcpu(event), (hasMachines ? "machine " + event.machine() + " " : "") + "vCPU " + event.vcpu());
            }
        }
        lanes.addAll(injectors.values());
        lanes.addAll(vcpus.values());
    }

    /** The page of some events, in the order of time, at least one and at most {@link #MOST_EVENTS}. */
    static String of(String title, List<TraceEvent> events, List<Flight> flights) {
        Picture picture = new Picture(events);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("title", title);
        ArrayNode lanes = data.putArray("lanes");
        picture.lanes.forEach(lanes::add);
        data.put("injectors", picture.injectors.size());
        picture.events(data, events);
        ArrayNode joined = data.putArray("flights");
        flights.forEach(flight -> picture.flight(joined.addArray(), flight));
        // A page ends its script at the first such tag, wherever it stands.
        return template().replace(DATA, data.toString().replace("</", "<\\/"));
    }

    private static String template() {
        try (InputStream stream = Picture.class.getResourceAsStream("picture.html")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String injector(TraceEvent event) {
        return event.thread().isEmpty() ? "unknown thread" : event.thread();
    }

    private static long vcpu(TraceEvent event) {
        return ((long) event.machine() << 32) + event.vcpu();
    }

    private int lane(TraceEvent event) {
        return event.kind().isByInjector()
                ? injectors.headMap(injector(event)).size()
                : injectors.size() + vcpus.headMap(vcpu(event)).size();
    }

    private long at(Instant time) {
        return Duration.between(start, time).toNanos();
    }

    private void events(ObjectNode data, List<TraceEvent> events) {
        ArrayNode waits = data.putArray("waits");
        ArrayNode faults = data.putArray("faults");
        ArrayNode merged = data.putArray("merged");
        for (TraceEvent event : events) {
            if (event.isWait()) {
                waits.addArray()
                        .add(lane(event))
                        .add(at(event.time()))
                        .add(at(event.end()))
                        .add(event.what());
            } else if (event.kind() == EventKind.FAULT) {
                faults.addArray().add(lane(event)).add(at(event.time())).add(event.what());
            } else if (event.kind().isMerged()) {
                merged.addArray()
                        .add(lane(event))
                        .add(at(event.time()))
                        .add(event.what() + ", " + event.kind().label());
            }
        }
    }

    private void flight(ArrayNode node, Flight flight) {
        for (TraceEvent end : new TraceEvent[] {flight.injection(), flight.delivery()}) {
            node.add(end == null ? -1 : lane(end)).add(end == null ? -1 : at(end.time()));
        }
        TraceEvent first = flight.first();
        node.add(first.what())
                .add("0x" + Long.toHexString(first.parameter()) + " 0x" + Long.toHexString(first.parameter64()));
    }
}
