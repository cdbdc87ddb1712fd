package org.interruptor.tools.guest.instruction;

import java.math.BigInteger;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.DataException;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * A packed decimal number: two digits a byte, and a sign in the last four bits.
 *
 * <pre>
 *   +----+----+----+----+ ... +----+----+
 *   | d  | d  | d  | d  |     | d  | s  |     s: 0xa, 0xc, 0xe, 0xf plus; 0xb, 0xd minus; 0xc and 0xd are stored
 *   +----+----+----+----+ ... +----+----+
 * </pre>
 *
 * @param magnitude its digits.
 * @param isNegative its sign, also of zero.
 */
record PackedDecimal(BigInteger magnitude, boolean isNegative) {
    private static final int PLUS = 0xc;
    private static final int MINUS = 0xd;

    static PackedDecimal of(long value) {
        return new PackedDecimal(BigInteger.valueOf(value).abs(), value < 0);
    }

    /** The data exception of invalid digits or signs, or of lengths that do not go together. */
    static ProgramException invalid(Cpu c) {
        return c.dataException(DataException.DECIMAL_OPERAND);
    }

    static boolean isMinus(int sign) {
        return sign == 0xb || sign == 0xd;
    }

    /**
     * Loads a number of 1 to 16 bytes.
     *
     * @throws ProgramException DATA if a digit or the sign is invalid.
     */
    static PackedDecimal load(Cpu c, Storage m, long a, int length) {
        m.check(a, length);
        char[] digits = new char[2 * length - 1];
        int sign = 0;
        for (int i = 0; i < length; i++) {
            int value = m.load8(a + i);
            digits[2 * i] = digit(c, value >>> 4);
            if (i < length - 1) {
                digits[2 * i + 1] = digit(c, value & 0xf);
            } else {
                sign = value & 0xf;
            }
        }
        if (sign < 0xa) {
            throw invalid(c);
        }
        return new PackedDecimal(new BigInteger(new String(digits)), isMinus(sign));
    }

    private static char digit(Cpu c, int digit) {
        if (digit > 9) {
            throw invalid(c);
        }
        return (char) ('0' + digit);
    }

    /** The condition code of TEST DECIMAL: 1 the sign is invalid, 2 a digit is, 3 both. */
    static int test(Storage m, long a, int length) {
        m.check(a, length);
        boolean isDigitInvalid = false;
        int last = 0;
        for (int i = 0; i < length; i++) {
            last = m.load8(a + i);
            isDigitInvalid |= last >>> 4 > 9 || (i < length - 1 && (last & 0xf) > 9);
        }
        return ((last & 0xf) < 0xa ? 1 : 0) + (isDigitInvalid ? 2 : 0);
    }

    BigInteger signed() {
        return isNegative ? magnitude.negate() : magnitude;
    }

    PackedDecimal withSign(boolean negative) {
        return new PackedDecimal(magnitude, negative);
    }

    /** Whether so many bytes have room for all digits. */
    boolean fits(int length) {
        return magnitude.compareTo(BigInteger.TEN.pow(2 * length - 1)) < 0;
    }

    /** Stores the number, cut off on the left where it is too long. */
    void store(Storage m, long a, int length) {
        m.checkStore(a, length);
        String digits = magnitude.toString();
        for (int i = 0; i < length; i++) {
            int right = i < length - 1 ? digitFromRight(digits, 2 * (length - 1 - i) - 1) : isNegative ? MINUS : PLUS;
            m.store8(a + i, digitFromRight(digits, 2 * (length - 1 - i)) << 4 | right);
        }
    }

    private static int digitFromRight(String digits, int position) {
        int index = digits.length() - 1 - position;
        return index < 0 ? 0 : digits.charAt(index) - '0';
    }
}
