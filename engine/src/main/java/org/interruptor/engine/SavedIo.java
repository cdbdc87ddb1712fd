package org.interruptor.engine;

/**
 * The entry of one subchannel in its ring in a {@link SavedMachine}.
 *
 * @param subsystemId subsystem-identification word.
 * @param payload interruption parameter in the upper half, identification word in the lower one.
 * @param isWithdrawn whether it was taken back: its entry keeps its place in the order for the next injection.
 */
record SavedIo(int subsystemId, long payload, boolean isWithdrawn) {}
