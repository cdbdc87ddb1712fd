package org.interruptor.engine.contract;

/**
 * The answer to an injection. Checked in this order: invalid, closed, full ({@code interruptions.md}, section 10); a
 * refused injection has had no effect.
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
    /** Architecture rules: one of its kind is pending already, and this one is part of it. */
    COALESCED,
    /** Architecture rules: another order or external call is in progress at the CPU. No effect; retry later. */
    BUSY,
    /** Architecture rules: an adapter interruption that its suppression mode holds back. */
    SUPPRESSED,
    /** Architecture rules: the route is masked; its indicators are set and nothing is injected. */
    MASKED
}
