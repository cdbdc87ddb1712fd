package org.interruptor.engine.contract;

/**
 * The result of an injection. The engine checks in this order: invalid, closed, full ({@code interruptions.md}, section 10). A
 * refused injection has no effect.
 */
public enum InjectResult {
    /** Queued; it will be delivered once, unless a CPU reset or closing discards it. */
    ACCEPTED,
    /** The target does not take this type, or a program interruption code is above 0xffff. Do not retry. */
    INVALID,
    /** The queue is full. Retry after a vCPU has delivered, or drop the request: the injector decides. */
    FULL,
    /** The machine is closed. Do not retry. */
    CLOSED,
    /** Architecture rules: one of the same kind is pending already; this one has become part of it. Nothing to do. */
    COALESCED,
    /** Architecture rules: another order or external call is in progress at the CPU. No effect; retry later. */
    BUSY,
    /** Architecture rules: the suppression mode of the adapter interruption holds it back. Nothing to do. */
    SUPPRESSED,
    /** Architecture rules: the route is masked; its indicators are set and nothing is injected. */
    MASKED
}
