package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.fp.BinaryFormat.EXTENDED;
import static org.interruptor.tools.guest.fp.BinaryFormat.LONG;
import static org.interruptor.tools.guest.fp.BinaryFormat.SHORT;

import java.math.BigInteger;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.fp.BinaryFormat;
import org.interruptor.tools.guest.fp.BinaryOperation;
import org.interruptor.tools.guest.fp.BinaryValue;
import org.interruptor.tools.guest.fp.IntegerRange;
import org.interruptor.tools.guest.fp.PlainArithmetic;
import org.interruptor.tools.guest.fp.Rounder;
import org.interruptor.tools.guest.fp.Rounding;

/**
 * Binary floating-point conversions from and to integers in general registers: fixed ones with sign, logical ones without. To
 * integers the condition code is 0 zero, 1 below zero, 2 above zero, by the operand, and 3 if it does not fit: then the result is
 * the end of the range. Source: Principles of Operation, chapter Binary-Floating-Point Instructions.
 */
final class IntegerConversions {
    /** Below it a long integer has an exact neighborhood: conversions do not saturate. */
    private static final long PLAIN = 1L << 62;

    private IntegerConversions() {}

    static void define(Definitions on) {
        fromFixed(on);
        fromLogical(on);
        toFixed(on);
        toLogical(on);
    }

    private static void fromFixed(Definitions on) {
        on.rrfModified(0xb394, "cefbra", (c, r1, r2, m3, m4) -> toShort(c, r1, c.gr32(r2), m3, m4));
        on.rrfModified(0xb3a4, "cegbra", (c, r1, r2, m3, m4) -> toShort(c, r1, c.gr(r2), m3, m4));
        on.rrfModified(0xb395, "cdfbra", (c, r1, r2, m3, m4) -> toLong(c, r1, c.gr32(r2), m3, m4));
        on.rrfModified(0xb3a5, "cdgbra", (c, r1, r2, m3, m4) -> toLong(c, r1, c.gr(r2), m3, m4));
        on.rrfModified(0xb396, "cxfbra", (c, r1, r2, m3, m4) -> from(c, EXTENDED, r1, signed(c.gr32(r2)), m3, m4));
        on.rrfModified(0xb3a6, "cxgbra", (c, r1, r2, m3, m4) -> from(c, EXTENDED, r1, signed(c.gr(r2)), m3, m4));
    }

    private static void fromLogical(Definitions on) {
        on.rrfModified(0xb390, "celfbr", (c, r1, r2, m3, m4) -> toShort(c, r1, word(c, r2), m3, m4));
        on.rrfModified(0xb3a0, "celgbr", (c, r1, r2, m3, m4) -> from(c, SHORT, r1, unsigned(c.gr(r2)), m3, m4));
        on.rrfModified(0xb391, "cdlfbr", (c, r1, r2, m3, m4) -> toLong(c, r1, word(c, r2), m3, m4));
        on.rrfModified(0xb3a1, "cdlgbr", (c, r1, r2, m3, m4) -> {
            if (c.gr(r2) >= 0) {
                toLong(c, r1, c.gr(r2), m3, m4);
            } else {
                from(c, LONG, r1, unsigned(c.gr(r2)), m3, m4);
            }
        });
        on.rrfModified(0xb392, "cxlfbr", (c, r1, r2, m3, m4) -> from(c, EXTENDED, r1, signed(word(c, r2)), m3, m4));
        on.rrfModified(0xb3a2, "cxlgbr", (c, r1, r2, m3, m4) -> from(c, EXTENDED, r1, unsigned(c.gr(r2)), m3, m4));
    }

    private static void toFixed(Definitions on) {
        to(on, 0xb398, "cfebra", SHORT, IntegerRange.FIXED_32);
        to(on, 0xb399, "cfdbra", LONG, IntegerRange.FIXED_32);
        to(on, 0xb39a, "cfxbra", EXTENDED, IntegerRange.FIXED_32);
        to(on, 0xb3a8, "cgebra", SHORT, IntegerRange.FIXED_64);
        to(on, 0xb3a9, "cgdbra", LONG, IntegerRange.FIXED_64);
        to(on, 0xb3aa, "cgxbra", EXTENDED, IntegerRange.FIXED_64);
    }

    private static void toLogical(Definitions on) {
        to(on, 0xb39c, "clfebr", SHORT, IntegerRange.LOGICAL_32);
        to(on, 0xb39d, "clfdbr", LONG, IntegerRange.LOGICAL_32);
        to(on, 0xb39e, "clfxbr", EXTENDED, IntegerRange.LOGICAL_32);
        to(on, 0xb3ac, "clgebr", SHORT, IntegerRange.LOGICAL_64);
        to(on, 0xb3ad, "clgdbr", LONG, IntegerRange.LOGICAL_64);
        to(on, 0xb3ae, "clgxbr", EXTENDED, IntegerRange.LOGICAL_64);
    }

    private static long word(Cpu c, int register) {
        return Integer.toUnsignedLong(c.gr32(register));
    }

    private static BigInteger signed(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static boolean isPlain(Cpu c, long value, int m3, int m4) {
        return BinaryOperands.isPlain(c) && (m3 | m4) == 0 && Math.abs(value) < PLAIN;
    }

    private static void toLong(Cpu c, int r1, long value, int m3, int m4) {
        double converted = value;
        if (isPlain(c, value, m3, m4)) {
            BinaryOperands.longAt(c, r1, converted);
            BinaryOperands.note(c, (long) converted == value ? PlainArithmetic.EXACT : PlainArithmetic.INEXACT);
        } else {
            from(c, LONG, r1, signed(value), m3, m4);
        }
    }

    private static void toShort(Cpu c, int r1, long value, int m3, int m4) {
        float converted = value;
        if (isPlain(c, value, m3, m4)) {
            BinaryOperands.shortAt(c, r1, converted);
            BinaryOperands.note(c, (long) converted == value ? PlainArithmetic.EXACT : PlainArithmetic.INEXACT);
        } else {
            from(c, SHORT, r1, signed(value), m3, m4);
        }
    }

    private static void from(Cpu c, BinaryFormat format, int r1, BigInteger value, int m3, int m4) {
        BinaryOperation operation = BinaryOperands.operation(c, m3, m4);
        BinaryOperands.target(format, r1);
        BinaryValue rounded = Rounder.round(operation, format, BinaryValue.integer(value));
        BinaryOperands.end(c, operation, format, r1, rounded);
    }

    private static void to(Definitions on, int opcode, String mnemonic, BinaryFormat format, IntegerRange range) {
        on.rrfModified(
                opcode,
                mnemonic,
                switch (format) {
                    case SHORT ->
                        (c, r1, r2, m3, m4) -> {
                            Rounding rounding = BinaryOperands.rounding(c, m3);
                            if (!isDonePlainly(c, r1, BinaryOperands.shortAt(c, r2), range, rounding, m4)) {
                                exactly(c, SHORT, range, r1, r2, m3, m4);
                            }
                        };
                    case LONG ->
                        (c, r1, r2, m3, m4) -> {
                            Rounding rounding = BinaryOperands.rounding(c, m3);
                            if (!isDonePlainly(c, r1, BinaryOperands.longAt(c, r2), range, rounding, m4)) {
                                exactly(c, LONG, range, r1, r2, m3, m4);
                            }
                        };
                    case EXTENDED -> (c, r1, r2, m3, m4) -> exactly(c, EXTENDED, range, r1, r2, m3, m4);
                });
    }

    private static boolean isDonePlainly(Cpu c, int r1, double value, IntegerRange range, Rounding rounding, int m4) {
        if (!BinaryOperands.isTrapFree(c)) {
            return false;
        }
        double integer = PlainArithmetic.toInteger(value, rounding);
        if (!range.isWellInside(integer)) {
            return false;
        }
        put(c, range, r1, (long) integer);
        if (integer != value && !BinaryOperands.isInexactSuppressed(m4)) {
            BinaryOperands.note(c, PlainArithmetic.INEXACT);
        }
        BinaryOperands.code(c, value);
        return true;
    }

    private static void exactly(Cpu c, BinaryFormat format, IntegerRange range, int r1, int r2, int m3, int m4) {
        BinaryOperation operation = BinaryOperands.operation(c, m3, m4);
        BinaryValue value = BinaryOperands.value(c, format, r2);
        IntegerRange.Result result = range.convert(operation, value);
        if (!operation.isSuppressed()) {
            put(c, range, r1, result.integer());
            c.cc(result.isInside() ? value.conditionCode() : 3);
        }
        BinaryOperands.exceptions(c, operation);
    }

    private static void put(Cpu c, IntegerRange range, int r1, long integer) {
        if (range.is64()) {
            c.gr(r1, integer);
        } else {
            c.gr32(r1, (int) integer);
        }
    }
}
