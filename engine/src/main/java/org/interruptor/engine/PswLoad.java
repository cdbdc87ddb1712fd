package org.interruptor.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.queue.CpuState;

/**
 * The PSW that a stopped CPU has to load and start with: two words that have no room beside the order in {@link CpuState}.
 *
 * <pre>
 *  any thread:  slot: null -> PSW (compare-and-set); state word: stopped, no order -> LOAD_PSW (compare-and-set), else slot -> null
 *  vCPU's own:  state word: LOAD_PSW -> operating (compare-and-set); slot -> null; load
 * </pre>
 *
 * <p>Only who has set the slot accepts the order, so the slot holds the order's PSW while the order is in progress. A reset clears it before
 * it ends; no order is accepted until then.
 *
 * <p>Threads: {@link #accept} any, the rest the vCPU's own.
 */
final class PswLoad {
    private final CpuState state;
    private final AtomicReference<Psw> slot = new AtomicReference<>();

    /** What is loaded. */
    record Psw(long mask, long address) {}

    PswLoad(CpuState state) {
        this.state = state;
    }

    /** Accepts the order: ACCEPTED, BUSY, or INVALID if the CPU is not stopped. The caller announces it. */
    InjectResult accept(long mask, long address) {
        if (CpuState.stateIn(state.word()) != CpuState.STOPPED) {
            return InjectResult.INVALID;
        }
        Psw psw = new Psw(mask, address);
        if (!slot.compareAndSet(null, psw)) {
            return InjectResult.BUSY;
        }
        while (true) {
            long word = state.word();
            boolean isStopped = CpuState.stateIn(word) == CpuState.STOPPED;
            if (!isStopped || CpuState.isBusy(word)) {
                slot.compareAndSet(psw, null);
                return isStopped ? InjectResult.BUSY : InjectResult.INVALID;
            }
            if (state.accept(word, CpuState.LOAD_PSW, 0)) {
                return InjectResult.ACCEPTED;
            }
        }
    }

    Psw psw() {
        return slot.get();
    }

    void clear() {
        slot.set(null);
    }
}
