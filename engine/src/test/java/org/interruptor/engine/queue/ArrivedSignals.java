package org.interruptor.engine.queue;

/** For tests at the limit of emergency signals. */
public final class ArrivedSignals {
    private ArrivedSignals() {}

    /** As if so many emergency signals had been accepted since the start. */
    public static void set(Arrivals arrivals, long count) {
        arrivals.announceEmergencies(count - arrivals.emergencies());
    }
}
