package org.interruptor.engine.queue;

import java.util.concurrent.atomic.AtomicReference;
import org.interruptor.engine.contract.InjectResult;

/**
 * The PSW that a stopped CPU has to load and start with: two words that have no room beside the order in {@link CpuState}.
 *
 * <pre>
 *  any thread:  slot: null -> PSW (compare-and-set); state word: stopped, no order -> LOAD_PSW (compare-and-set), else slot -> null
 *  vCPU's own:  reads the slot; state word: LOAD_PSW -> operating (compare-and-set); slot -> null; load
 *  check stop:  state word: LOAD_PSW -> no order (compare-and-set, the vCPU's own); slot -> null
 *  a reset:     state word: LOAD_PSW -> reset (compare-and-set); slot -> null
 * </pre>
 *
 * <p>Only who has set the slot accepts the order, and only the one whose compare-and-set takes the order out of the state word empties it.
 * So the slot holds the order's PSW while the order is in progress.
 *
 * <p>Threads: any.
 */
public final class PswLoad {
    private final CpuState state;
    private final AtomicReference<Psw> slot = new AtomicReference<>();

    /**
     * What is loaded.
     *
     * @param mask 64 bits.
     * @param address 64 bits.
     */
    public record Psw(long mask, long address) {}

    PswLoad(CpuState state) {
        this.state = state;
    }

    /** Accepts the order: ACCEPTED, BUSY, or INVALID if the CPU is not stopped. The caller announces it. */
    public InjectResult accept(long mask, long address) {
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
                clear();
                return isStopped ? InjectResult.BUSY : InjectResult.INVALID;
            }
            if (state.accept(word, CpuState.LOAD_PSW, 0)) {
                return InjectResult.ACCEPTED;
            }
        }
    }

    /**
     * Takes the order that was seen in a word; the CPU operates then. Threads: the vCPU's own.
     *
     * @return the PSW; null, with no effect, if a reset has cancelled the order or the CPU was started meanwhile.
     */
    public Psw take(long word) {
        Psw psw = slot.get();
        return state.take(word, CpuState.OPERATING) ? psw : null;
    }

    /** The PSW of the order, which was seen in a state word; of that order only if the word is still the same behind this. */
    public Psw seen() {
        return slot.get();
    }

    /** Restores the PSW of a saved order, or none. Threads: one, while no other uses the machine. */
    public void restore(Psw psw) {
        slot.set(psw);
    }

    /** By the one that owns the slot. */
    void clear() {
        slot.set(null);
    }
}
