package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
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
public final class CoalescedEvent extends InterruptionEvent {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Coalesced";

    CoalescedEvent() {}
}
