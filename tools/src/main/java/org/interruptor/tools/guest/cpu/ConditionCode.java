package org.interruptor.tools.guest.cpu;

import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.PswMask;

/**
 * The condition code of one CPU, in the PSW, and the overflows that go with it. Source: Principles of Operation, appendix
 * Condition-Code Settings.
 *
 * <p>Threads: the CPU's own.
 */
public abstract class ConditionCode extends Addressing {
    private static final int CC_SHIFT = 44;
    private static final long FIXED_POINT_OVERFLOW_MASK = 0x0000_0800_0000_0000L;
    private static final long DECIMAL_OVERFLOW_MASK = 0x0000_0400_0000_0000L;

    /** With the engine's registers of the CPU. */
    ConditionCode(Registers registers) {
        super(registers);
    }

    /** Sets the PSW mask in bits that concern neither interruptions nor addressing. */
    final void pswMask(long mask) {
        registers().psw(mask, registers().pswAddress());
    }

    /**
     * The condition code.
     *
     * @return 0 to 3.
     */
    public int cc() {
        return (int) (registers().pswMask() >>> CC_SHIFT) & 3;
    }

    /**
     * Sets the condition code.
     *
     * @param code 0 to 3.
     */
    public void cc(int code) {
        pswMask((registers().pswMask() & ~PswMask.CONDITION_CODE) | ((long) code << CC_SHIFT));
    }

    /**
     * Sets the condition code by the sign of a result: 0 zero, 1 negative, 2 positive.
     *
     * @param result what it is compared to zero.
     */
    public void ccSign(long result) {
        cc(result == 0 ? 0 : result < 0 ? 1 : 2);
    }

    /**
     * Sets the condition code by a comparison: 0 equal, 1 first low, 2 first high.
     *
     * @param comparison negative, zero or positive.
     */
    public void ccCompare(int comparison) {
        ccSign(comparison);
    }

    /**
     * Sets the condition code of a logical operation: 0 zero, 1 not zero.
     *
     * @param result what it is.
     */
    public void ccNotZero(long result) {
        cc(result == 0 ? 0 : 1);
    }

    /**
     * Whether a mask selects the condition code.
     *
     * @param mask 4 bits, the leftmost for condition code 0.
     * @return whether to branch.
     */
    public boolean isSelected(int mask) {
        return (mask & (8 >> cc())) != 0;
    }

    /** Sets condition code 3, and interrupts if the program mask says so: the result is in its register by then. */
    public void fixedPointOverflow() {
        cc(3);
        if ((registers().pswMask() & FIXED_POINT_OVERFLOW_MASK) != 0) {
            throw ProgramException.FIXED_POINT_OVERFLOW;
        }
    }

    /**
     * Sets condition code 3, and ends the instruction with a decimal overflow if the program mask says so: the result is in
     * storage by then.
     */
    public void decimalOverflow() {
        cc(3);
        if ((registers().pswMask() & DECIMAL_OVERFLOW_MASK) != 0) {
            throw ProgramException.DECIMAL_OVERFLOW;
        }
    }
}
