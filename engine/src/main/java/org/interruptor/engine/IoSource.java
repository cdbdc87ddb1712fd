package org.interruptor.engine;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.ParameterSource;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.Subchannel;

/**
 * The I/O interruption source of one subchannel: at most one interruption is pending, as in the architecture. Made by {@link
 * Machine#subchannel}.
 *
 * <p>Threads: any. Nothing blocks or allocates.
 */
public final class IoSource implements ParameterSource {
    private final Machine machine;
    private final Subchannel subchannel;

    /** What {@link #trigger} injects: parameter above, identification word below. */
    private volatile long configured;

    IoSource(Machine machine, Subchannel subchannel) {
        this.machine = machine;
        this.subchannel = subchannel;
    }

    /**
     * Says what {@link #trigger} injects: what MODIFY SUBCHANNEL sets. The channel subsystem calls it, so that the device need not know.
     *
     * @param parameter interruption parameter, 32 bits; at first 0.
     * @param word I/O-interruption-identification word, 32 bits, as for {@link #inject}; at first 0, which is subclass 0.
     */
    public void configure(int parameter, int word) {
        configured = (long) parameter << Integer.SIZE | Integer.toUnsignedLong(word);
    }

    @Override
    public InjectResult trigger() {
        long now = configured;
        return inject((int) (now >>> Integer.SIZE), (int) now);
    }

    @Override
    public InjectResult trigger(int parameter) {
        return inject(parameter, (int) configured);
    }

    /** False: a ring of subchannels is never full for long. */
    @Override
    public boolean whenSpace(Runnable callback) {
        return false;
    }

    /**
     * Makes the interruption pending, or replaces parameter and word of the pending one.
     *
     * @param parameter interruption parameter, 32 bits.
     * @param word I/O-interruption-identification word, 32 bits; the subclass is in bits 0x38000000, 0x80000000 is INVALID.
     * @return ACCEPTED, COALESCED, INVALID, also for another subclass while an interruption is pending, FULL or CLOSED.
     */
    public InjectResult inject(int parameter, int word) {
        return machine.injectIo(subchannel, parameter, word);
    }

    /**
     * Takes the pending interruption back, for TEST SUBCHANNEL and CLEAR SUBCHANNEL: it is delivered or withdrawn, never both.
     *
     * @return false if none is pending, or it is taken already.
     */
    public boolean withdraw() {
        boolean isWithdrawn = subchannel.withdraw();
        if (isWithdrawn) {
            machine.counters().addFloating(Counters.WITHDRAWN, 1);
        }
        return isWithdrawn;
    }

    /** Makes a saved interruption pending. Threads: one, while no other uses the machine. */
    void restore(Floating floating, SavedIo saved) {
        floating.putIo(subchannel, saved.payload(), saved.isWithdrawn());
    }

    /**
     * Whether an interruption is pending.
     *
     * @return a hint: it may be taken meanwhile.
     */
    public boolean isPending() {
        return subchannel.isPending();
    }

    /**
     * The subsystem-identification word.
     *
     * @return 32 bits.
     */
    public int subsystemId() {
        return subchannel.subsystemId();
    }
}
