package org.interruptor.bench.baseline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import org.interruptor.engine.AdapterRoute;
import org.interruptor.engine.IoSource;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;

/**
 * What the injectors drive under architecture rules: each has subchannels, spread over the eight subclasses, and virtqueues that notify
 * by an indicator bit each and a summary bit; and the guest's handler of adapter interruptions.
 *
 * <pre>
 *  device:   notified[queue] + 1  --&gt; indicator bit --&gt; summary bit --&gt; adapter interruption, if the summary bit was not set
 *  handler:  summary bit cleared --&gt; indicator bits cleared --&gt; of each queue, what was notified since the last time
 * </pre>
 *
 * <p>Notifications merge, so their books are those of the queues: at the end each handler has seen the last number of each queue.
 *
 * <p>Threads: each injector has its devices to itself; {@link #handle} any vCPU's, many at once.
 */
final class Devices {
    /** Subchannels of an injector, unless there are so many injectors that all have more than four times as many. */
    private static final int SUBCHANNELS = 1024;

    private static final int SUBCHANNELS_IN_ALL = 4 * SUBCHANNELS;

    /** One indicator bit each. */
    private static final int QUEUES = Long.SIZE;

    private static final int SUBCLASSES = 8;

    /** The subclass in an I/O-interruption-identification word. */
    private static final int SUBCLASS_SHIFT = 27;

    /** A subsystem-identification word has this bit, and the subchannel number below it. */
    private static final int SUBSYSTEM = 0x1_0000;

    // In storage, the area of an injector.
    private static final int AREA = 512;
    private static final int PAGE = 4096;
    private static final int SUMMARY = AREA / 2;
    private static final int FIRST_BIT = 0x80;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    /** Words around those that one side writes: nothing else is on their cache lines. */
    private static final int PAD = 16;

    private final Machine machine;
    private final Group[] groups;

    /**
     * Makes them.
     *
     * @param base where their indicators lie in storage: {@link #bytes} from there.
     */
    Devices(Machine machine, int injectors, long base) {
        this.machine = machine;
        groups = new Group[injectors];
        for (int i = 0; i < injectors; i++) {
            groups[i] = new Group(machine, i, subchannels(injectors) / injectors, base + (long) i * AREA);
        }
    }

    /** How many subchannels there are. */
    static int subchannels(int injectors) {
        return injectors * Math.min(SUBCHANNELS, Integer.highestOneBit(Math.max(1, SUBCHANNELS_IN_ALL / injectors)));
    }

    /** What they need of storage, in whole pages. */
    static int bytes(int injectors) {
        return (injectors * AREA + PAGE - 1) & -PAGE;
    }

    /**
     * An I/O interruption of a subchannel.
     *
     * @param number chooses it.
     * @return ACCEPTED; FULL, if one is pending there: the one that is pending has the new parameter, and none comes in addition.
     */
    InjectResult interrupt(int injector, int number) {
        InjectResult result = groups[injector].interrupt(number);
        return result == InjectResult.COALESCED ? InjectResult.FULL : result;
    }

    /** A notification of a virtqueue, which the number chooses: ACCEPTED, also where it needed no interruption. */
    InjectResult notify(int injector, int number) {
        InjectResult result = groups[injector].notify(number);
        return result == InjectResult.COALESCED ? InjectResult.ACCEPTED : result;
    }

    /** The guest's handler of an adapter interruption: how many notifications it has found. */
    int handle() {
        int found = 0;
        for (Group group : groups) {
            found += group.handle();
        }
        return found;
    }

    /** What does not agree when all that was notified should have been found; null if all agrees. */
    String disagreement() {
        long made = 0;
        for (int i = 0; i < groups.length; i++) {
            String wrong = groups[i].disagreement();
            if (wrong != null) {
                return "injector " + i + ": " + wrong;
            }
            made += groups[i].made();
        }
        long delivered = 0;
        for (int i = 0; i < machine.vcpuCount(); i++) {
            delivered += machine.vcpu(i).counter(InterruptionType.ADAPTER.counter());
        }
        // One of each subclass may be pending still: its notification was found by the handler of an earlier one.
        return delivered <= made && made - delivered <= SUBCLASSES
                ? null
                : String.format(
                        Locale.ROOT,
                        "adapter interruptions: %,d were accepted, %,d were delivered: expected so many, or up to %d fewer",
                        made,
                        delivered,
                        SUBCLASSES);
    }

    /** The devices of one injector. */
    private static final class Group {
        private final GuestMemory storage;
        private final long indicators;
        private final long summary;
        private final IoSource[] subchannels;
        private final AdapterRoute[] routes = new AdapterRoute[QUEUES];

        /** By the injector: of each queue how often, and behind them how many adapter interruptions were accepted. */
        private final long[] notified = new long[PAD + QUEUES + 1 + PAD];

        /** By the handlers: of each queue how many of those they have found. */
        private final long[] found = new long[PAD + QUEUES + PAD];

        Group(Machine machine, int injector, int count, long area) {
            storage = machine.storage();
            indicators = area;
            summary = area + SUMMARY;
            subchannels = new IoSource[count];
            for (int i = 0; i < count; i++) {
                subchannels[i] = machine.subchannel(SUBSYSTEM | injector * count + i);
            }
            for (int i = 0; i < QUEUES; i++) {
                routes[i] = machine.adapterRoute(
                        indicators + i / Byte.SIZE,
                        FIRST_BIT >>> i % Byte.SIZE,
                        summary,
                        FIRST_BIT,
                        injector % SUBCLASSES,
                        false);
            }
        }

        InjectResult interrupt(int number) {
            int index = number & (subchannels.length - 1);
            return subchannels[index].inject(number, index % SUBCLASSES << SUBCLASS_SHIFT);
        }

        InjectResult notify(int number) {
            int queue = number & (QUEUES - 1);
            int index = PAD + queue;
            WORDS.setRelease(
                    notified, index, notified[index] + 1); // one writer; before the indicator, which is a full fence
            InjectResult result = routes[queue].trigger();
            if (result == InjectResult.ACCEPTED) {
                notified[PAD + QUEUES]++;
            }
            return result;
        }

        int handle() {
            if (storage.getByte(summary) == 0) {
                return 0; // what was set before the interruption that is handled is seen, or was found already
            }
            clearSummary();
            long left = takeIndicators();
            int sum = 0;
            while (left != 0) {
                int queue = Long.numberOfLeadingZeros(left); // bit 0 is the leftmost
                left &= ~(Long.MIN_VALUE >>> queue);
                sum += take(PAD + queue);
            }
            return sum;
        }

        private void clearSummary() {
            int expected = storage.getInt(summary);
            int witness = storage.compareAndExchangeInt(summary, expected, 0);
            while (witness != expected) {
                expected = witness;
                witness = storage.compareAndExchangeInt(summary, expected, 0);
            }
        }

        private long takeIndicators() {
            long expected = storage.getLong(indicators);
            while (true) {
                long witness = storage.compareAndExchangeLong(indicators, expected, 0);
                if (witness == expected) {
                    return expected;
                }
                expected = witness;
            }
        }

        private int take(int index) {
            while (true) {
                long before = (long) WORDS.getVolatile(found, index);
                long now = (long) WORDS.getVolatile(notified, index);
                if (WORDS.compareAndSet(found, index, before, now)) {
                    return (int) (now - before);
                }
            }
        }

        /** Threads: one, when injectors and vCPUs are done. */
        String disagreement() {
            for (int i = PAD; i < PAD + QUEUES; i++) {
                if (found[i] != notified[i]) {
                    return String.format(
                            Locale.ROOT,
                            "virtqueue %d was notified %,d times, its handler has found %,d",
                            i - PAD,
                            notified[i],
                            found[i]);
                }
            }
            return null;
        }

        long made() {
            return notified[PAD + QUEUES];
        }
    }
}
