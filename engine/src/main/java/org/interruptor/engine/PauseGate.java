package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.queue.Mailbox;

/**
 * Where one vCPU stands while its machine is paused.
 *
 * <pre>
 *  vCPU:    inside = 1; full fence; look at the pauses     pauser:  pauses++; full fence; call out; look at inside
 *  paused:  inside = 0; wake the pauser; park              resume:  pauses--; wake all
 * </pre>
 *
 * <p>A vCPU that is not inside {@link Vcpu#run} or {@link Vcpu#step} is at rest. Either the vCPU sees the pause or the pauser sees it
 * inside: both have a full fence between their store and their load.
 *
 * <p>Threads: {@link #enter}, {@link #leave} and {@link #awaitResume} the vCPU's own, the rest the pauser's.
 */
final class PauseGate {
    private static final VarHandle INSIDE;

    static {
        try {
            INSIDE = MethodHandles.lookup().findVarHandle(PauseGate.class, "inside", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final VcpuHandle handle;
    private final Pauses pauses;

    @SuppressWarnings("unused")
    private boolean inside;

    private volatile Thread parked;

    PauseGate(VcpuHandle handle, Pauses pauses) {
        this.handle = handle;
        this.pauses = pauses;
    }

    void enter() {
        INSIDE.setVolatile(this, true); // a full fence is behind it; partner: Pauses.begin
        VarHandle.fullFence();
    }

    void leave() {
        INSIDE.setVolatile(this, false);
        if (pauses.isPaused()) {
            pauses.vcpuRests();
        }
    }

    boolean isPaused() {
        return pauses.isPaused();
    }

    /** Blocks while the machine is paused; an interrupt or a close ends it. */
    void awaitResume() {
        if (!pauses.isPaused()) {
            return;
        }
        parked = Thread.currentThread();
        while (pauses.isPaused()
                && !handle.machine().isClosed()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.park(this);
        }
        parked = null;
    }

    boolean isAtRest() {
        return !(boolean) INSIDE.getVolatile(this);
    }

    /** Calls the vCPU out of guest code or its wait. */
    void callOut() {
        handle.announce(Mailbox.PAUSE);
    }

    /** The machine goes on: a parked thread and a scheduler are told. */
    void resumed() {
        Thread thread = parked;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
        handle.announce(Mailbox.PAUSE);
    }
}
