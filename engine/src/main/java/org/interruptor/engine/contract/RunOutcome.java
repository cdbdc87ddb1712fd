package org.interruptor.engine.contract;

/** Why the run loop of a vCPU returned, or the result of its non-blocking step. */
public enum RunOutcome {
    /** The machine is closed. */
    CLOSED,
    /** A delivery needs the lowcore, which is not in storage; {@code Vcpu.fault()} says more. */
    FAULT,
    /** The thread was interrupted; its interrupt status is kept. */
    INTERRUPTED,
    /** The embedder called {@code VcpuHandle.exit()}. */
    EXIT,
    /** Step only: call it again. */
    AGAIN,
    /** Step only: the vCPU waits. Call it again when {@code GuestCpu.goOn} is called or the deadline has passed. */
    WAITING,
    /** Step only: the CPU is stopped. Call it again when {@code GuestCpu.goOn} is called. */
    STOPPED,
    /** Step only: the machine is paused. Call it again when {@code GuestCpu.goOn} is called. */
    PAUSED
}
