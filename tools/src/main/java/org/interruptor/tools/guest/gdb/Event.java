package org.interruptor.tools.guest.gdb;

/** What a {@link Session} waits for. */
sealed interface Event {
    /** A packet came. */
    record Packet(String payload) implements Event {}

    /** GDB interrupts the guest. */
    record Interrupt() implements Event {}

    /** A CPU has stopped in front of an instruction. */
    record Hit(int cpu, long address, boolean isBreakpoint) implements Event {}

    /** GDB is gone. */
    record Gone() implements Event {}

    /** The guest has ended. */
    record Ended(int status) implements Event {}
}
