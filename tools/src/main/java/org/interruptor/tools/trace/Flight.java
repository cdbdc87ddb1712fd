package org.interruptor.tools.trace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.interruptor.engine.gate.InterruptionType;

/**
 * An interruption from its injection to its delivery. An interruption of which the recording has but one of both has no partner: it
 * was still queued at the end, was injected before the beginning, or comes from the clock comparator, which nobody injects.
 *
 * @param injection or null.
 * @param delivery or null.
 */
record Flight(TraceEvent injection, TraceEvent delivery) {
    /**
     * What an injection and its delivery have in common. A floating interruption may come to any vCPU.
     *
     * @param vcpu the target; -1 of a floating one.
     */
    private record Key(int machine, int vcpu, String type, long parameter, long parameter64) {
        /** Where an I/O-interruption-identification word has the subclass. */
        private static final int SUBCLASS_SHIFT = 27;

        private static final int SUBCLASS = 7;

        static Key of(TraceEvent event) {
            InterruptionType type = event.type();
            if (type == null || !type.isFloating()) {
                return key(event, event.vcpu(), event.parameter(), event.parameter64());
            }
            return switch (type) {
                case ADAPTER -> key(event, -1, subclass(event), 0); // delivered with a word, injected by subclass
                case IO ->
                    key(event, -1, event.parameter(), 0); // parameter and word may be replaced while it is pending
                case TIMING_ALERT, SERVICE_EVENT -> key(event, -1, 0, 0); // bits of several come together
                default -> key(event, -1, event.parameter(), event.parameter64());
            };
        }

        private static Key key(TraceEvent event, int vcpu, long parameter, long parameter64) {
            return new Key(event.machine(), vcpu, event.what(), parameter, parameter64);
        }

        private static long subclass(TraceEvent event) {
            return event.kind() == EventKind.INJECTION
                    ? event.parameter()
                    : (event.parameter64() >>> SUBCLASS_SHIFT) & SUBCLASS;
        }
    }

    /**
     * Pairs injections with deliveries: of those that are alike the first with the first. An injection is recorded when it is
     * done, so its delivery may stand before it.
     *
     * @param events in the order of time.
     * @return in the order of their injections, or deliveries where there is no injection.
     */
    static List<Flight> of(List<TraceEvent> events) {
        Map<Key, Deque<TraceEvent>> injections = new HashMap<>();
        Map<Key, Deque<TraceEvent>> deliveries = new HashMap<>();
        for (TraceEvent event : events) {
            if (event.kind() == EventKind.INJECTION || event.kind() == EventKind.DELIVERY) {
                (event.kind() == EventKind.INJECTION ? injections : deliveries)
                        .computeIfAbsent(Key.of(event), any -> new ArrayDeque<>())
                        .add(event);
            }
        }
        List<Flight> flights = new ArrayList<>();
        injections.forEach((key, sent) -> {
            Deque<TraceEvent> arrived = deliveries.getOrDefault(key, new ArrayDeque<>());
            // What was injected before the recording began is delivered first.
            while (arrived.size() > sent.size()) {
                flights.add(new Flight(null, arrived.remove()));
            }
            sent.forEach(injection -> flights.add(new Flight(injection, arrived.poll())));
        });
        deliveries.forEach((key, left) -> {
            if (!injections.containsKey(key)) {
                left.forEach(delivery -> flights.add(new Flight(null, delivery)));
            }
        });
        flights.sort(Comparator.comparing(flight -> flight.first().time()));
        return flights;
    }

    /** The injection; the delivery, where there is none. */
    TraceEvent first() {
        return injection != null ? injection : delivery;
    }

    /** Whether both are known. */
    boolean isComplete() {
        return injection != null && delivery != null;
    }

    /** From one to the other: of a complete one. */
    long nanos() {
        return Math.max(0, Duration.between(injection.time(), delivery.time()).toNanos());
    }
}
