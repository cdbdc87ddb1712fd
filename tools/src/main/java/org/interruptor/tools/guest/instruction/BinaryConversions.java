package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.fp.BinaryFormat.EXTENDED;
import static org.interruptor.tools.guest.fp.BinaryFormat.LONG;
import static org.interruptor.tools.guest.fp.BinaryFormat.SHORT;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.fp.BinaryFormat;
import org.interruptor.tools.guest.fp.BinaryOperation;
import org.interruptor.tools.guest.fp.BinaryValue;
import org.interruptor.tools.guest.fp.ExactArithmetic;
import org.interruptor.tools.guest.fp.PlainArithmetic;
import org.interruptor.tools.guest.fp.Rounder;
import org.interruptor.tools.guest.fp.Rounding;

/**
 * Between the binary floating-point formats, and to integers in the same format; {@link IntegerConversions} has those from and to
 * general registers. Source: Principles of Operation, chapter Binary-Floating-Point Instructions.
 */
final class BinaryConversions {
    private BinaryConversions() {}

    static void define(Definitions on) {
        lengthen(on);
        round(on);
        toInteger(on);
        IntegerConversions.define(on);
    }

    private static void lengthen(Definitions on) {
        on.rre(0xb304, "ldebr", (c, r1, r2) -> lengthenShort(c, r1, c.fpr32(r2)));
        on.rxe(0xed04, "ldeb", (c, m, r1, a) -> lengthenShort(c, r1, m.load32(a)));
        on.rre(0xb305, "lxdbr", (c, r1, r2) -> lengthened(c, EXTENDED, r1, BinaryOperands.value(c, LONG, r2)));
        on.rxe(0xed05, "lxdb", (c, m, r1, a) -> lengthened(c, EXTENDED, r1, LONG.unpack(m.load64(a))));
        on.rre(0xb306, "lxebr", (c, r1, r2) -> lengthened(c, EXTENDED, r1, BinaryOperands.value(c, SHORT, r2)));
        on.rxe(0xed06, "lxeb", (c, m, r1, a) -> lengthened(c, EXTENDED, r1, SHORT.unpack(m.load32(a))));
    }

    private static void round(Definitions on) {
        on.rrfModified(0xb344, "ledbra", BinaryConversions::shortenLong);
        on.rrfModified(0xb345, "ldxbra", (c, r1, r2, m3, m4) -> shortened(c, EXTENDED, LONG, r1, r2, m3, m4));
        on.rrfModified(0xb346, "lexbra", (c, r1, r2, m3, m4) -> shortened(c, EXTENDED, SHORT, r1, r2, m3, m4));
    }

    private static void toInteger(Definitions on) {
        on.rrfModified(0xb357, "fiebra", (c, r1, r2, m3, m4) -> integral(c, SHORT, r1, r2, m3, m4));
        on.rrfModified(0xb35f, "fidbra", BinaryConversions::integralLong);
        on.rrfModified(0xb347, "fixbra", (c, r1, r2, m3, m4) -> integral(c, EXTENDED, r1, r2, m3, m4));
    }

    private static void lengthenShort(Cpu c, int r1, int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            lengthened(c, LONG, r1, SHORT.unpack(bits));
        } else {
            BinaryOperands.longAt(c, r1, value);
        }
    }

    private static void lengthened(Cpu c, BinaryFormat format, int r1, BinaryValue value) {
        BinaryOperands.target(format, r1);
        BinaryOperation operation = new BinaryOperation(c.fpc());
        BinaryOperands.end(c, operation, format, r1, ExactArithmetic.quieted(operation, value));
    }

    private static void shortenLong(Cpu c, int r1, int r2, int m3, int m4) {
        if (BinaryOperands.isPlain(c) && (m3 | m4) == 0) {
            double value = BinaryOperands.longAt(c, r2);
            float shortened = (float) value;
            int exactness = PlainArithmetic.ofShortened(value, shortened);
            if (exactness != PlainArithmetic.UNKNOWN) {
                BinaryOperands.shortAt(c, r1, shortened);
                BinaryOperands.note(c, exactness);
                return;
            }
        }
        shortened(c, LONG, SHORT, r1, r2, m3, m4);
    }

    private static void shortened(Cpu c, BinaryFormat from, BinaryFormat to, int r1, int r2, int m3, int m4) {
        BinaryOperation operation = BinaryOperands.operation(c, m3, m4);
        BinaryOperands.target(from, r1);
        BinaryValue value = ExactArithmetic.quieted(operation, BinaryOperands.value(c, from, r2));
        BinaryValue shortened = Rounder.shorten(operation, to, value);
        BinaryFormat format = operation.isOutOfRange() ? from : to;
        BinaryOperands.end(c, operation, format, r1, shortened);
    }

    private static void integralLong(Cpu c, int r1, int r2, int m3, int m4) {
        Rounding rounding = BinaryOperands.rounding(c, m3);
        double value = BinaryOperands.longAt(c, r2);
        if (BinaryOperands.isTrapFree(c)) {
            double integer = PlainArithmetic.toInteger(value, rounding);
            if (!Double.isNaN(integer)) { // it is one also where the operand is
                BinaryOperands.longAt(c, r1, integer);
                if (integer != value && !BinaryOperands.isInexactSuppressed(m4)) {
                    BinaryOperands.note(c, PlainArithmetic.INEXACT);
                }
                return;
            }
        }
        integral(c, LONG, r1, r2, m3, m4);
    }

    private static void integral(Cpu c, BinaryFormat format, int r1, int r2, int m3, int m4) {
        BinaryOperation operation = BinaryOperands.operation(c, m3, m4);
        BinaryOperands.target(format, r1);
        BinaryValue value = ExactArithmetic.quieted(operation, BinaryOperands.value(c, format, r2));
        BinaryOperands.end(c, operation, format, r1, Rounder.toInteger(operation, value));
    }
}
