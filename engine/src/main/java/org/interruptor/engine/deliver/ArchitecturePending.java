package org.interruptor.engine.deliver;

import org.interruptor.engine.contract.ProgramInterruption;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.LocalPending;

/**
 * What is pending for one vCPU alone under architecture rules, as a wait asks for it: conditions, program interruptions, orders.
 *
 * <p>Threads: the vCPU's own. Ordering: volatile reads.
 */
public final class ArchitecturePending implements LocalPending {
    private final LocalConditions conditions;
    private final LocalBacklog local;
    private final ProgramInterruption program;
    private final CpuState state;

    /** The pending interruptions of one vCPU. */
    public ArchitecturePending(
            LocalConditions conditions, LocalBacklog local, ProgramInterruption program, CpuState state) {
        this.conditions = conditions;
        this.local = local;
        this.program = program;
        this.state = state;
    }

    @Override
    public boolean isTakeable(int openGates) {
        local.refresh();
        long word = state.word();
        int orders = CpuState.isBusy(word) && isCarriedOut(word) ? Gate.ORDER.bit() : 0;
        int pending =
                conditions.pendingGates() | (program.isRaised() || !local.isEmpty() ? Gate.PROGRAM.bit() : 0) | orders;
        return (pending & openGates) != 0;
    }

    /** A CPU in the load state takes no interruption: set prefix, restart and stop wait until it leaves it. */
    private static boolean isCarriedOut(long word) {
        return CpuState.stateIn(word) != CpuState.LOAD || CpuState.isForRunLoop(word);
    }
}
