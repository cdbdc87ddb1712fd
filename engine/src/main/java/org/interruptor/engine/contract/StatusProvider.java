package org.interruptor.engine.contract;

/**
 * Who stores the registers that the engine does not have: for a machine check, and for the store-status orders of SIGNAL PROCESSOR.
 *
 * <p>Threads: the vCPU's own.
 */
@FunctionalInterface
public interface StatusProvider {
    /**
     * Stores the registers.
     *
     * @param area where; zeros until something is stored.
     * @return the groups that were stored: bits of {@link StatusArea}, each of which sets a validity bit of a machine check.
     */
    int storeStatus(StatusArea area);
}
