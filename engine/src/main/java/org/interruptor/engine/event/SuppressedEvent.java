package org.interruptor.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
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
public final class SuppressedEvent extends InterruptionEvent {
    /** The name by which recordings know it. */
    public static final String NAME = "org.interruptor.Suppressed";

    SuppressedEvent() {}
}
