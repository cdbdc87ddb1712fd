package org.interruptor.tools.guest.fp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Long operations against decimal arithmetic, which is exact here: the result and its neighbors are compared with the value that
 * it was rounded from. And Java's own arithmetic against the exact one.
 */
class ExactArithmeticTest {
    private static final int TIMES = 20_000;

    private final long seed = Long.getLong("interruptor.random.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** The operations: what they are, and on which side of the precise result a value is. */
    private enum Operation {
        ADD {
            @Override
            BinaryValue exact(BinaryOperation o, double a, double b, double c) {
                return ExactArithmetic.add(o, of(a), of(b));
            }

            @Override
            int side(BigDecimal r, double a, double b, double c) {
                return r.compareTo(decimal(a).add(decimal(b)));
            }
        },
        SUBTRACT {
            @Override
            BinaryValue exact(BinaryOperation o, double a, double b, double c) {
                return ExactArithmetic.subtract(o, of(a), of(b));
            }

            @Override
            int side(BigDecimal r, double a, double b, double c) {
                return r.compareTo(decimal(a).subtract(decimal(b)));
            }
        },
        MULTIPLY {
            @Override
            BinaryValue exact(BinaryOperation o, double a, double b, double c) {
                return ExactArithmetic.multiply(o, of(a), of(b));
            }

            @Override
            int side(BigDecimal r, double a, double b, double c) {
                return r.compareTo(decimal(a).multiply(decimal(b)));
            }
        },
        MULTIPLY_AND_ADD {
            @Override
            BinaryValue exact(BinaryOperation o, double a, double b, double c) {
                return ExactArithmetic.multiplyAndAdd(o, of(a), of(b), of(c), false);
            }

            @Override
            int side(BigDecimal r, double a, double b, double c) {
                return r.compareTo(decimal(a).multiply(decimal(b)).add(decimal(c)));
            }
        },
        MULTIPLY_AND_SUBTRACT {
            @Override
            BinaryValue exact(BinaryOperation o, double a, double b, double c) {
                return ExactArithmetic.multiplyAndAdd(o, of(a), of(b), of(c), true);
            }

            @Override
            int side(BigDecimal r, double a, double b, double c) {
                return r.compareTo(decimal(a).multiply(decimal(b)).subtract(decimal(c)));
            }
        },
        DIVIDE {
            @Override
            BinaryValue exact(BinaryOperation o, double a, double b, double c) {
                return ExactArithmetic.divide(o, of(a), of(b));
            }

            @Override
            int side(BigDecimal r, double a, double b, double c) {
                int side = r.multiply(decimal(b)).compareTo(decimal(a));
                return b < 0 ? -side : side;
            }
        },
        SQUARE_ROOT {
            @Override
            BinaryValue exact(BinaryOperation o, double a, double b, double c) {
                return ExactArithmetic.squareRoot(o, of(Math.abs(a)));
            }

            @Override
            int side(BigDecimal r, double a, double b, double c) {
                return r.signum() < 0 ? -1 : r.multiply(r).compareTo(decimal(Math.abs(a)));
            }
        };

        abstract BinaryValue exact(BinaryOperation o, double a, double b, double c);

        abstract int side(BigDecimal r, double a, double b, double c);
    }

    private static BigDecimal decimal(double value) {
        return new BigDecimal(value);
    }

    private static BinaryValue of(double value) {
        return BinaryFormat.LONG.unpack(Double.doubleToRawLongBits(value));
    }

    private static double rounded(BinaryOperation operation, BinaryValue exact) {
        return Double.longBitsToDouble(BinaryFormat.LONG.pack(Rounder.round(operation, BinaryFormat.LONG, exact)));
    }

    /** Near each other, anywhere, near the smallest normal number, or short of bits. */
    private double operand() {
        long bits = random.nextLong();
        double value = switch (random.nextInt(5)) {
            case 0 -> Double.longBitsToDouble(bits);
            case 1 ->
                Math.scalb(Double.longBitsToDouble((bits >>> 2) | 0x3ff0_0000_0000_0000L), random.nextInt(100) - 50);
            case 2 -> random.nextInt(2000) / 8.0;
            case 3 -> Math.scalb(random.nextDouble(), -1022 + random.nextInt(60) - 55);
            default -> Double.longBitsToDouble(bits & 0xffff_ffff_0000_0000L);
        };
        return Double.isFinite(value) && value != 0 ? value : 1.0;
    }

    @ParameterizedTest
    @EnumSource
    void isTheNeighborThatTheModeAsksFor(Operation operation) {
        for (int i = 0; i < TIMES; i++) {
            Rounding mode = Rounding.values()[random.nextInt(Rounding.values().length)];
            double a = operand();
            double b = operand();
            double c = operand();
            BinaryOperation state = new BinaryOperation(0, mode, false);
            double result = rounded(state, operation.exact(state, a, b, c));
            if ((state.flags() & BinaryOperation.OVERFLOW) != 0) {
                continue;
            }
            String what = String.format("%s %s of %a, %a, %a is %a, seed %d", mode, operation, a, b, c, result, seed);
            int side = operation.side(decimal(result), a, b, c);
            assertThat((state.flags() & BinaryOperation.INEXACT) != 0).as(what).isEqualTo(side != 0);
            if (side != 0) {
                double other = side < 0 ? Math.nextUp(result) : Math.nextDown(result);
                assertThat(operation.side(decimal(other), a, b, c)).as(what).isEqualTo(-side);
                assertThat(isChosen(mode, operation, result, other, side, a, b, c))
                        .as(what)
                        .isTrue();
            }
        }
    }

    private static boolean isChosen(
            Rounding mode, Operation operation, double result, double other, int side, double a, double b, double c) {
        boolean isAway = Math.abs(result) > Math.abs(other);
        boolean isOdd = (Double.doubleToRawLongBits(result) & 1) != 0;
        BigDecimal middle = decimal(result).add(decimal(other)).divide(BigDecimal.valueOf(2));
        int half = operation.side(middle, a, b, c) * side; // below zero: the precise result is on the side of this one
        return switch (mode) {
            case NEAREST_EVEN -> half < 0 || (half == 0 && !isOdd);
            case NEAREST_AWAY -> half < 0 || (half == 0 && isAway);
            case ZERO -> !isAway;
            case UP -> side > 0;
            case DOWN -> side < 0;
            case PREPARE_FOR_SHORTER -> isOdd;
        };
    }

    @Test
    void javasArithmeticIsTakenWhereItHasTheSameResultAndFlag() {
        int known = 0;
        for (int i = 0; i < TIMES; i++) {
            double a = operand();
            double b = operand();
            known += same(a, b, a + b, PlainArithmetic.ofSum(a, b, a + b), Operation.ADD);
            known += same(a, b, a * b, PlainArithmetic.ofProduct(a, b, a * b), Operation.MULTIPLY);
            known += same(a, b, a / b, PlainArithmetic.ofQuotient(a, b, a / b), Operation.DIVIDE);
            double root = Math.sqrt(Math.abs(a));
            known += same(a, b, root, PlainArithmetic.ofRoot(Math.abs(a), root), Operation.SQUARE_ROOT);
        }
        assertThat(known).as("most of them are plain").isGreaterThan(2 * TIMES);
    }

    private int same(double a, double b, double result, int exactness, Operation operation) {
        if (exactness == PlainArithmetic.UNKNOWN) {
            return 0;
        }
        BinaryOperation state = new BinaryOperation(0);
        double exact = rounded(state, operation.exact(state, a, b, 0));
        String what = String.format("%s of %a and %a, seed %d", operation, a, b, seed);
        assertThat(result).as(what).isEqualTo(exact);
        assertThat(state.flags())
                .as(what)
                .isEqualTo(exactness == PlainArithmetic.INEXACT ? BinaryOperation.INEXACT : 0);
        return 1;
    }

    @Test
    void javasShortArithmeticIsTakenWhereItHasTheSameResultAndFlag() {
        for (int i = 0; i < TIMES; i++) {
            float a = (float) operand();
            float b = (float) operand();
            sameShort(a, b, a + b, PlainArithmetic.ofSum(a, b, a + b), ExactArithmetic::add);
            sameShort(a, b, a * b, PlainArithmetic.ofProduct(a, b, a * b), ExactArithmetic::multiply);
            sameShort(a, b, a / b, PlainArithmetic.ofQuotient(a, b, a / b), ExactArithmetic::divide);
            float root = (float) Math.sqrt(a);
            sameShort(a, b, root, PlainArithmetic.ofRoot(a, root), (o, x, y) -> ExactArithmetic.squareRoot(o, x));
        }
    }

    private interface Exact {
        BinaryValue apply(BinaryOperation operation, BinaryValue a, BinaryValue b);
    }

    private void sameShort(float a, float b, float result, int exactness, Exact exact) {
        if (exactness == PlainArithmetic.UNKNOWN) {
            return;
        }
        BinaryOperation state = new BinaryOperation(0);
        BinaryValue unrounded = exact.apply(
                state,
                BinaryFormat.SHORT.unpack(Float.floatToRawIntBits(a)),
                BinaryFormat.SHORT.unpack(Float.floatToRawIntBits(b)));
        long bits = BinaryFormat.SHORT.pack(Rounder.round(state, BinaryFormat.SHORT, unrounded));
        String what = String.format("%a and %a, seed %d", a, b, seed);
        assertThat(Float.floatToRawIntBits(result)).as(what).isEqualTo((int) bits);
        assertThat(state.flags())
                .as(what)
                .isEqualTo(exactness == PlainArithmetic.INEXACT ? BinaryOperation.INEXACT : 0);
    }

    @Test
    void whatWasUnpackedIsPackedAsItWas() {
        for (int i = 0; i < TIMES; i++) {
            long bits = random.nextLong();
            assertThat(BinaryFormat.LONG.pack(BinaryFormat.LONG.unpack(bits))).isEqualTo(bits);
            assertThat((int) BinaryFormat.SHORT.pack(BinaryFormat.SHORT.unpack(bits)))
                    .isEqualTo((int) bits);
            BinaryValue extended = BinaryFormat.unpack(bits, ~bits);
            assertThat(BinaryFormat.packHigh(extended)).isEqualTo(bits);
            assertThat(BinaryFormat.EXTENDED.pack(extended)).isEqualTo(~bits);
        }
    }

    /** A long product fits the extended format; rounded from there, it is the long one. */
    @Test
    void preparedForAShorterFormatIsRoundedAsIfOnce() {
        for (int i = 0; i < TIMES; i++) {
            double a = operand();
            double b = operand();
            BinaryOperation prepare = new BinaryOperation(0, Rounding.PREPARE_FOR_SHORTER, false);
            BinaryValue quotient =
                    Rounder.round(prepare, BinaryFormat.EXTENDED, ExactArithmetic.divide(prepare, of(a), of(b)));
            assertThat(rounded(new BinaryOperation(0), quotient))
                    .as("%a / %a, seed %d", a, b, seed)
                    .isEqualTo(a / b);
        }
    }
}
