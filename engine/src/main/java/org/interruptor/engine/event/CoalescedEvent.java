package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * An injection that became part of a pending interruption of its class, so that there is no delivery for it alone. Its time is that of
 * the answer. The event's thread is the one that injected.
 */
@Name(CoalescedEvent.NAME)
@Label("Interruption Coalesced")
@Description("An injection became part of an interruption that was pending: there is no delivery for it alone")
@Category("Interruptor")
@Enabled(false)
@StackTrace(false)
public final class CoalescedEvent extends Event {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Coalesced";

    @Label("Machine")
    @Description("The number of the machine in its process, from 1")
    int machine;

    @Label("vCPU")
    @Description("The vCPU that it was for; -1: a floating one, for any")
    int vcpu;

    @Label("Type")
    @Description("What was injected, by its name in scenario files")
    String type;

    @Label("Parameter")
    @Description("32 bits, as of this injection")
    @MemoryAddress
    long parameter;

    @Label("64-bit Parameter")
    @Description("64 bits, as of this injection")
    @MemoryAddress
    long parameter64;

    CoalescedEvent() {}
}
