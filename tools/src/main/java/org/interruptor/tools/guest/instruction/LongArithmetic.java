package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.fp.BinaryFormat;
import org.interruptor.tools.guest.fp.BinaryOperation;
import org.interruptor.tools.guest.fp.ExactArithmetic;
import org.interruptor.tools.guest.fp.PlainArithmetic;

/**
 * Long operations: Java's own where that has the same result and flags, else exact ones. The second operand is given by its bits.
 */
final class LongArithmetic {
    private static final BinaryFormat FORMAT = BinaryFormat.LONG;

    private LongArithmetic() {}

    static void add(Cpu c, int r1, long bits) {
        if (BinaryOperands.isPlain(c)) {
            double a = BinaryOperands.longAt(c, r1);
            double b = Double.longBitsToDouble(bits);
            double sum = a + b;
            int exactness = PlainArithmetic.ofSum(a, b, sum);
            if (exactness != PlainArithmetic.UNKNOWN) {
                end(c, r1, sum, exactness);
                BinaryOperands.code(c, sum);
                return;
            }
        }
        BinaryArithmetic.exactly(c, FORMAT, r1, FORMAT.unpack(bits), ExactArithmetic::add, true);
    }

    static void subtract(Cpu c, int r1, long bits) {
        if (BinaryOperands.isPlain(c)) {
            double a = BinaryOperands.longAt(c, r1);
            double b = Double.longBitsToDouble(bits);
            double difference = a - b;
            int exactness = PlainArithmetic.ofSum(a, -b, difference);
            if (exactness != PlainArithmetic.UNKNOWN) {
                end(c, r1, difference, exactness);
                BinaryOperands.code(c, difference);
                return;
            }
        }
        BinaryArithmetic.exactly(c, FORMAT, r1, FORMAT.unpack(bits), ExactArithmetic::subtract, true);
    }

    static void multiply(Cpu c, int r1, long bits) {
        if (BinaryOperands.isPlain(c)) {
            double a = BinaryOperands.longAt(c, r1);
            double b = Double.longBitsToDouble(bits);
            double product = a * b;
            int exactness = PlainArithmetic.ofProduct(a, b, product);
            if (exactness != PlainArithmetic.UNKNOWN) {
                end(c, r1, product, exactness);
                return;
            }
        }
        BinaryArithmetic.exactly(c, FORMAT, r1, FORMAT.unpack(bits), ExactArithmetic::multiply, false);
    }

    static void divide(Cpu c, int r1, long bits) {
        if (BinaryOperands.isPlain(c)) {
            double a = BinaryOperands.longAt(c, r1);
            double b = Double.longBitsToDouble(bits);
            double quotient = a / b;
            int exactness = PlainArithmetic.ofQuotient(a, b, quotient);
            if (exactness != PlainArithmetic.UNKNOWN) {
                end(c, r1, quotient, exactness);
                return;
            }
        }
        BinaryArithmetic.exactly(c, FORMAT, r1, FORMAT.unpack(bits), ExactArithmetic::divide, false);
    }

    static void squareRoot(Cpu c, int r1, long bits) {
        if (BinaryOperands.isPlain(c)) {
            double a = Double.longBitsToDouble(bits);
            double root = Math.sqrt(a);
            int exactness = PlainArithmetic.ofRoot(a, root);
            if (exactness != PlainArithmetic.UNKNOWN) {
                end(c, r1, root, exactness);
                return;
            }
        }
        BinaryArithmetic.exactRoot(c, FORMAT, r1, FORMAT.unpack(bits));
    }

    /** Whether that is inexact is not looked at where the flag is set already. */
    static void multiplyAndAdd(Cpu c, int r1, int r3, long bits, boolean isSubtracted) {
        if (BinaryOperands.isPlain(c) && (c.fpc() & BinaryOperation.INEXACT) != 0) {
            double addend = BinaryOperands.longAt(c, r1);
            double result = Math.fma(
                    Double.longBitsToDouble(bits), BinaryOperands.longAt(c, r3), isSubtracted ? -addend : addend);
            if (PlainArithmetic.isAtMostInexact(result)) {
                BinaryOperands.longAt(c, r1, result);
                return;
            }
        }
        BinaryArithmetic.exactMultiplyAndAdd(c, FORMAT, r1, r3, FORMAT.unpack(bits), isSubtracted);
    }

    private static void end(Cpu c, int r1, double result, int exactness) {
        BinaryOperands.longAt(c, r1, result);
        BinaryOperands.note(c, exactness);
    }
}
