package org.interruptor.engine.gate;

/**
 * The bits of a vCPU's {@code cpuflags}, 32 bits, as {@code Vcpu.flags()} assembles them ({@code interruptions.md},
 * section 1). There is no shared word behind them: each bit is computed from the words of its one kind of writer.
 */
public final class CpuFlags {
    /** The vCPU is in the enabled wait. */
    public static final int WAIT = 0x1000_0000;
    /** An external call is pending; never set as long as the engine has no external call. */
    public static final int ECALL = 0x0800_0000;
    /** A stop was delivered by the last delivery. */
    public static final int STOP = 0x0400_0000;
    /** An I/O interruption is pending; never set as long as the engine has no I/O interruptions. */
    public static final int IO = 0x0200_0000;
    /** An external interruption came since the last delivery, or was passed over by it because of the PSW. */
    public static final int EXT = 0x0100_0000;

    private CpuFlags() {}
}
