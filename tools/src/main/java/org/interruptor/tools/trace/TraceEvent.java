package org.interruptor.tools.trace;

import java.time.Duration;
import java.time.Instant;
import org.interruptor.engine.InterruptionType;

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

    boolean isWait() {
        return kind == EventKind.WAIT;
    }

    /** Whether any vCPU may take an interruption of this type. */
    boolean isFloatingType() {
        return what.equals(InterruptionType.SERVICE_SIGNAL.label()) || what.equals(InterruptionType.VIRTIO.label());
    }

    Instant end() {
        return time.plus(duration);
    }
}
