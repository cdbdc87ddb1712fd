package org.interruptor.bench.baseline;

/** Floating interruptions in a {@link Channel}: all have one gate, so the head may be taken if any may. */
final class SharedQueue implements InterruptionQueue {
    private final Channel channel;
    private final long gate;

    SharedQueue(Channel channel, long gate) {
        this.channel = channel;
        this.gate = gate;
    }

    @Override
    public boolean offer(Interruption interruption) {
        return channel.offer(interruption);
    }

    @Override
    public Interruption take(long openGates) {
        return (gate & ~openGates) == 0 ? channel.poll() : null;
    }

    @Override
    public boolean isTakeable(long openGates) {
        return (gate & ~openGates) == 0 && !channel.isEmpty();
    }

    @Override
    public boolean isEmpty() {
        return channel.isEmpty();
    }
}
