package org.interruptor.tools.model;

/**
 * One interruption, queued or delivered. The parameter is the program interruption code, the new prefix, or the external
 * interruption parameter; types that carry nothing ignore both.
 *
 * @param parm 32 bits, unsigned
 * @param parm64 64 bits, for virtio only
 */
record Interruption(InterruptionType type, long parm, long parm64) {}
