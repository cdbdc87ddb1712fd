package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An interruption that a vCPU took: PSW and lowcore are as the guest will see them. The event's thread is the vCPU's own. */
@Name(DeliveryEvent.NAME)
@Label("Interruption Delivered")
@Description("A vCPU took an interruption: the codes are in its lowcore, the new PSW is loaded")
@Category("Interruptor")
@Enabled(false)
@StackTrace(false)
public final class DeliveryEvent extends Event {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Delivery";

    @Label("Machine")
    @Description("The number of the machine in its process, from 1")
    int machine;

    @Label("vCPU")
    @Description("The vCPU that took it")
    int vcpu;

    @Label("Type")
    @Description("What was delivered, by its name in scenario files")
    String type;

    @Label("Parameter")
    @Description("32 bits, as of the injection")
    @MemoryAddress
    long parameter;

    @Label("64-bit Parameter")
    @Description("64 bits, as of the injection; of a machine check the code as it was stored")
    @MemoryAddress
    long parameter64;

    DeliveryEvent() {}
}
