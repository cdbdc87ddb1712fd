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
 * An adapter interruption that the suppression mode of its subclass dropped: nothing is pending for it. Its time is that of the answer.
 * The event's thread is the one that injected.
 */
@Name(SuppressedEvent.NAME)
@Label("Adapter Interruption Suppressed")
@Description("An adapter interruption was dropped: its subclass is in mode single and has had one")
@Category("Interruptor")
@Enabled(false)
@StackTrace(false)
public final class SuppressedEvent extends Event {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Suppressed";

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

    SuppressedEvent() {}
}
