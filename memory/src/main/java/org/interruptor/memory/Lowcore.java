package org.interruptor.memory;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The lowcore of a CPU, its prefix area: a flyweight over the 8 KiB of guest storage where the CPU and its interruptions
 * exchange PSWs, codes and parameters.
 *
 * <pre>
 *   offset
 *          0       1       2       3       4       5       6       7
 *         +-------+-------+-------+-------+-------+-------+-------+-------+
 *    0x80 | external parameter            | CPU address   | external code |
 *         +-------+-------+-------+-------+-------+-------+-------+-------+
 *    0x88 |                               | program ILC   | program code  |
 *         +-------+-------+-------+-------+-------+-------+-------+-------+
 *         ...
 *         +---------------------------------------------------------------+
 *   0x120 | restart old PSW: mask, then address                           |
 *   0x130 | external old PSW                                              |
 *   0x140 |                                                               |
 *   0x150 | program old PSW                                               |
 *         +---------------------------------------------------------------+
 *         ...
 *         +---------------------------------------------------------------+
 *   0x1a0 | restart new PSW: mask, then address                           |
 *   0x1b0 | external new PSW                                              |
 *   0x1c0 |                                                               |
 *   0x1d0 | program new PSW                                               |
 *         +---------------------------------------------------------------+
 *         ...
 *         +---------------------------------------------------------------+
 *  0x11b8 | external 64-bit parameter                                     |
 *         +---------------------------------------------------------------+
 *         ...
 *  0x2000   end
 * </pre>
 *
 * <p>Everything is big-endian; a PSW is 16 bytes, drawn here on one line. Fields of 2 bytes are unsigned: they are read as 0 to
 * 0xffff, and of what is written the two low bytes count. Reads and writes are plain: they go to guest storage at once, but
 * order nothing.
 *
 * <p>Before the first {@link #wrap} each accessor throws an {@code IndexOutOfBoundsException}. Afterwards it throws nothing,
 * not even when the storage has been closed: the window keeps the memory.
 *
 * <p>Source: Principles of Operation, chapter Storage, Assigned Storage Locations; interruptions.md, section 1.
 *
 * <p>Threads: owner only (the thread that wraps it); the storage under it is shared. Nothing here blocks or allocates.
 */
public final class Lowcore {

    /** Length in bytes. */
    public static final int LENGTH = Prefixing.AREA_LENGTH;

    /** Offset of the external-interruption parameter; 4 bytes. */
    public static final int EXTERNAL_PARAMETER_OFFSET = 0x80;

    /** Offset of the CPU address associated with an external interruption; 2 bytes. */
    public static final int EXTERNAL_CPU_ADDRESS_OFFSET = 0x84;

    /** Offset of the external-interruption code; 2 bytes. */
    public static final int EXTERNAL_CODE_OFFSET = 0x86;

    /** Offset of the program-interruption length code (ILC); 2 bytes. */
    public static final int PROGRAM_ILC_OFFSET = 0x8c;

    /** Offset of the program-interruption code; 2 bytes. */
    public static final int PROGRAM_CODE_OFFSET = 0x8e;

    /** Offset of the restart old PSW, first doubleword: its mask (see {@link PswMask}); 8 bytes. */
    public static final int RESTART_OLD_PSW_MASK_OFFSET = 0x120;

    /** Offset of the restart old PSW, second doubleword: its instruction address; 8 bytes. */
    public static final int RESTART_OLD_PSW_ADDRESS_OFFSET = 0x128;

    /** Offset of the external old PSW, first doubleword: its mask (see {@link PswMask}); 8 bytes. */
    public static final int EXTERNAL_OLD_PSW_MASK_OFFSET = 0x130;

    /** Offset of the external old PSW, second doubleword: its instruction address; 8 bytes. */
    public static final int EXTERNAL_OLD_PSW_ADDRESS_OFFSET = 0x138;

    /** Offset of the program old PSW, first doubleword: its mask (see {@link PswMask}); 8 bytes. */
    public static final int PROGRAM_OLD_PSW_MASK_OFFSET = 0x150;

    /** Offset of the program old PSW, second doubleword: its instruction address; 8 bytes. */
    public static final int PROGRAM_OLD_PSW_ADDRESS_OFFSET = 0x158;

    /** Offset of the restart new PSW, first doubleword: its mask (see {@link PswMask}); 8 bytes. */
    public static final int RESTART_NEW_PSW_MASK_OFFSET = 0x1a0;

    /** Offset of the restart new PSW, second doubleword: its instruction address; 8 bytes. */
    public static final int RESTART_NEW_PSW_ADDRESS_OFFSET = 0x1a8;

    /** Offset of the external new PSW, first doubleword: its mask (see {@link PswMask}); 8 bytes. */
    public static final int EXTERNAL_NEW_PSW_MASK_OFFSET = 0x1b0;

    /** Offset of the external new PSW, second doubleword: its instruction address; 8 bytes. */
    public static final int EXTERNAL_NEW_PSW_ADDRESS_OFFSET = 0x1b8;

    /** Offset of the program new PSW, first doubleword: its mask (see {@link PswMask}); 8 bytes. */
    public static final int PROGRAM_NEW_PSW_MASK_OFFSET = 0x1d0;

    /** Offset of the program new PSW, second doubleword: its instruction address; 8 bytes. */
    public static final int PROGRAM_NEW_PSW_ADDRESS_OFFSET = 0x1d8;

    /** Offset of the external-interruption 64-bit parameter; 8 bytes. */
    public static final int EXTERNAL_PARAMETER_64_OFFSET = 0x11b8;

    private final UnsafeBuffer buffer;

    /**
     * A lowcore that is not wrapped yet.
     *
     * @throws IllegalStateException if the JVM lacks the flag that {@link AgronaAccess} names.
     */
    public Lowcore() {
        AgronaAccess.check();
        buffer = new UnsafeBuffer();
    }

    /**
     * Lays this lowcore over the prefix area that a prefix points to. To be done again when the prefix changes, so that the
     * accessors need not add it.
     *
     * @param memory absolute storage.
     * @param prefix the CPU's prefix, 32 bits unsigned: absolute address of the area.
     * @throws IllegalArgumentException if there is no such area (see {@link Prefixing#isValid}); this lowcore stays where it was.
     * @throws IllegalStateException if the storage is closed.
     */
    public void wrap(GuestMemory memory, long prefix) {
        if (!Prefixing.isValid(prefix, memory.size())) {
            throw new IllegalArgumentException("prefix: 0x" + Long.toHexString(prefix)
                    + ", expected a multiple of " + LENGTH + " whose " + LENGTH + " bytes lie inside the storage of "
                    + memory.size() + " bytes");
        }
        memory.wrapWindow(buffer, prefix, LENGTH);
    }

    /**
     * The window itself, for what has no accessor here.
     *
     * @return the buffer, {@link #LENGTH} bytes once this lowcore is wrapped; always the same one.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * The external-interruption parameter: of a service signal or virtio interruption.
     *
     * @return 4 bytes, big-endian in storage at 0x80.
     */
    public int externalParameter() {
        return buffer.getInt(EXTERNAL_PARAMETER_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the external-interruption parameter.
     *
     * @param value 4 bytes, big-endian in storage at 0x80.
     */
    public void externalParameter(int value) {
        buffer.putInt(EXTERNAL_PARAMETER_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The CPU address associated with an external interruption: 0x0d00 with a virtio interruption.
     *
     * @return 2 bytes, unsigned, big-endian in storage at 0x84.
     */
    public int externalCpuAddress() {
        return Short.toUnsignedInt(buffer.getShort(EXTERNAL_CPU_ADDRESS_OFFSET, ByteOrder.BIG_ENDIAN));
    }

    /**
     * Stores the CPU address associated with an external interruption.
     *
     * @param value 2 bytes, unsigned, big-endian in storage at 0x84.
     */
    public void externalCpuAddress(int value) {
        buffer.putShort(EXTERNAL_CPU_ADDRESS_OFFSET, (short) value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The external-interruption code: what kind of external interruption it was.
     *
     * @return 2 bytes, unsigned, big-endian in storage at 0x86.
     */
    public int externalCode() {
        return Short.toUnsignedInt(buffer.getShort(EXTERNAL_CODE_OFFSET, ByteOrder.BIG_ENDIAN));
    }

    /**
     * Stores the external-interruption code.
     *
     * @param value 2 bytes, unsigned, big-endian in storage at 0x86.
     */
    public void externalCode(int value) {
        buffer.putShort(EXTERNAL_CODE_OFFSET, (short) value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores CPU address and external-interruption code at once.
     *
     * @param cpuAddress 2 bytes, unsigned, big-endian in storage at 0x84.
     * @param code 2 bytes, unsigned, big-endian in storage at 0x86.
     */
    public void external(int cpuAddress, int code) {
        buffer.putInt(EXTERNAL_CPU_ADDRESS_OFFSET, (cpuAddress << 16) | (code & 0xffff), ByteOrder.BIG_ENDIAN);
    }

    /**
     * The program-interruption length code (ILC): the length of the instruction in bytes: 2, 4 or 6.
     *
     * @return 2 bytes, unsigned, big-endian in storage at 0x8c.
     */
    public int programIlc() {
        return Short.toUnsignedInt(buffer.getShort(PROGRAM_ILC_OFFSET, ByteOrder.BIG_ENDIAN));
    }

    /**
     * Stores the program-interruption length code (ILC).
     *
     * @param value 2 bytes, unsigned, big-endian in storage at 0x8c.
     */
    public void programIlc(int value) {
        buffer.putShort(PROGRAM_ILC_OFFSET, (short) value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The program-interruption code: what kind of program exception it was.
     *
     * @return 2 bytes, unsigned, big-endian in storage at 0x8e.
     */
    public int programCode() {
        return Short.toUnsignedInt(buffer.getShort(PROGRAM_CODE_OFFSET, ByteOrder.BIG_ENDIAN));
    }

    /**
     * Stores the program-interruption code.
     *
     * @param value 2 bytes, unsigned, big-endian in storage at 0x8e.
     */
    public void programCode(int value) {
        buffer.putShort(PROGRAM_CODE_OFFSET, (short) value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The restart old PSW, first doubleword: its mask (see {@link PswMask}): where the interruption stores the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x120.
     */
    public long restartOldPswMask() {
        return buffer.getLong(RESTART_OLD_PSW_MASK_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the restart old PSW, first doubleword: its mask (see {@link PswMask}).
     *
     * @param value 8 bytes, big-endian in storage at 0x120.
     */
    public void restartOldPswMask(long value) {
        buffer.putLong(RESTART_OLD_PSW_MASK_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The restart old PSW, second doubleword: its instruction address: where the interruption stores the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x128.
     */
    public long restartOldPswAddress() {
        return buffer.getLong(RESTART_OLD_PSW_ADDRESS_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the restart old PSW, second doubleword: its instruction address.
     *
     * @param value 8 bytes, big-endian in storage at 0x128.
     */
    public void restartOldPswAddress(long value) {
        buffer.putLong(RESTART_OLD_PSW_ADDRESS_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The external old PSW, first doubleword: its mask (see {@link PswMask}): where the interruption stores the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x130.
     */
    public long externalOldPswMask() {
        return buffer.getLong(EXTERNAL_OLD_PSW_MASK_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the external old PSW, first doubleword: its mask (see {@link PswMask}).
     *
     * @param value 8 bytes, big-endian in storage at 0x130.
     */
    public void externalOldPswMask(long value) {
        buffer.putLong(EXTERNAL_OLD_PSW_MASK_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The external old PSW, second doubleword: its instruction address: where the interruption stores the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x138.
     */
    public long externalOldPswAddress() {
        return buffer.getLong(EXTERNAL_OLD_PSW_ADDRESS_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the external old PSW, second doubleword: its instruction address.
     *
     * @param value 8 bytes, big-endian in storage at 0x138.
     */
    public void externalOldPswAddress(long value) {
        buffer.putLong(EXTERNAL_OLD_PSW_ADDRESS_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The program old PSW, first doubleword: its mask (see {@link PswMask}): where the interruption stores the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x150.
     */
    public long programOldPswMask() {
        return buffer.getLong(PROGRAM_OLD_PSW_MASK_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the program old PSW, first doubleword: its mask (see {@link PswMask}).
     *
     * @param value 8 bytes, big-endian in storage at 0x150.
     */
    public void programOldPswMask(long value) {
        buffer.putLong(PROGRAM_OLD_PSW_MASK_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The program old PSW, second doubleword: its instruction address: where the interruption stores the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x158.
     */
    public long programOldPswAddress() {
        return buffer.getLong(PROGRAM_OLD_PSW_ADDRESS_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the program old PSW, second doubleword: its instruction address.
     *
     * @param value 8 bytes, big-endian in storage at 0x158.
     */
    public void programOldPswAddress(long value) {
        buffer.putLong(PROGRAM_OLD_PSW_ADDRESS_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The restart new PSW, first doubleword: its mask (see {@link PswMask}): what the interruption loads as the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x1a0.
     */
    public long restartNewPswMask() {
        return buffer.getLong(RESTART_NEW_PSW_MASK_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the restart new PSW, first doubleword: its mask (see {@link PswMask}).
     *
     * @param value 8 bytes, big-endian in storage at 0x1a0.
     */
    public void restartNewPswMask(long value) {
        buffer.putLong(RESTART_NEW_PSW_MASK_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The restart new PSW, second doubleword: its instruction address: what the interruption loads as the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x1a8.
     */
    public long restartNewPswAddress() {
        return buffer.getLong(RESTART_NEW_PSW_ADDRESS_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the restart new PSW, second doubleword: its instruction address.
     *
     * @param value 8 bytes, big-endian in storage at 0x1a8.
     */
    public void restartNewPswAddress(long value) {
        buffer.putLong(RESTART_NEW_PSW_ADDRESS_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The external new PSW, first doubleword: its mask (see {@link PswMask}): what the interruption loads as the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x1b0.
     */
    public long externalNewPswMask() {
        return buffer.getLong(EXTERNAL_NEW_PSW_MASK_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the external new PSW, first doubleword: its mask (see {@link PswMask}).
     *
     * @param value 8 bytes, big-endian in storage at 0x1b0.
     */
    public void externalNewPswMask(long value) {
        buffer.putLong(EXTERNAL_NEW_PSW_MASK_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The external new PSW, second doubleword: its instruction address: what the interruption loads as the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x1b8.
     */
    public long externalNewPswAddress() {
        return buffer.getLong(EXTERNAL_NEW_PSW_ADDRESS_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the external new PSW, second doubleword: its instruction address.
     *
     * @param value 8 bytes, big-endian in storage at 0x1b8.
     */
    public void externalNewPswAddress(long value) {
        buffer.putLong(EXTERNAL_NEW_PSW_ADDRESS_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The program new PSW, first doubleword: its mask (see {@link PswMask}): what the interruption loads as the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x1d0.
     */
    public long programNewPswMask() {
        return buffer.getLong(PROGRAM_NEW_PSW_MASK_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the program new PSW, first doubleword: its mask (see {@link PswMask}).
     *
     * @param value 8 bytes, big-endian in storage at 0x1d0.
     */
    public void programNewPswMask(long value) {
        buffer.putLong(PROGRAM_NEW_PSW_MASK_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The program new PSW, second doubleword: its instruction address: what the interruption loads as the current PSW.
     *
     * @return 8 bytes, big-endian in storage at 0x1d8.
     */
    public long programNewPswAddress() {
        return buffer.getLong(PROGRAM_NEW_PSW_ADDRESS_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the program new PSW, second doubleword: its instruction address.
     *
     * @param value 8 bytes, big-endian in storage at 0x1d8.
     */
    public void programNewPswAddress(long value) {
        buffer.putLong(PROGRAM_NEW_PSW_ADDRESS_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The external-interruption 64-bit parameter: of a virtio interruption.
     *
     * @return 8 bytes, big-endian in storage at 0x11b8.
     */
    public long externalParameter64() {
        return buffer.getLong(EXTERNAL_PARAMETER_64_OFFSET, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stores the external-interruption 64-bit parameter.
     *
     * @param value 8 bytes, big-endian in storage at 0x11b8.
     */
    public void externalParameter64(long value) {
        buffer.putLong(EXTERNAL_PARAMETER_64_OFFSET, value, ByteOrder.BIG_ENDIAN);
    }
}
