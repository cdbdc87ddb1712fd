package org.interruptor.tools.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The waits of a recording: why they ended, how long they were, and how many ended for nothing. */
final class Waits {
    private final Map<String, Times> byOutcome = new TreeMap<>();
    private final Map<String, Long> forNothing = new TreeMap<>();
    private final Map<String, Long> all = new HashMap<>();

    /** Works out all that, from events in the order of time. */
    Waits(List<TraceEvent> events) {
        // A wait's event stands where it began; what follows its end is to be told from what happened during it.
        Map<String, TraceEvent> open = new HashMap<>();
        for (TraceEvent event : events) {
            String vcpu = "machine " + event.machine() + ", vCPU " + event.vcpu();
            if (event.isWait()) {
                close(vcpu, open.put(vcpu, event), event.time());
                byOutcome
                        .computeIfAbsent(event.what(), any -> new Times())
                        .add(event.duration().toNanos());
                all.merge(vcpu, 1L, Long::sum);
            } else if (event.kind() == EventKind.DELIVERY || event.kind() == EventKind.FAULT) {
                open.remove(vcpu);
            }
        }
        // Nobody knows what came of the last wait of each vCPU: it does not count.
    }

    private void close(String vcpu, TraceEvent wait, Instant next) {
        if (wait != null && wait.what().equals("ready") && !wait.end().isAfter(next)) {
            forNothing.merge(vcpu, 1L, Long::sum);
        }
    }

    /** The times of waits, by what ended them. */
    Map<String, Times> byOutcome() {
        return byOutcome;
    }

    /** How many waits of a vCPU ended as ready, while the next came without a delivery between; none where there are none. */
    Map<String, Long> forNothing() {
        return forNothing;
    }

    /** How many waits a vCPU had. */
    long all(String vcpu) {
        return all.getOrDefault(vcpu, 0L);
    }

    /** From the beginning of the first event to the end of the last. */
    static Duration span(List<TraceEvent> events) {
        Instant last =
                events.stream().map(TraceEvent::end).max(Instant::compareTo).orElseThrow();
        return Duration.between(events.get(0).time(), last);
    }
}
