package org.interruptor.tools.guest.gdb;

import org.interruptor.engine.Machine;
import org.interruptor.tools.guest.cpu.Cpu;

/** The machine that GDB looks at. Threads: the session's; CPUs are touched only while they are paused. */
public interface DebuggedGuest {
    /**
     * The engine's machine, which is paused and resumed.
     *
     * @return the machine; its storage is the guest's.
     */
    Machine machine();

    /**
     * A CPU.
     *
     * @param number 0 to the number of vCPUs less 1.
     * @return its registers.
     */
    Cpu cpu(int number);

    /**
     * What a CPU does, for the list of threads.
     *
     * @param number 0 to the number of vCPUs less 1.
     * @return a word or two.
     */
    String describe(int number);

    /** Ends the guest, because GDB kills it. */
    void endByOperator();
}
