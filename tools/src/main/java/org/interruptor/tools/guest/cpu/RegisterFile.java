package org.interruptor.tools.guest.cpu;

/**
 * The general, access and floating-point registers of one CPU.
 *
 * <p>Threads: the CPU's own; another one while the CPU's does not run.
 */
public abstract class RegisterFile {
    private final long[] general = new long[16];
    private final int[] access = new int[16];
    private final long[] floating = new long[16];
    private int floatingPointControl;
    private int programmableField;

    RegisterFile() {}

    /**
     * A general register.
     *
     * @param number 0 to 15.
     * @return 64 bits.
     */
    public final long gr(int number) {
        return general[number];
    }

    /**
     * Sets a general register.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     */
    public final void gr(int number, long value) {
        general[number] = value;
    }

    /**
     * The right half of a general register.
     *
     * @param number 0 to 15.
     * @return bits 32 to 63.
     */
    public final int gr32(int number) {
        return (int) general[number];
    }

    /**
     * Sets the right half of a general register, and leaves the left one.
     *
     * @param number 0 to 15.
     * @param value bits 32 to 63.
     */
    public final void gr32(int number, int value) {
        general[number] = (general[number] & 0xffff_ffff_0000_0000L) | (value & 0xffff_ffffL);
    }

    /**
     * The left half of a general register.
     *
     * @param number 0 to 15.
     * @return bits 0 to 31.
     */
    public final int high32(int number) {
        return (int) (general[number] >>> 32);
    }

    /**
     * Sets the left half of a general register, and leaves the right one.
     *
     * @param number 0 to 15.
     * @param value bits 0 to 31.
     */
    public final void high32(int number, int value) {
        general[number] = (general[number] & 0xffff_ffffL) | ((long) value << 32);
    }

    /**
     * Checks the first register of an even-odd pair.
     *
     * @param number 0 to 15.
     * @throws ProgramException SPECIFICATION if it is odd.
     */
    public static void even(int number) {
        if ((number & 1) != 0) {
            throw ProgramException.SPECIFICATION;
        }
    }

    /**
     * An even-odd pair of right halves.
     *
     * @param number the even one.
     * @return the even one's bits 32 to 63, then the odd one's.
     */
    public final long pair32(int number) {
        even(number);
        return ((long) gr32(number) << 32) | (gr32(number + 1) & 0xffff_ffffL);
    }

    /**
     * Sets an even-odd pair of right halves.
     *
     * @param number the even one.
     * @param value the even one's bits 32 to 63, then the odd one's.
     */
    public final void pair32(int number, long value) {
        even(number);
        gr32(number, (int) (value >>> 32));
        gr32(number + 1, (int) value);
    }

    /**
     * An access register.
     *
     * @param number 0 to 15.
     * @return 32 bits.
     */
    public final int ar(int number) {
        return access[number];
    }

    /**
     * Sets an access register.
     *
     * @param number 0 to 15.
     * @param value 32 bits.
     */
    public final void ar(int number, int value) {
        access[number] = value;
    }

    /**
     * A floating-point register.
     *
     * @param number 0 to 15.
     * @return 64 bits.
     */
    public final long fpr(int number) {
        return floating[number];
    }

    /**
     * Sets a floating-point register.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     */
    public final void fpr(int number, long value) {
        floating[number] = value;
    }

    /**
     * The left half of a floating-point register, where a short operand is.
     *
     * @param number 0 to 15.
     * @return bits 0 to 31.
     */
    public final int fpr32(int number) {
        return (int) (floating[number] >>> 32);
    }

    /**
     * Sets the left half of a floating-point register, and leaves the right one.
     *
     * @param number 0 to 15.
     * @param value bits 0 to 31.
     */
    public final void fpr32(int number, int value) {
        floating[number] = (floating[number] & 0xffff_ffffL) | ((long) value << 32);
    }

    /**
     * The floating-point-control register.
     *
     * @return 32 bits: masks, flags, data-exception code, rounding mode.
     */
    public final int fpc() {
        return floatingPointControl;
    }

    /**
     * Sets the floating-point-control register, unchecked.
     *
     * @param value 32 bits.
     */
    public final void fpc(int value) {
        floatingPointControl = value;
    }

    /**
     * The TOD programmable register.
     *
     * @return 16 bits.
     */
    public final int programmableField() {
        return programmableField;
    }

    /**
     * Sets the TOD programmable register.
     *
     * @param value its low 16 bits count.
     */
    public final void programmableField(int value) {
        programmableField = value & 0xffff;
    }

    /** What a general register adds to an address: register 0 nothing. */
    final long base(int number) {
        return number == 0 ? 0 : general[number];
    }
}
