package org.interruptor.engine.gate;

import java.util.Arrays;
import org.interruptor.memory.PswMask;

/**
 * What holds an interruption back: a bit of the PSW, and usually a subclass-mask bit of control register 0, 6 or 14. The
 * constants stand in the order of priority of the Principles of Operation, chapter Interruptions; the ordinal is the gate's
 * number in every word of gates: bit {@code 1 << ordinal}.
 *
 * <p>Several classes of interruptions can share a gate. Which gates a vCPU has open is computed when its PSW or one of the three
 * control registers is loaded ({@link Registers#openGates}), and at no other time.
 *
 * <p>Threads: any; immutable.
 */
public enum Gate {
    /** Machine check, exigent. */
    EXIGENT_MACHINE_CHECK(Mask.MACHINE_CHECK, Gate.NO_REGISTER, 0),
    /** Program interruption. Under architecture rules a stopped CPU has it closed. */
    PROGRAM(Mask.NONE, Gate.NO_REGISTER, 0),
    /** Machine check: channel report pending, CR14 0x10000000. */
    CHANNEL_REPORT(Mask.MACHINE_CHECK, 14, 0x1000_0000L),
    /** Machine check: recovery, CR14 0x08000000. */
    RECOVERY(Mask.MACHINE_CHECK, 14, 0x0800_0000L),
    /** Machine check: degradation, CR14 0x04000000. */
    DEGRADATION(Mask.MACHINE_CHECK, 14, 0x0400_0000L),
    /** Machine check: external damage, CR14 0x02000000. */
    EXTERNAL_DAMAGE(Mask.MACHINE_CHECK, 14, 0x0200_0000L),
    /** Machine check: warning, CR14 0x01000000. */
    WARNING(Mask.MACHINE_CHECK, 14, 0x0100_0000L),
    /** Interrupt key, CR0 0x40. */
    INTERRUPT_KEY(Mask.EXTERNAL, 0, 0x40),
    /** Malfunction alert, CR0 0x8000. */
    MALFUNCTION_ALERT(Mask.EXTERNAL, 0, 0x8000),
    /** Emergency signal, CR0 0x4000. */
    EMERGENCY_SIGNAL(Mask.EXTERNAL, 0, 0x4000),
    /** External call, CR0 0x2000. */
    EXTERNAL_CALL(Mask.EXTERNAL, 0, 0x2000),
    /** TOD-clock sync check, CR0 0x1000. */
    TOD_CLOCK_SYNC_CHECK(Mask.EXTERNAL, 0, 0x1000),
    /** Clock comparator, CR0 0x800. */
    CLOCK_COMPARATOR(Mask.EXTERNAL, 0, 0x800),
    /** CPU timer, CR0 0x400. */
    CPU_TIMER(Mask.EXTERNAL, 0, 0x400),
    /** Warning track, CR0 0x200000000. */
    WARNING_TRACK(Mask.EXTERNAL, 0, 0x2_0000_0000L),
    /** Timing alert, CR0 0x10. */
    TIMING_ALERT(Mask.EXTERNAL, 0, 0x10),
    /** Measurement alert, CR0 0x20. */
    MEASUREMENT_ALERT(Mask.EXTERNAL, 0, 0x20),
    /** Service signal, service event, page-fault handshaking and virtio, CR0 0x200. */
    SERVICE(Mask.EXTERNAL, 0, 0x200),
    /** I/O interruption subclass 0, CR6 0x80000000. */
    IO_0(Mask.IO, 6, 0x8000_0000L),
    /** I/O interruption subclass 1, CR6 0x40000000. */
    IO_1(Mask.IO, 6, 0x4000_0000L),
    /** I/O interruption subclass 2, CR6 0x20000000. */
    IO_2(Mask.IO, 6, 0x2000_0000L),
    /** I/O interruption subclass 3, CR6 0x10000000. */
    IO_3(Mask.IO, 6, 0x1000_0000L),
    /** I/O interruption subclass 4, CR6 0x08000000. */
    IO_4(Mask.IO, 6, 0x0800_0000L),
    /** I/O interruption subclass 5, CR6 0x04000000. */
    IO_5(Mask.IO, 6, 0x0400_0000L),
    /** I/O interruption subclass 6, CR6 0x02000000. */
    IO_6(Mask.IO, 6, 0x0200_0000L),
    /** I/O interruption subclass 7, CR6 0x01000000. */
    IO_7(Mask.IO, 6, 0x0100_0000L),
    /** Set prefix, restart, stop: always open, for a stopped CPU too. */
    ORDER(Mask.NONE, Gate.NO_REGISTER, 0);

    /** The PSW bit of a gate. */
    public enum Mask {
        /** None: the PSW does not hold it back. */
        NONE(0),
        /** External mask. */
        EXTERNAL(PswMask.EXTERNAL),
        /** Input/output mask. */
        IO(PswMask.IO),
        /** Machine-check mask. */
        MACHINE_CHECK(PswMask.MACHINE_CHECK);

        private final long bit;

        Mask(long bit) {
            this.bit = bit;
        }

        /**
         * The bit.
         *
         * @return one bit of {@link PswMask}, or 0.
         */
        public long bit() {
            return bit;
        }
    }

    static final int NO_REGISTER = -1;
    private static final Gate[] GATES = values();

    /** The gates that neither a PSW nor, under original rules, the stopped state closes: program interruptions and orders. */
    public static final int ALWAYS_OPEN = gatesOf(Mask.NONE);

    /** The gates of each control register, and the same as bits. */
    private static final Gate[][] OF_REGISTER = new Gate[16][];

    private static final int[] OPEN_BY_PSW = new int[8];
    private static final int[] BEHIND = new int[16];
    private static final int WITHOUT_REGISTER;

    static {
        for (int register = 0; register < OF_REGISTER.length; register++) {
            int number = register;
            OF_REGISTER[register] =
                    Arrays.stream(GATES).filter(gate -> gate.register == number).toArray(Gate[]::new);
            for (Gate gate : OF_REGISTER[register]) {
                BEHIND[register] |= gate.bit();
            }
        }
        for (Mask io : new Mask[] {Mask.NONE, Mask.IO}) {
            for (Mask external : new Mask[] {Mask.NONE, Mask.EXTERNAL}) {
                for (Mask check : new Mask[] {Mask.NONE, Mask.MACHINE_CHECK}) {
                    OPEN_BY_PSW[pswIndex(io.bit | external.bit | check.bit)] =
                            gatesOf(Mask.NONE) | gatesOf(io) | gatesOf(external) | gatesOf(check);
                }
            }
        }
        int without = 0;
        for (Gate gate : GATES) {
            without |= gate.register == NO_REGISTER ? gate.bit() : 0;
        }
        WITHOUT_REGISTER = without;
    }

    private final Mask mask;
    private final int register;
    private final long subclassMask;

    Gate(Mask mask, int register, long subclassMask) {
        this.mask = mask;
        this.register = register;
        this.subclassMask = subclassMask;
    }

    private static int gatesOf(Mask mask) {
        int gates = 0;
        for (Gate gate : GATES) {
            gates |= gate.mask == mask ? gate.bit() : 0;
        }
        return gates;
    }

    /**
     * The gate in a word of gates.
     *
     * @return {@code 1 << ordinal()}.
     */
    public int bit() {
        return 1 << ordinal();
    }

    /**
     * The gate of a number, without the copy that {@link #values()} makes.
     *
     * @param ordinal its place in a word of gates.
     * @return the gate.
     */
    public static Gate ofOrdinal(int ordinal) {
        return GATES[ordinal];
    }

    /**
     * The PSW bit that closes it.
     *
     * @return which.
     */
    public Mask mask() {
        return mask;
    }

    /**
     * The control register that closes it.
     *
     * @return 0, 6 or 14; -1 if none does.
     */
    public int register() {
        return register;
    }

    /**
     * The bit of the control register.
     *
     * @return one bit, or 0.
     */
    public long subclassMask() {
        return subclassMask;
    }

    /** The gates that the mask bits of a PSW open, if the control registers do; one load. */
    static int openBy(long pswMask) {
        return OPEN_BY_PSW[pswIndex(pswMask)];
    }

    /** Bits 1 and 0: input/output and external mask; bit 2: machine-check mask. */
    private static int pswIndex(long pswMask) {
        return ((int) (pswMask >>> 56) & 3) | ((int) (pswMask >>> 48) & 4);
    }

    /** The gates that a control register opens; computed when it is loaded. */
    static int openBy(int register, long value) {
        int gates = 0;
        for (Gate gate : OF_REGISTER[register]) {
            gates |= (value & gate.subclassMask) != 0 ? gate.bit() : 0;
        }
        return gates;
    }

    /** The gates that depend on a control register, or on none: {@code NO_REGISTER}. */
    static int behind(int register) {
        return register == NO_REGISTER ? WITHOUT_REGISTER : BEHIND[register];
    }
}
