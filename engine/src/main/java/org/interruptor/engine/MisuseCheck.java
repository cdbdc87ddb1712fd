package org.interruptor.engine;

import org.interruptor.engine.gate.Registers;

/**
 * The checked mode of one vCPU ({@link MachineBuilder#checked}): reports what would otherwise be silently wrong. Each report is an
 * {@link IllegalStateException} that says what to do instead.
 *
 * <ul>
 *   <li>A vCPU that is used on a thread that has not bound it.
 *   <li>Registers that change while the vCPU is in a callback wait.
 *   <li>A PSW mask or control register that is set past {@link Vcpu#loadPsw} and {@link Vcpu#loadControl} before guest code goes
 *       on, without a delivery in between: an interruption whose gate it opened would come late.
 * </ul>
 *
 * <p>Threads: the vCPU's own.
 */
final class MisuseCheck {
    private final VcpuHandle handle;
    private final Registers registers;

    /** The open gates as the engine knows them. */
    private int knownGates;

    private long waitRegisters;

    MisuseCheck(VcpuHandle handle, Registers registers) {
        this.handle = handle;
        this.registers = registers;
        knownGates = -1;
    }

    /** A method of the vCPU's own thread is called. */
    void thread() {
        Thread bound = handle.boundThread();
        if (bound != Thread.currentThread()) {
            String to = bound == null ? "not bound" : "bound to thread '" + bound.getName() + "'";
            throw new IllegalStateException("vCPU " + handle.id() + " is " + to + ", called by '"
                    + Thread.currentThread().getName()
                    + "': call it on its own thread, or unbind() it there and bind() it here");
        }
    }

    /** A pass looks at everything, whatever was set before. */
    void passBegins() {
        knownGates = -1;
    }

    /** The guest loads a PSW or a control register. */
    void load(boolean isInWait) {
        thread();
        if (isInWait) {
            throw new IllegalStateException("vCPU " + handle.id()
                    + " is in the wait: its registers must not change before endWait() has ended it");
        }
        guestGoesOn();
    }

    /** It was loaded, and what it meets is the answer. */
    void pswLoaded() {
        knownGates = registers.openGates();
    }

    /** Guest code goes on. */
    void guestGoesOn() {
        int gates = registers.openGates();
        if (knownGates != -1 && (gates & ~knownGates) != 0) {
            knownGates = gates;
            throw new IllegalStateException("vCPU " + handle.id()
                    + ": registers() opened a gate and guest code goes on: use loadPsw() or loadControl(), or call"
                    + " deliverPending() first");
        }
        knownGates = gates;
    }

    void waitBegun() {
        waitRegisters = fingerprint();
    }

    void waitGoesOn() {
        if (fingerprint() != waitRegisters) {
            throw new IllegalStateException(
                    "vCPU " + handle.id() + ": registers changed in the wait: end it first, by kick() and endWait()");
        }
    }

    private long fingerprint() {
        long print = registers.pswMask();
        print = print * 31 + registers.pswAddress();
        for (int i = 0; i < 16; i++) {
            print = print * 31 + registers.control(i);
        }
        print = print * 31 + registers.prefix();
        print = print * 31 + registers.clockComparator();
        return print * 31 + registers.epoch();
    }
}
