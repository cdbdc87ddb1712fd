package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.fp.BinaryFormat.EXTENDED;
import static org.interruptor.tools.guest.fp.BinaryFormat.LONG;
import static org.interruptor.tools.guest.fp.BinaryFormat.SHORT;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.fp.BinaryFormat;
import org.interruptor.tools.guest.fp.BinaryOperation;
import org.interruptor.tools.guest.fp.BinaryValue;
import org.interruptor.tools.guest.fp.ExactArithmetic;

/**
 * Binary floating-point comparisons, tests and signs. Condition code of a comparison: 0 equal, 1 first low, 2 first high, 3
 * unordered. Source: Principles of Operation, chapter Binary-Floating-Point Instructions.
 */
final class BinaryComparisons {
    private static final long SIGN_LONG = Long.MIN_VALUE;
    private static final int SIGN_SHORT = Integer.MIN_VALUE;

    private BinaryComparisons() {}

    static void define(Definitions on) {
        compare(on);
        compareAndSignal(on);
        test(on);
        signs(on);
    }

    private static void compare(Definitions on) {
        on.rre(0xb309, "cebr", (c, r1, r2) -> compareShort(c, r1, c.fpr32(r2), false));
        on.rxe(0xed09, "ceb", (c, m, r1, a) -> compareShort(c, r1, m.load32(a), false));
        on.rre(0xb319, "cdbr", (c, r1, r2) -> compareLong(c, r1, c.fpr(r2), false));
        on.rxe(0xed19, "cdb", (c, m, r1, a) -> compareLong(c, r1, m.load64(a), false));
        on.rre(0xb349, "cxbr", (c, r1, r2) -> exactly(c, EXTENDED, r1, BinaryOperands.value(c, EXTENDED, r2), false));
    }

    /** A quiet NaN is an invalid operation, too. */
    private static void compareAndSignal(Definitions on) {
        on.rre(0xb308, "kebr", (c, r1, r2) -> compareShort(c, r1, c.fpr32(r2), true));
        on.rxe(0xed08, "keb", (c, m, r1, a) -> compareShort(c, r1, m.load32(a), true));
        on.rre(0xb318, "kdbr", (c, r1, r2) -> compareLong(c, r1, c.fpr(r2), true));
        on.rxe(0xed18, "kdb", (c, m, r1, a) -> compareLong(c, r1, m.load64(a), true));
        on.rre(0xb348, "kxbr", (c, r1, r2) -> exactly(c, EXTENDED, r1, BinaryOperands.value(c, EXTENDED, r2), true));
    }

    private static void test(Definitions on) {
        on.rre(0xb302, "ltebr", (c, r1, r2) -> loadAndTest(c, SHORT, r1, r2));
        on.rre(0xb312, "ltdbr", BinaryComparisons::loadAndTestLong);
        on.rre(0xb342, "ltxbr", (c, r1, r2) -> loadAndTest(c, EXTENDED, r1, r2));
        on.rxe(0xed10, "tceb", (c, m, r1, a) -> testClass(c, SHORT, r1, a));
        on.rxe(0xed11, "tcdb", (c, m, r1, a) -> testClass(c, LONG, r1, a));
        on.rxe(0xed12, "tcxb", (c, m, r1, a) -> testClass(c, EXTENDED, r1, a));
    }

    /** No exceptions, whatever the operand is. */
    private static void signs(Definitions on) {
        on.rre(0xb300, "lpebr", (c, r1, r2) -> signedShort(c, r1, c.fpr32(r2) & ~SIGN_SHORT));
        on.rre(0xb301, "lnebr", (c, r1, r2) -> signedShort(c, r1, c.fpr32(r2) | SIGN_SHORT));
        on.rre(0xb303, "lcebr", (c, r1, r2) -> signedShort(c, r1, c.fpr32(r2) ^ SIGN_SHORT));
        on.rre(0xb310, "lpdbr", (c, r1, r2) -> signedLong(c, r1, c.fpr(r2) & ~SIGN_LONG));
        on.rre(0xb311, "lndbr", (c, r1, r2) -> signedLong(c, r1, c.fpr(r2) | SIGN_LONG));
        on.rre(0xb313, "lcdbr", (c, r1, r2) -> signedLong(c, r1, c.fpr(r2) ^ SIGN_LONG));
        on.rre(0xb340, "lpxbr", (c, r1, r2) -> signedExtended(c, r1, r2, c.fpr(r2) & ~SIGN_LONG));
        on.rre(0xb341, "lnxbr", (c, r1, r2) -> signedExtended(c, r1, r2, c.fpr(r2) | SIGN_LONG));
        on.rre(0xb343, "lcxbr", (c, r1, r2) -> signedExtended(c, r1, r2, c.fpr(r2) ^ SIGN_LONG));
    }

    private static void compareShort(Cpu c, int r1, int bits, boolean isSignaling) {
        float a = BinaryOperands.shortAt(c, r1);
        float b = Float.intBitsToFloat(bits);
        if (a < b || a > b || a == b) {
            c.cc(a == b ? 0 : a < b ? 1 : 2);
        } else {
            exactly(c, SHORT, r1, SHORT.unpack(bits), isSignaling);
        }
    }

    private static void compareLong(Cpu c, int r1, long bits, boolean isSignaling) {
        double a = BinaryOperands.longAt(c, r1);
        double b = Double.longBitsToDouble(bits);
        if (a < b || a > b || a == b) {
            c.cc(a == b ? 0 : a < b ? 1 : 2);
        } else {
            exactly(c, LONG, r1, LONG.unpack(bits), isSignaling);
        }
    }

    private static void exactly(Cpu c, BinaryFormat format, int r1, BinaryValue b, boolean isSignaling) {
        BinaryOperation operation = new BinaryOperation(c.fpc());
        int code = ExactArithmetic.compare(operation, BinaryOperands.value(c, format, r1), b, isSignaling);
        if (!operation.isSuppressed()) {
            c.cc(code);
        }
        BinaryOperands.exceptions(c, operation);
    }

    private static void loadAndTestLong(Cpu c, int r1, int r2) {
        double value = BinaryOperands.longAt(c, r2);
        if (Double.isNaN(value)) {
            loadAndTest(c, LONG, r1, r2);
        } else {
            c.fpr(r1, c.fpr(r2));
            BinaryOperands.code(c, value);
        }
    }

    private static void loadAndTest(Cpu c, BinaryFormat format, int r1, int r2) {
        BinaryOperands.target(format, r1);
        BinaryOperation operation = new BinaryOperation(c.fpc());
        BinaryValue value = ExactArithmetic.quieted(operation, BinaryOperands.value(c, format, r2));
        BinaryOperands.endWithCode(c, operation, format, r1, value);
    }

    private static void signedShort(Cpu c, int r1, int bits) {
        c.fpr32(r1, bits);
        c.cc(SHORT.unpack(bits).conditionCode());
    }

    private static void signedLong(Cpu c, int r1, long bits) {
        c.fpr(r1, bits);
        c.cc(LONG.unpack(bits).conditionCode());
    }

    private static void signedExtended(Cpu c, int r1, int r2, long high) {
        FloatingPointSupport.pair(r1);
        FloatingPointSupport.pair(r2);
        long low = c.fpr(r2 + 2);
        c.fpr(r1, high);
        c.fpr(r1 + 2, low);
        c.cc(BinaryFormat.unpack(high, low).conditionCode());
    }

    /** The last 12 bits of the address select classes; condition code 1 if the operand is of one of them. */
    private static void testClass(Cpu c, BinaryFormat format, int r1, long address) {
        BinaryValue value = BinaryOperands.value(c, format, r1);
        c.cc((address & (value.isNegative() ? NEGATIVE : POSITIVE) & classes(format, value)) != 0 ? 1 : 0);
    }

    // Classes, a bit for each sign.
    private static final int POSITIVE = 0xaaa;
    private static final int NEGATIVE = 0x555;
    private static final int ZERO = 0xc00;
    private static final int NORMAL = 0x300;
    private static final int SUBNORMAL = 0x0c0;
    private static final int INFINITY = 0x030;
    private static final int QUIET_NAN = 0x00c;
    private static final int SIGNALING_NAN = 0x003;

    private static int classes(BinaryFormat format, BinaryValue value) {
        return switch (value.kind()) {
            case ZERO -> ZERO;
            case NUMBER -> value.isNormal(format) ? NORMAL : SUBNORMAL;
            case INFINITY -> INFINITY;
            case QUIET_NAN -> QUIET_NAN;
            case SIGNALING_NAN -> SIGNALING_NAN;
        };
    }
}
