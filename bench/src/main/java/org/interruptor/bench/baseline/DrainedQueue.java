package org.interruptor.bench.baseline;

import java.util.ArrayDeque;

/**
 * Local interruptions in a {@link Channel}, which the vCPU drains into a deque of its own and searches there, since a channel
 * cannot be searched.
 */
final class DrainedQueue extends PaddedFields implements InterruptionQueue {
    private final Channel channel;

    /** The vCPU's own thread only. */
    private final ArrayDeque<Interruption> drained = new ArrayDeque<>();

    DrainedQueue(Channel channel) {
        this.channel = channel;
    }

    @Override
    public boolean offer(Interruption interruption) {
        return channel.offer(interruption);
    }

    private void drain() {
        Interruption interruption = channel.poll();
        while (interruption != null) {
            if (interruption.isUrgent()) {
                drained.addFirst(interruption);
            } else {
                drained.addLast(interruption);
            }
            interruption = channel.poll();
        }
    }

    @Override
    public Interruption take(long openGates) {
        drain();
        return LockedDeque.takeFirst(drained, openGates);
    }

    @Override
    public boolean isTakeable(long openGates) {
        drain();
        return LockedDeque.hasTakeable(drained, openGates);
    }

    @Override
    public boolean isEmpty() {
        return channel.isEmpty() && drained.isEmpty();
    }
}
