package org.interruptor.tools.guest.sigp;

import java.util.Arrays;

/**
 * What each CPU does, and the order that is under way for it: the one place where SIGNAL PROCESSOR, the CPUs themselves and the
 * end of the guest agree.
 *
 * <p>The guest has ended when no CPU operates and no order is under way that could change that. An order is entered here
 * before it is sent, by a CPU that operates, so there is no moment at which the guest only seems to have ended.
 *
 * <p>Threads: any. A lock; nothing is called under it but {@code onEnd}.
 */
public final class CpuStates {
    /** What became of the wish to give an order. */
    enum Begun {
        /** It is under way: the caller sends it, and the CPU completes it. */
        BEGUN,
        /** Another one is under way. */
        BUSY,
        /** The CPU does not do what the order needs. */
        INCORRECT_STATE
    }

    private final CpuState[] states;
    private final SigpOrder[] orders;
    private final int[] parameters;
    private final Runnable onEnd;

    /**
     * All CPUs stopped.
     *
     * @param cpus how many.
     * @param onEnd is called when the guest has ended; it must not block.
     */
    public CpuStates(int cpus, Runnable onEnd) {
        states = new CpuState[cpus];
        Arrays.fill(states, CpuState.STOPPED);
        orders = new SigpOrder[cpus];
        parameters = new int[cpus];
        this.onEnd = onEnd;
    }

    /**
     * What a CPU does.
     *
     * @param cpu its number.
     * @return its state.
     */
    public synchronized CpuState state(int cpu) {
        return states[cpu];
    }

    /**
     * The operator starts a CPU, before the guest runs.
     *
     * @param cpu its number.
     */
    public synchronized void operate(int cpu) {
        states[cpu] = CpuState.OPERATING;
    }

    /**
     * A CPU has come into a disabled wait.
     *
     * @param cpu its number.
     * @return false if an order is under way for it: it goes on to that.
     */
    public synchronized boolean halt(int cpu) {
        if (orders[cpu] != null) {
            return false;
        }
        states[cpu] = CpuState.DISABLED_WAIT;
        checkEnd();
        return true;
    }

    synchronized SigpOrder order(int cpu) {
        return orders[cpu];
    }

    /** What the order under way came with. */
    synchronized int parameter(int cpu) {
        return parameters[cpu];
    }

    synchronized Begun begin(int cpu, SigpOrder order, boolean onlyIfStopped, int parameter) {
        if (orders[cpu] != null) {
            return Begun.BUSY;
        }
        if (onlyIfStopped && states[cpu] != CpuState.STOPPED) {
            return Begun.INCORRECT_STATE;
        }
        orders[cpu] = order;
        parameters[cpu] = parameter;
        return Begun.BEGUN;
    }

    /** The order under way was carried out, or could not be sent; the CPU does {@code state} now. */
    synchronized void complete(int cpu, CpuState state) {
        orders[cpu] = null;
        states[cpu] = state;
        checkEnd();
    }

    private void checkEnd() {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == CpuState.OPERATING || orders[i] != null) {
                return;
            }
        }
        onEnd.run();
    }
}
