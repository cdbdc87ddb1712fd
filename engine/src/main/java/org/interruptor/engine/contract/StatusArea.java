package org.interruptor.engine.contract;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the embedder stores the registers that the engine does not have: for the stop-and-store-status and store-status orders of
 * SIGNAL PROCESSOR, and for machine checks. The fields stand as the architecture assigns them from absolute or real 0x1200 on. Source: Principles of
 * Operation, chapter Storage, Assigned Storage Locations; chapter Control, Store Status.
 *
 * <pre>
 *  0x00  floating-point registers 0 to 15, 8 bytes each
 *  0x80  general registers 0 to 15, 8 bytes each
 *  0x11c floating-point-control register, 4 bytes
 *  0x124 TOD programmable register, 4 bytes
 *  0x140 access registers 0 to 15, 4 bytes each
 *
 *  and in an area of their own: vector registers 0 to 31, 16 bytes each
 * </pre>
 *
 * <p>The engine stores PSW, prefix, CPU timer, clock comparator and control registers.
 *
 * <p>Threads: the vCPU's own, during the call.
 */
public final class StatusArea {
    /** Length in bytes. */
    public static final int LENGTH = 512;

    /** Length of the vector registers in bytes. */
    public static final int VECTORS_LENGTH = 512;

    /** Control registers. */
    public static final int CONTROL_REGISTERS = 16;

    /** The floating-point registers were stored. */
    public static final int HAS_FLOATING_POINT = 1;
    /** The general registers were stored. */
    public static final int HAS_GENERAL = 1 << 1;
    /** The access registers were stored. */
    public static final int HAS_ACCESS = 1 << 2;
    /** The TOD programmable register was stored. */
    public static final int HAS_TOD_PROGRAMMABLE = 1 << 3;
    /** The floating-point-control register was stored. */
    public static final int HAS_FLOATING_POINT_CONTROL = 1 << 4;
    /** The vector registers were stored. */
    public static final int HAS_VECTOR = 1 << 5;

    private static final int FLOATING_POINT = 0;
    private static final int GENERAL = 0x80;
    private static final int PSW = 0x100;
    private static final int PREFIX = 0x118;
    private static final int FPC = 0x11c;
    private static final int TOD_PROGRAMMABLE = 0x124;
    private static final int CPU_TIMER = 0x128;
    private static final int CLOCK_COMPARATOR = 0x131;
    private static final int ACCESS = 0x140;
    private static final int CONTROL = 0x180;

    private final MutableDirectBuffer buffer;
    private final MutableDirectBuffer vectors;

    /**
     * An area in a buffer; vector registers go nowhere.
     *
     * @param buffer of {@link #LENGTH} bytes.
     */
    public StatusArea(MutableDirectBuffer buffer) {
        this(buffer, new UnsafeBuffer(new byte[VECTORS_LENGTH]));
    }

    /**
     * An area in two buffers.
     *
     * @param buffer of {@link #LENGTH} bytes.
     * @param vectors of {@link #VECTORS_LENGTH} bytes.
     */
    public StatusArea(MutableDirectBuffer buffer, MutableDirectBuffer vectors) {
        this.buffer = buffer;
        this.vectors = vectors;
    }

    /**
     * A vector register.
     *
     * @param number 0 to 31.
     * @param high its leftmost 64 bits.
     * @param low its rightmost 64 bits.
     */
    public void vector(int number, long high, long low) {
        vectors.putLong(number * 2 * Long.BYTES, high, ByteOrder.BIG_ENDIAN);
        vectors.putLong(number * 2 * Long.BYTES + Long.BYTES, low, ByteOrder.BIG_ENDIAN);
    }

    /**
     * A floating-point register.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     */
    public void floatingPoint(int number, long value) {
        buffer.putLong(FLOATING_POINT + number * Long.BYTES, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * A general register.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     */
    public void general(int number, long value) {
        buffer.putLong(GENERAL + number * Long.BYTES, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The floating-point-control register.
     *
     * @param value 32 bits.
     */
    public void floatingPointControl(int value) {
        buffer.putInt(FPC, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The TOD programmable register.
     *
     * @param value 32 bits.
     */
    public void todProgrammable(int value) {
        buffer.putInt(TOD_PROGRAMMABLE, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * An access register.
     *
     * @param number 0 to 15.
     * @param value 32 bits.
     */
    public void access(int number, int value) {
        buffer.putInt(ACCESS + number * Integer.BYTES, value, ByteOrder.BIG_ENDIAN);
    }

    /**
     * What the engine has. For the engine.
     *
     * @param pswMask 64 bits.
     * @param pswAddress 64 bits.
     * @param prefix 32 bits.
     */
    public void psw(long pswMask, long pswAddress, long prefix) {
        buffer.putLong(PSW, pswMask, ByteOrder.BIG_ENDIAN);
        buffer.putLong(PSW + Long.BYTES, pswAddress, ByteOrder.BIG_ENDIAN);
        buffer.putInt(PREFIX, (int) prefix, ByteOrder.BIG_ENDIAN);
    }

    /**
     * The timers. For the engine.
     *
     * @param cpuTimer 64 bits.
     * @param clockComparator 64 bits; its first seven bytes are stored.
     */
    public void timers(long cpuTimer, long clockComparator) {
        buffer.putLong(CPU_TIMER, cpuTimer, ByteOrder.BIG_ENDIAN);
        buffer.putByte(CLOCK_COMPARATOR - 1, (byte) 0);
        buffer.putLong(CLOCK_COMPARATOR - 1, clockComparator >>> Byte.SIZE, ByteOrder.BIG_ENDIAN);
    }

    /**
     * A control register. For the engine.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     */
    public void control(int number, long value) {
        buffer.putLong(CONTROL + number * Long.BYTES, value, ByteOrder.BIG_ENDIAN);
    }
}
