package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.fp.BinaryFormat;
import org.interruptor.tools.guest.fp.BinaryOperation;
import org.interruptor.tools.guest.fp.BinaryValue;
import org.interruptor.tools.guest.fp.PlainArithmetic;
import org.interruptor.tools.guest.fp.Rounding;

/**
 * Binary floating-point operands in registers, and what becomes of an operation's result and exceptions. A short operand is in the
 * left half of its register, an extended one in a pair.
 */
final class BinaryOperands {
    /** FPC: masks, and the rounding mode. */
    private static final int MASKS = 0xf800_0000;

    private static final int ROUNDING_MODE = 7;

    /** The second modifier: an inexact result is no exception. */
    private static final int INEXACT_SUPPRESSED = 4;

    private BinaryOperands() {}

    /** Whether nothing traps: Java's arithmetic may be asked. */
    static boolean isTrapFree(Cpu c) {
        return (c.fpc() & MASKS) == 0;
    }

    /** Whether, besides, results are rounded to the nearest. */
    static boolean isPlain(Cpu c) {
        return (c.fpc() & (MASKS | ROUNDING_MODE)) == 0;
    }

    /** Sets the inexact flag, if that is to be. */
    static void note(Cpu c, int exactness) {
        if (exactness == PlainArithmetic.INEXACT) {
            c.fpc(c.fpc() | BinaryOperation.INEXACT);
        }
    }

    static double longAt(Cpu c, int register) {
        return Double.longBitsToDouble(c.fpr(register));
    }

    static float shortAt(Cpu c, int register) {
        return Float.intBitsToFloat(c.fpr32(register));
    }

    static void longAt(Cpu c, int register, double value) {
        c.fpr(register, Double.doubleToRawLongBits(value));
    }

    static void shortAt(Cpu c, int register, float value) {
        c.fpr32(register, Float.floatToRawIntBits(value));
    }

    /** The condition code of a result that is no NaN. */
    static void code(Cpu c, double result) {
        c.cc(result == 0 ? 0 : result < 0 ? 1 : 2);
    }

    static BinaryValue value(Cpu c, BinaryFormat format, int register) {
        return switch (format) {
            case SHORT -> BinaryFormat.SHORT.unpack(c.fpr32(register));
            case LONG -> BinaryFormat.LONG.unpack(c.fpr(register));
            case EXTENDED -> {
                FloatingPointSupport.pair(register);
                yield BinaryFormat.unpack(c.fpr(register), c.fpr(register + 2));
            }
        };
    }

    private static void value(Cpu c, BinaryFormat format, int register, BinaryValue value) {
        switch (format) {
            case SHORT -> c.fpr32(register, (int) format.pack(value));
            case LONG -> c.fpr(register, format.pack(value));
            case EXTENDED -> {
                c.fpr(register, BinaryFormat.packHigh(value));
                c.fpr(register + 2, format.pack(value));
            }
        }
    }

    /** Checks a register that takes a result. */
    static void target(BinaryFormat format, int register) {
        if (format == BinaryFormat.EXTENDED) {
            FloatingPointSupport.pair(register);
        }
    }

    /** Puts a result into a register, sets flags, traps. */
    static void end(Cpu c, BinaryOperation operation, BinaryFormat format, int register, BinaryValue result) {
        if (!operation.isSuppressed()) {
            value(c, format, register, result);
        }
        exceptions(c, operation);
    }

    /** The same, with the condition code by the result. */
    static void endWithCode(Cpu c, BinaryOperation operation, BinaryFormat format, int register, BinaryValue result) {
        if (!operation.isSuppressed()) {
            c.cc(result.conditionCode());
        }
        end(c, operation, format, register, result);
    }

    /** Sets flags, and traps; the result is in its place by then. */
    static void exceptions(Cpu c, BinaryOperation operation) {
        if (operation.flags() != 0) {
            c.fpc(c.fpc() | operation.flags());
        }
        if (operation.trap() != 0) {
            throw c.dataException(operation.trap());
        }
    }

    /** How an instruction with modifiers rounds. */
    static Rounding rounding(Cpu c, int modifier) {
        Rounding rounding = Rounding.ofModifier(modifier, c.fpc());
        if (rounding == null) {
            throw ProgramException.SPECIFICATION;
        }
        return rounding;
    }

    static boolean isInexactSuppressed(int modifier) {
        return (modifier & INEXACT_SUPPRESSED) != 0;
    }

    static BinaryOperation operation(Cpu c, int m3, int m4) {
        return new BinaryOperation(c.fpc(), rounding(c, m3), isInexactSuppressed(m4));
    }
}
