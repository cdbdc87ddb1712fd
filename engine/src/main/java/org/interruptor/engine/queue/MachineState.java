package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.padding.Padded;

/**
 * Whether a machine is closed.
 *
 * <p>Threads: any. Ordering: volatile; closing has a full fence behind it, before the vCPUs are called out: the partner of the
 * fence of a wait between opening and looking.
 */
public final class MachineState extends Padded {
    private volatile boolean closed;

    /** From now on the machine is closed. */
    public void close() {
        closed = true;
        VarHandle.fullFence();
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }
}
