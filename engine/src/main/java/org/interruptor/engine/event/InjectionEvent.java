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
 * An injection that was accepted. It begins before the interruption can be delivered, and lasts until the injector has told
 * whom it had to, which is long where it has to wake a parked thread. The event's thread is the one that injected.
 */
@Name(InjectionEvent.NAME)
@Label("Interruption Injected")
@Description("An interruption was accepted: for one vCPU, or a floating one that any vCPU of the machine may take")
@Category("Interruptor")
@Enabled(false)
@StackTrace(false)
public final class InjectionEvent extends Event {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Injection";

    /** What stands in {@code vcpu} for a floating interruption. */
    public static final int ANY_VCPU = -1;

    @Label("Machine")
    @Description("The number of the machine in its process, from 1")
    int machine;

    @Label("vCPU")
    @Description("The vCPU that it is for; -1: a floating one, for any")
    int vcpu;

    @Label("Type")
    @Description("What was injected, by its name in scenario files")
    String type;

    @Label("Parameter")
    @Description(
            "32 bits: external interruption parameter, program interruption code, prefix, sender, subsystem-identification"
                    + " word, subclass of an adapter, or external-damage code")
    @MemoryAddress
    long parameter;

    @Label("64-bit Parameter")
    @Description(
            "64 bits: external interruption parameter, token, interruption parameter and identification word of an I/O"
                    + " interruption, or machine-check interruption code")
    @MemoryAddress
    long parameter64;

    InjectionEvent() {}
}
