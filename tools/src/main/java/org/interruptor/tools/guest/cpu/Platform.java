package org.interruptor.tools.guest.cpu;

import org.interruptor.tools.guest.channel.ChannelSubsystem;

/**
 * What instructions ask of the machine around their CPU. Each answers with a condition code, 0 to 3.
 *
 * <p>Threads: each CPU's own, many at once.
 */
public interface Platform {
    /**
     * SIGNAL PROCESSOR.
     *
     * @param cpu who signals.
     * @param order the order code, 8 bits.
     * @param address the CPU address, 16 bits.
     * @param statusRegister the general register whose low half takes the status.
     * @param parameter 64 bits.
     * @return the condition code.
     */
    int signalProcessor(Cpu cpu, int order, int address, int statusRegister, long parameter);

    /**
     * SERVICE CALL.
     *
     * @param cpu who calls.
     * @param command the command word.
     * @param sccb real address of the control block.
     * @return the condition code.
     */
    int serviceCall(Cpu cpu, int command, long sccb);

    /**
     * DIAGNOSE.
     *
     * @param cpu who asks.
     * @param code what for, 16 bits.
     * @param r1 a general register.
     * @param r3 a general register.
     * @return the condition code.
     * @throws ProgramException SPECIFICATION for a code that means nothing here.
     */
    int diagnose(Cpu cpu, int code, int r1, int r3);

    /**
     * What the machine says about itself.
     *
     * @return the same at each call.
     */
    MachineIdentity identity();

    /**
     * The locks of 16-byte operands.
     *
     * @return those of the machine.
     */
    WideLocks wideLocks();

    /**
     * Sets the TOD clock of all CPUs, and has them look at their clock comparators.
     *
     * @param value TOD value, 64 bits, unsigned.
     */
    void setClock(long value);

    /**
     * The channel subsystem, for the I/O instructions.
     *
     * @return the subsystem.
     */
    ChannelSubsystem channels();

    /**
     * The guest cannot go on: it asks for what is of the architecture but not of this machine. The CPU leaves guest code for
     * good.
     *
     * @param cpu which.
     * @param why half a sentence.
     */
    void cannotGoOn(Cpu cpu, String why);
}
