package org.interruptor.tools.guest.diagnose;

import org.interruptor.tools.guest.cpu.Cpu;

/** Resets of the whole machine. Threads: the asking CPU's. */
public interface SystemReset {
    /**
     * Resets all CPUs; then the one that asks goes on with the short PSW at absolute 0. Returns before that.
     *
     * @param cpu who asks; it leaves guest code behind the instruction.
     * @param isClear a clear reset; else a CPU reset, which leaves registers alone.
     */
    void resetAndLoad(Cpu cpu, boolean isClear);

    /**
     * Resets all CPUs and loads the guest again, as at the beginning; then the CPU that asks starts it. Returns before that.
     *
     * @param cpu who asks; it leaves guest code behind the instruction.
     * @param isClear a clear reset, which also sets storage and its keys to zero; else an initial CPU reset, which leaves alone what
     *     the guest does not load.
     */
    void reload(Cpu cpu, boolean isClear);
}
