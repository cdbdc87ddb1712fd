package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A wait of a vCPU, from its beginning to its end: the duration is the guest's idle time. A wait that has not ended when the
 * recording does is not in it. The event's thread is the one that ended the wait, the vCPU's own.
 */
@Name(WaitEvent.NAME)
@Label("vCPU Wait")
@Description("A vCPU was in the enabled wait; the duration is the time from its beginning to its end")
@Category("Interruptor")
@Enabled(false)
@StackTrace(false)
public final class WaitEvent extends Event {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Wait";

    @Label("Machine")
    @Description("The number of the machine in its process, from 1")
    int machine;

    @Label("vCPU")
    @Description("The vCPU that waited")
    int vcpu;

    @Label("Outcome")
    @Description("Why it ended: ready, timer, disabled, kicked or closed")
    String outcome;

    /** Which wait of the vCPU it is: one that ends while waits are not wanted must not lend its beginning to a later one. */
    transient long number;

    WaitEvent() {}
}
