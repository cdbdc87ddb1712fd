package org.interruptor.tools.soak;

import java.util.concurrent.atomic.AtomicLongArray;
import org.interruptor.engine.AdapterRoute;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.memory.GuestMemory;

/**
 * Queues of one injector that notify by indicators, a summary bit and an adapter interruption; and the guest's handler. Notifications
 * merge: at the end the handler must have seen the last number of each queue.
 *
 * <p>Threads: {@link #notify} the injector's; {@link #handle} any vCPU's.
 */
final class Virtqueues {
    /** Bytes in storage: the indicators, and the summary in the second half. */
    static final int AREA = 16;

    private static final int QUEUES = 16;
    private static final int SUMMARY = 8;
    private static final int FIRST_BIT = 0x80;

    private final GuestMemory storage;
    private final long area;
    private final AdapterRoute[] routes = new AdapterRoute[QUEUES];
    private final AtomicLongArray notified = new AtomicLongArray(QUEUES);
    private final AtomicLongArray seen = new AtomicLongArray(QUEUES);

    Virtqueues(Machine machine, long area, int subclass, boolean isSuppressible) {
        storage = machine.storage();
        this.area = area;
        for (int i = 0; i < QUEUES; i++) {
            routes[i] = machine.adapterRoute(
                    area + i / Byte.SIZE,
                    FIRST_BIT >>> i % Byte.SIZE,
                    area + SUMMARY,
                    FIRST_BIT,
                    subclass,
                    isSuppressible);
        }
    }

    InjectResult notify(int queue) {
        notified.incrementAndGet(queue); // before the indicator
        return routes[queue].trigger();
    }

    /** Masks a queue, or opens it. */
    void mask(int queue, boolean isMasked) {
        routes[queue].mask(isMasked);
    }

    static int count() {
        return QUEUES;
    }

    /** The handler of an adapter interruption: the summary first, so that a thread that sets an indicator behind the look interrupts
     * again. */
    void handle() {
        clear(area + SUMMARY);
        int left = clear(area);
        while (left != 0) {
            int queue = Integer.numberOfLeadingZeros(left);
            left &= ~(Integer.MIN_VALUE >>> queue);
            long number = notified.get(queue);
            seen.accumulateAndGet(queue, number, Math::max);
        }
    }

    private int clear(long address) {
        int expected = storage.getInt(address);
        while (true) {
            int witness = storage.compareAndExchangeInt(address, expected, 0);
            if (witness == expected) {
                return expected;
            }
            expected = witness;
        }
    }

    /** Threads: one, when all others have ended. */
    void check(int injector, Violations violations) {
        for (int i = 0; i < QUEUES; i++) {
            violations.expect(
                    notified.get(i), seen.get(i), "injector " + injector + ": last notification seen of queue " + i);
        }
    }
}
