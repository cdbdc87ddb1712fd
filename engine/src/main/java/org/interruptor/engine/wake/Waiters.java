package org.interruptor.engine.wake;

import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.padding.Padded;

/**
 * Which vCPUs are in the wait, and which of them have a floating gate open there: where an injector looks for somebody to wake.
 *
 * <pre>
 *  candidates for a floating interruption behind gate g:   openInWait[g], and of more than two marked vCPUs those that are idle
 * </pre>
 *
 * <p>Both are hints where to look, never proof of anything: the claim of the wait word decides. So an injection costs the same
 * however many vCPUs wait with the gate closed. Bits of {@code openInWait} are set before the idle bit and may be cleared late;
 * a stale one costs a claim that fails. An injector may read the two in either order: a vCPU whose bit it does not see sets that bit,
 * and then looks at the holder, behind the injector's fence.
 *
 * <p>Threads: each vCPU sets and clears its own bits; the reads any. Ordering: changes and reads are volatile.
 */
public final class Waiters extends Padded {
    private final int gates;
    private final VcpuSet idle;
    private final VcpuSet[] openInWait;

    /**
     * Nobody waits.
     *
     * @param gates behind which floating interruptions can wait.
     */
    public Waiters(int vcpus, int gates) {
        this.gates = gates;
        idle = new VcpuSet(vcpus);
        openInWait = new VcpuSet[Gate.values().length];
        for (int left = gates; left != 0; left &= left - 1) {
            openInWait[Integer.numberOfTrailingZeros(left)] = new VcpuSet(vcpus);
        }
    }

    /** The gates behind which floating interruptions can wait. */
    int gates() {
        return gates;
    }

    /** The vCPUs in the wait. */
    public VcpuSet idle() {
        return idle;
    }

    /** The vCPUs that may have a gate open in a wait. */
    VcpuSet openInWait(Gate gate) {
        return openInWait[gate.ordinal()];
    }

    /**
     * Marks gates as open in the wait of a vCPU. Threads: its own, before its idle bit is set.
     *
     * @param gates that are not marked yet.
     */
    void mark(int vcpu, int gates) {
        for (int left = gates; left != 0; left &= left - 1) {
            openInWait[Integer.numberOfTrailingZeros(left)].add(vcpu);
        }
    }

    /** Takes the marks back. Threads: the vCPU's own. */
    void unmark(int vcpu, int gates) {
        for (int left = gates; left != 0; left &= left - 1) {
            openInWait[Integer.numberOfTrailingZeros(left)].remove(vcpu);
        }
    }
}
