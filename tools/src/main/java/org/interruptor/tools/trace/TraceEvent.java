package org.interruptor.tools.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.tools.cli.CommandException;

/**
 * One event of a recording.
 *
 * @param time when it happened; of a wait, when it began.
 * @param duration of a wait, how long it took; else zero.
 * @param kind what kind it is.
 * @param machine the machine's number.
 * @param vcpu the vCPU; -1 for a floating injection.
 * @param what the type of the interruption; of a wait, its outcome.
 * @param parameter 32 bits; of a fault the prefix; of a wait 0.
 * @param parameter64 64 bits.
 * @param thread the name of the thread; empty if the recording does not say.
 */
record TraceEvent(
        Instant time,
        Duration duration,
        EventKind kind,
        int machine,
        int vcpu,
        String what,
        long parameter,
        long parameter64,
        String thread) {
    private static final Map<String, InterruptionType> TYPES = Arrays.stream(InterruptionType.values())
            .collect(Collectors.toUnmodifiableMap(InterruptionType::label, type -> type));

    /**
     * What a recorded event is to us.
     *
     * @return it; nothing if it is none of the engine's.
     * @throws CommandException if it is one of another version.
     */
    static Optional<TraceEvent> of(RecordedEvent event) {
        EventKind kind = EventKind.of(event.getEventType().getName());
        if (kind == null) {
            return Optional.empty();
        }
        for (String field : kind.fields()) {
            if (!event.hasField(field) || !event.hasField("machine") || !event.hasField("vcpu")) {
                throw new CommandException("the recording has an event " + kind.label() + " without the field " + field
                        + ": it is of another version of Interruptor");
            }
        }
        boolean isWait = kind == EventKind.WAIT;
        boolean isFault = kind == EventKind.FAULT;
        RecordedThread thread = event.getThread();
        return Optional.of(new TraceEvent(
                event.getStartTime(),
                isWait ? event.getDuration() : Duration.ZERO,
                kind,
                event.getInt("machine"),
                event.getInt("vcpu"),
                text(event.getString(isWait ? "outcome" : "type")),
                isWait ? 0 : event.getLong(isFault ? "prefix" : "parameter"),
                isWait || isFault ? 0 : event.getLong("parameter64"),
                text(thread == null ? null : thread.getJavaName())));
    }

    private static String text(String recorded) {
        return recorded == null ? "" : recorded;
    }

    boolean isWait() {
        return kind == EventKind.WAIT;
    }

    /** The type of the interruption; null if there is none of that name, and of a wait. */
    InterruptionType type() {
        return TYPES.get(what);
    }

    Instant end() {
        return time.plus(duration);
    }
}
