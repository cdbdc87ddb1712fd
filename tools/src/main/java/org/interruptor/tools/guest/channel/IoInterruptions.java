package org.interruptor.tools.guest.channel;

/**
 * What the channel subsystem asks of those who deliver I/O interruptions: one source for each subchannel, one route for each
 * queue of a device with adapter interruptions, and the end of TEST PENDING INTERRUPTION.
 *
 * <p>None of the methods blocks. Source: Principles of Operation, chapter I/O Interruptions.
 *
 * <p>Threads: any.
 */
public interface IoInterruptions {
    /** The interruptions of a subchannel. At most one is pending. */
    interface Source {
        /**
         * Makes an interruption pending, or replaces the words of the one that is.
         *
         * @param parameter interruption parameter, 32 bits.
         * @param word interruption-identification word, the subclass in bits 0x38000000.
         */
        void inject(int parameter, int word);

        /**
         * Takes the pending interruption back.
         *
         * @return whether there was one that no CPU has taken; it never will be.
         */
        boolean withdraw();
    }

    /** The way from a queue of a device to its indicators and the adapter interruption. */
    interface AdapterRoute {
        /** Sets the indicator, then the summary indicator; injects unless the latter was set. */
        void trigger();
    }

    /**
     * Makes the source of a subchannel, once.
     *
     * @param subsystemId subsystem-identification word.
     * @return its source.
     */
    Source subchannel(int subsystemId);

    /**
     * Makes a route.
     *
     * @param indicatorAddress absolute address of a byte.
     * @param indicatorMask the bits to set there.
     * @param summaryAddress absolute address of a byte.
     * @param summaryMask the bits to set there.
     * @param subclass 0 to 7.
     * @param suppressible whether the guest may suppress it.
     * @return the route.
     * @throws IllegalArgumentException if an address is outside storage.
     */
    AdapterRoute adapterRoute(
            long indicatorAddress,
            int indicatorMask,
            long summaryAddress,
            int summaryMask,
            int subclass,
            boolean suppressible);

    /**
     * Takes a pending interruption of the lowest-numbered subclass in a mask, without a PSW swap.
     *
     * @param cpu the number of the CPU that asks, on whose own thread this is.
     * @param subclassMask 0x80000000 for subclass 0, and so on.
     * @param result gets what was taken.
     * @return whether something was.
     */
    boolean take(int cpu, int subclassMask, IoInterruption result);

    /** Makes a machine check pending: a channel report can be stored. */
    void channelReport();
}
