package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An interruption that a vCPU took: PSW and lowcore are as the guest will see them. The event's thread is the vCPU's own. */
@Name(DeliveryEvent.NAME)
@Label("Interruption Delivered")
@Description("A vCPU took an interruption: the codes are in its lowcore, the new PSW is loaded")
@Category("Interruptor")
@Enabled(false)
@StackTrace(false)
public final class DeliveryEvent extends InterruptionEvent {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Delivery";

    DeliveryEvent() {}
}
