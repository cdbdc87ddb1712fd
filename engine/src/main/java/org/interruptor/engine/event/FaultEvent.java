package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A delivery that could not go on because the lowcore does not lie in storage. The event's thread is the vCPU's own. */
@Name(FaultEvent.NAME)
@Label("Lowcore Fault")
@Description(
        "A delivery needed a lowcore that does not lie in storage: the guest cannot go on, the interruption stays queued")
@Category("Interruptor")
@Enabled(false)
@StackTrace(false)
public final class FaultEvent extends Event {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Fault";

    @Label("Machine")
    @Description("The number of the machine in its process, from 1")
    int machine;

    @Label("vCPU")
    @Description("The vCPU whose lowcore it is")
    int vcpu;

    @Label("Type")
    @Description("What was to be delivered, by its name in scenario files")
    String type;

    @Label("Prefix")
    @Description("Absolute address where the lowcore should be")
    @MemoryAddress
    long prefix;

    FaultEvent() {}
}
