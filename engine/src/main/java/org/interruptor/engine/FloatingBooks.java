package org.interruptor.engine;

import java.util.Collection;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Floating;

/**
 * The books of floating interruptions: accepted = delivered + queued + discarded + withdrawn.
 *
 * <p>Under original rules the ring counts what it accepts. Under architecture rules what merges is not counted when it is injected:
 * accepted is the sum.
 *
 * <p>Threads: any; exact while nothing moves.
 */
final class FloatingBooks {
    private final int vcpus;
    private final boolean isArchitecture;
    private final Counters counters;
    private final Floating floating;
    private final Collection<IoSource> sources;

    FloatingBooks(Machine machine, int vcpus, Collection<IoSource> sources) {
        this.vcpus = vcpus;
        isArchitecture = machine.rules() == Rules.ARCHITECTURE;
        counters = machine.counters();
        floating = machine.floating();
        this.sources = sources;
    }

    long queued() {
        return floating.service().queued() + (isArchitecture ? floating.conditions() + queuedIo() : 0);
    }

    private long queuedIo() {
        long queued = 0;
        for (IoSource source : sources) {
            queued += source.isPending() ? 1 : 0;
        }
        return queued;
    }

    /** By a subsystem reset or by a fault of mapped storage; on a closed machine also what is queued. */
    long discarded(boolean isClosed) {
        return counters.floating(Counters.DISCARDED)
                + ofVcpus(Counter.FLOATING_DISCARDED_BY_FAULT)
                + (isClosed ? queued() : 0);
    }

    long accepted() {
        return isArchitecture
                ? delivered() + queued() + discarded(false) + counters.floating(Counters.WITHDRAWN)
                : floating.service().accepted();
    }

    private long delivered() {
        long delivered = 0;
        for (int i = 0; i < InterruptionType.count(); i++) {
            InterruptionType type = InterruptionType.ofOrdinal(i);
            delivered += type.isFloating() ? ofVcpus(type.counter()) : 0;
        }
        return delivered;
    }

    private long ofVcpus(Counter counter) {
        long sum = 0;
        for (int i = 0; i < vcpus; i++) {
            sum += counters.get(i, counter);
        }
        return sum;
    }
}
