package org.interruptor.tools.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.interruptor.engine.event.CoalescedEvent;
import org.interruptor.engine.event.DeliveryEvent;
import org.interruptor.engine.event.FaultEvent;
import org.interruptor.engine.event.InjectionEvent;
import org.interruptor.engine.event.SuppressedEvent;
import org.interruptor.engine.event.WaitEvent;

/** The engine's kinds of event. */
enum EventKind {
    INJECTION(InjectionEvent.NAME),
    DELIVERY(DeliveryEvent.NAME),
    WAIT(WaitEvent.NAME),
    FAULT(FaultEvent.NAME),
    COALESCED(CoalescedEvent.NAME),
    SUPPRESSED(SuppressedEvent.NAME);

    private final String eventName;

    EventKind(String eventName) {
        this.eventName = eventName;
    }

    /** The kind of an event by its name; null if it is none of the engine's. */
    static EventKind of(String eventName) {
        return Arrays.stream(values())
                .filter(kind -> kind.eventName.equals(eventName))
                .findFirst()
                .orElse(null);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is an injection of which there is no delivery of its own. */
    boolean isMerged() {
        return this == COALESCED || this == SUPPRESSED;
    }

    /** Whether its thread is one that injected. */
    boolean isByInjector() {
        return this == INJECTION || isMerged();
    }

    /** The fields that each must have beside {@code machine} and {@code vcpu}. */
    List<String> fields() {
        return switch (this) {
            case WAIT -> List.of("outcome");
            case FAULT -> List.of("type", "prefix");
            default -> List.of("type", "parameter", "parameter64");
        };
    }
}
