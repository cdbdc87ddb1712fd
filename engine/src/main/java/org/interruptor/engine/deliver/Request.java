package org.interruptor.engine.deliver;

import org.interruptor.engine.gate.Gate;

/**
 * What a pass leaves for an interruption that it skipped because its gate is closed: guest code has to be left when it loads what
 * closes the gate. A closed mask of the PSW is reported before a closed bit of a control register.
 */
public final class Request {
    /** The PSW disables external interruptions. */
    public static final int PSW_EXTERNAL = 1;
    /** The PSW disables I/O interruptions. */
    public static final int PSW_IO = 1 << 1;
    /** The PSW disables machine checks. */
    public static final int PSW_MACHINE_CHECK = 1 << 2;
    /** A subclass mask of control register 0. */
    public static final int CR0 = 1 << 3;
    /** A subclass mask of control register 6. */
    public static final int CR6 = 1 << 4;
    /** A subclass mask of control register 14. */
    public static final int CR14 = 1 << 5;

    private Request() {}

    /** The request for an interruption that was skipped, with this PSW mask. */
    static int of(Gate gate, long pswMask) {
        if ((pswMask & gate.mask().bit()) == 0) {
            return switch (gate.mask()) {
                case EXTERNAL -> PSW_EXTERNAL;
                case IO -> PSW_IO;
                case MACHINE_CHECK -> PSW_MACHINE_CHECK;
                case NONE -> 0;
            };
        }
        return ofRegister(gate.register());
    }

    /** The request that a load of a control register answers. */
    public static int ofRegister(int number) {
        return switch (number) {
            case 0 -> CR0;
            case 6 -> CR6;
            case 14 -> CR14;
            default -> 0;
        };
    }

    /** The requests that a PSW with this mask answers. */
    public static int answeredBy(long pswMask) {
        return ((pswMask & Gate.Mask.EXTERNAL.bit()) != 0 ? PSW_EXTERNAL : 0)
                | ((pswMask & Gate.Mask.IO.bit()) != 0 ? PSW_IO : 0)
                | ((pswMask & Gate.Mask.MACHINE_CHECK.bit()) != 0 ? PSW_MACHINE_CHECK : 0);
    }
}
