package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
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

    /** What a step that answered PAUSED has to be told by; null if there is none. */
    private final AtomicReference<Runnable> onResume = new AtomicReference<>();

    PauseGate(VcpuHandle handle, Pauses pauses) {
        this.handle = handle;
        this.pauses = pauses;
    }

    void enter() {
        INSIDE.setRelease(this, true);
        VarHandle.fullFence(); // in front of the look at the pauses; partner: the addition in Pauses.begin
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

    /** Whether the vCPU stays where it is: paused, and neither closed nor asked to return. */
    boolean isHeld() {
        return pauses.isPaused() && !isToReturn();
    }

    /**
     * Has a callback called at the resume, once.
     *
     * @return false if the machine is not paused any more: there is no callback then.
     */
    boolean callAtResume(Runnable callback) {
        onResume.set(callback); // volatile; partner: Pauses.end, which counts down and then looks here
        return isHeld() || onResume.getAndSet(null) == null;
    }

    /** Whether the run loop has to return although the machine is paused. */
    private boolean isToReturn() {
        return handle.machine().isClosed() || handle.arrivals().mailbox().has(Mailbox.EXIT);
    }

    /** The run loop has to look again, also while the machine is paused. The caller has published why. */
    void wakeUp() {
        Thread thread = parked;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
        Runnable callback = onResume.get() == null ? null : onResume.getAndSet(null);
        if (callback != null) {
            handle.machine().tell().wokenUp(callback);
        }
    }

    /** Blocks while the machine is paused; an interrupt, an exit or a close ends it. */
    void awaitResume() {
        if (!pauses.isPaused()) {
            return;
        }
        parked = Thread.currentThread();
        while (isHeld() && !Thread.currentThread().isInterrupted()) {
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
        wakeUp();
        handle.announce(Mailbox.PAUSE);
    }
}
