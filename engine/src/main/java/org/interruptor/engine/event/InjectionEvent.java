package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
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
public final class InjectionEvent extends InterruptionEvent {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Injection";

    /** What stands in {@code vcpu} for a floating interruption. */
    public static final int ANY_VCPU = -1;

    InjectionEvent() {}
}
