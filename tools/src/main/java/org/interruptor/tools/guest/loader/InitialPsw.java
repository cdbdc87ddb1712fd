package org.interruptor.tools.guest.loader;

/**
 * The PSW with which the first CPU starts.
 *
 * @param mask first doubleword.
 * @param address second doubleword.
 */
public record InitialPsw(long mask, long address) {}
