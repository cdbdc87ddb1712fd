package org.interruptor.tools.guest.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * I/O interruptions that wait for TEST PENDING INTERRUPTION and are delivered in no other way: for a machine whose engine does
 * not deliver them, and for tests.
 *
 * <p>Threads: any. A lock is held for the few instructions that a queue takes; nothing waits under it.
 */
public final class PendingInterruptions implements IoInterruptions {
    private static final int SUBCLASSES = 8;
    private static final int SUBCLASS_SHIFT = 27;
    private static final int ADAPTER = 0x8000_0000;

    private final class SubchannelSource implements Source {
        private final int subsystemId;
        private int parameter;
        private int word;
        private boolean isPending;

        private SubchannelSource(int subsystemId) {
            this.subsystemId = subsystemId;
        }

        @Override
        public void inject(int newParameter, int newWord) {
            synchronized (queues) {
                if (isPending && subclass(word) != subclass(newWord)) {
                    queues.get(subclass(word)).remove(this);
                    isPending = false;
                }
                parameter = newParameter;
                word = newWord;
                if (!isPending) {
                    queues.get(subclass(word)).add(this);
                    isPending = true;
                }
            }
        }

        @Override
        public boolean withdraw() {
            synchronized (queues) {
                boolean wasPending = isPending;
                isPending = false;
                if (wasPending) {
                    queues.get(subclass(word)).remove(this);
                }
                return wasPending;
            }
        }
    }

    private final DeviceStorage storage;
    private final List<ArrayDeque<SubchannelSource>> queues = new ArrayList<>();
    private final boolean[] isAdapterPending = new boolean[SUBCLASSES];
    private final AtomicLong channelReports = new AtomicLong();

    /**
     * None pending.
     *
     * @param storage where indicators are.
     */
    public PendingInterruptions(DeviceStorage storage) {
        this.storage = storage;
        for (int i = 0; i < SUBCLASSES; i++) {
            queues.add(new ArrayDeque<>());
        }
    }

    private static int subclass(int word) {
        return (word >>> SUBCLASS_SHIFT) & (SUBCLASSES - 1);
    }

    @Override
    public Source subchannel(int subsystemId) {
        return new SubchannelSource(subsystemId);
    }

    @Override
    public AdapterRoute adapterRoute(
            long indicatorAddress,
            int indicatorMask,
            long summaryAddress,
            int summaryMask,
            int subclass,
            boolean suppressible) {
        if (!storage.contains(indicatorAddress, 1) || !storage.contains(summaryAddress, 1)) {
            throw new IllegalArgumentException(String.format(
                    "indicator 0x%x, summary indicator 0x%x: expected addresses inside storage",
                    indicatorAddress, summaryAddress));
        }
        return () -> {
            storage.or8(indicatorAddress, indicatorMask);
            if ((storage.or8(summaryAddress, summaryMask) & summaryMask) == 0) {
                synchronized (queues) {
                    isAdapterPending[subclass] = true;
                }
            }
        };
    }

    @Override
    public boolean take(int cpu, int subclassMask, IoInterruption result) {
        synchronized (queues) {
            for (int subclass = 0; subclass < SUBCLASSES; subclass++) {
                if ((subclassMask & (ADAPTER >>> subclass)) != 0 && takeOf(subclass, result)) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean takeOf(int subclass, IoInterruption result) {
        SubchannelSource source = queues.get(subclass).poll();
        if (source != null) {
            source.isPending = false;
            result.set(source.subsystemId, source.parameter, source.word);
            return true;
        }
        if (isAdapterPending[subclass]) {
            isAdapterPending[subclass] = false;
            result.set(0, 0, ADAPTER | subclass << SUBCLASS_SHIFT);
            return true;
        }
        return false;
    }

    @Override
    public void channelReport() {
        channelReports.incrementAndGet();
    }

    /**
     * How often a channel report became pending.
     *
     * @return the number.
     */
    public long channelReports() {
        return channelReports.get();
    }
}
