package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.fp.BinaryFormat.EXTENDED;
import static org.interruptor.tools.guest.fp.BinaryFormat.LONG;
import static org.interruptor.tools.guest.fp.BinaryFormat.SHORT;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.fp.BinaryFormat;
import org.interruptor.tools.guest.fp.BinaryOperation;
import org.interruptor.tools.guest.fp.BinaryValue;
import org.interruptor.tools.guest.fp.ExactArithmetic;
import org.interruptor.tools.guest.fp.Rounder;

/**
 * Binary floating-point sums, products, quotients and roots. Sums and differences set the condition code: 0 zero, 1 below zero,
 * 2 above zero, 3 a NaN. Source: Principles of Operation, chapter Binary-Floating-Point Instructions.
 */
final class BinaryArithmetic {
    private BinaryArithmetic() {}

    /** An operation on two values, before rounding. */
    @FunctionalInterface
    interface Exact {
        BinaryValue apply(BinaryOperation operation, BinaryValue a, BinaryValue b);
    }

    static void define(Definitions on) {
        shortOnes(on);
        longOnes(on);
        extendedOnes(on);
        longerProducts(on);
        multiplyAndAdd(on);
    }

    private static void shortOnes(Definitions on) {
        on.rre(0xb30a, "aebr", (c, r1, r2) -> ShortArithmetic.add(c, r1, c.fpr32(r2)));
        on.rxe(0xed0a, "aeb", (c, m, r1, a) -> ShortArithmetic.add(c, r1, m.load32(a)));
        on.rre(0xb30b, "sebr", (c, r1, r2) -> ShortArithmetic.subtract(c, r1, c.fpr32(r2)));
        on.rxe(0xed0b, "seb", (c, m, r1, a) -> ShortArithmetic.subtract(c, r1, m.load32(a)));
        on.rre(0xb317, "meebr", (c, r1, r2) -> ShortArithmetic.multiply(c, r1, c.fpr32(r2)));
        on.rxe(0xed17, "meeb", (c, m, r1, a) -> ShortArithmetic.multiply(c, r1, m.load32(a)));
        on.rre(0xb30d, "debr", (c, r1, r2) -> ShortArithmetic.divide(c, r1, c.fpr32(r2)));
        on.rxe(0xed0d, "deb", (c, m, r1, a) -> ShortArithmetic.divide(c, r1, m.load32(a)));
        on.rre(0xb314, "sqebr", (c, r1, r2) -> ShortArithmetic.squareRoot(c, r1, c.fpr32(r2)));
        on.rxe(0xed14, "sqeb", (c, m, r1, a) -> ShortArithmetic.squareRoot(c, r1, m.load32(a)));
    }

    private static void longOnes(Definitions on) {
        on.rre(0xb31a, "adbr", (c, r1, r2) -> LongArithmetic.add(c, r1, c.fpr(r2)));
        on.rxe(0xed1a, "adb", (c, m, r1, a) -> LongArithmetic.add(c, r1, m.load64(a)));
        on.rre(0xb31b, "sdbr", (c, r1, r2) -> LongArithmetic.subtract(c, r1, c.fpr(r2)));
        on.rxe(0xed1b, "sdb", (c, m, r1, a) -> LongArithmetic.subtract(c, r1, m.load64(a)));
        on.rre(0xb31c, "mdbr", (c, r1, r2) -> LongArithmetic.multiply(c, r1, c.fpr(r2)));
        on.rxe(0xed1c, "mdb", (c, m, r1, a) -> LongArithmetic.multiply(c, r1, m.load64(a)));
        on.rre(0xb31d, "ddbr", (c, r1, r2) -> LongArithmetic.divide(c, r1, c.fpr(r2)));
        on.rxe(0xed1d, "ddb", (c, m, r1, a) -> LongArithmetic.divide(c, r1, m.load64(a)));
        on.rre(0xb315, "sqdbr", (c, r1, r2) -> LongArithmetic.squareRoot(c, r1, c.fpr(r2)));
        on.rxe(0xed15, "sqdb", (c, m, r1, a) -> LongArithmetic.squareRoot(c, r1, m.load64(a)));
    }

    private static void extendedOnes(Definitions on) {
        on.rre(0xb34a, "axbr", (c, r1, r2) -> extended(c, r1, r2, ExactArithmetic::add, true));
        on.rre(0xb34b, "sxbr", (c, r1, r2) -> extended(c, r1, r2, ExactArithmetic::subtract, true));
        on.rre(0xb34c, "mxbr", (c, r1, r2) -> extended(c, r1, r2, ExactArithmetic::multiply, false));
        on.rre(0xb34d, "dxbr", (c, r1, r2) -> extended(c, r1, r2, ExactArithmetic::divide, false));
        on.rre(0xb316, "sqxbr", (c, r1, r2) -> {
            BinaryOperands.target(EXTENDED, r1);
            exactRoot(c, EXTENDED, r1, BinaryOperands.value(c, EXTENDED, r2));
        });
    }

    /** Products that the next longer format has room for. */
    private static void longerProducts(Definitions on) {
        on.rre(0xb30c, "mdebr", (c, r1, r2) -> longerProduct(c, SHORT, LONG, r1, BinaryOperands.value(c, SHORT, r2)));
        on.rxe(0xed0c, "mdeb", (c, m, r1, a) -> longerProduct(c, SHORT, LONG, r1, SHORT.unpack(m.load32(a))));
        on.rre(0xb307, "mxdbr", (c, r1, r2) -> longerProduct(c, LONG, EXTENDED, r1, BinaryOperands.value(c, LONG, r2)));
        on.rxe(0xed07, "mxdb", (c, m, r1, a) -> longerProduct(c, LONG, EXTENDED, r1, LONG.unpack(m.load64(a))));
    }

    private static void multiplyAndAdd(Definitions on) {
        on.rrd(0xb30e, "maebr", (c, r1, r2, r3) -> ShortArithmetic.multiplyAndAdd(c, r1, r3, c.fpr32(r2), false));
        on.rxf(0xed0e, "maeb", (c, m, r1, r3, a) -> ShortArithmetic.multiplyAndAdd(c, r1, r3, m.load32(a), false));
        on.rrd(0xb30f, "msebr", (c, r1, r2, r3) -> ShortArithmetic.multiplyAndAdd(c, r1, r3, c.fpr32(r2), true));
        on.rxf(0xed0f, "mseb", (c, m, r1, r3, a) -> ShortArithmetic.multiplyAndAdd(c, r1, r3, m.load32(a), true));
        on.rrd(0xb31e, "madbr", (c, r1, r2, r3) -> LongArithmetic.multiplyAndAdd(c, r1, r3, c.fpr(r2), false));
        on.rxf(0xed1e, "madb", (c, m, r1, r3, a) -> LongArithmetic.multiplyAndAdd(c, r1, r3, m.load64(a), false));
        on.rrd(0xb31f, "msdbr", (c, r1, r2, r3) -> LongArithmetic.multiplyAndAdd(c, r1, r3, c.fpr(r2), true));
        on.rxf(0xed1f, "msdb", (c, m, r1, r3, a) -> LongArithmetic.multiplyAndAdd(c, r1, r3, m.load64(a), true));
    }

    private static void extended(Cpu c, int r1, int r2, Exact exact, boolean setsCode) {
        exactly(c, EXTENDED, r1, BinaryOperands.value(c, EXTENDED, r2), exact, setsCode);
    }

    /** Any format, any rounding mode, any exception. */
    static void exactly(Cpu c, BinaryFormat format, int r1, BinaryValue b, Exact exact, boolean setsCode) {
        BinaryOperation operation = new BinaryOperation(c.fpc());
        BinaryValue unrounded = exact.apply(operation, BinaryOperands.value(c, format, r1), b);
        BinaryValue result = Rounder.round(operation, format, unrounded);
        if (setsCode) {
            BinaryOperands.endWithCode(c, operation, format, r1, result);
        } else {
            BinaryOperands.end(c, operation, format, r1, result);
        }
    }

    static void exactRoot(Cpu c, BinaryFormat format, int r1, BinaryValue a) {
        BinaryOperation operation = new BinaryOperation(c.fpc());
        BinaryValue root = ExactArithmetic.squareRoot(operation, a);
        BinaryOperands.end(c, operation, format, r1, Rounder.round(operation, format, root));
    }

    static void exactMultiplyAndAdd(Cpu c, BinaryFormat format, int r1, int r3, BinaryValue b, boolean isSubtracted) {
        BinaryOperation operation = new BinaryOperation(c.fpc());
        BinaryValue unrounded = ExactArithmetic.multiplyAndAdd(
                operation, b, BinaryOperands.value(c, format, r3), BinaryOperands.value(c, format, r1), isSubtracted);
        BinaryOperands.end(c, operation, format, r1, Rounder.round(operation, format, unrounded));
    }

    private static void longerProduct(Cpu c, BinaryFormat from, BinaryFormat to, int r1, BinaryValue b) {
        BinaryOperands.target(to, r1);
        BinaryOperation operation = new BinaryOperation(c.fpc());
        BinaryValue product = ExactArithmetic.multiply(operation, BinaryOperands.value(c, from, r1), b);
        BinaryOperands.end(c, operation, to, r1, product);
    }
}
