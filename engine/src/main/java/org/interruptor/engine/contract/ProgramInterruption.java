package org.interruptor.engine.contract;

import java.nio.ByteOrder;
import java.util.List;
import org.interruptor.memory.Lowcore;

/**
 * A program interruption with its parameters, as a vCPU's instruction handling raises it: one reusable object a vCPU. Each setter
 * takes the parameter of that name; which of them are stored depends on the code, as the table shows. Source: Principles of
 * Operation, chapter Interruptions, Program Interruption.
 *
 * <pre>
 *  stored                  at (real)           codes
 *  TEID                    0xa8, 8 bytes       0x04, 0x10, 0x11, 0x1c, 0x20 to 0x26, 0x2e, 0x38 to 0x3b
 *  exception access id     0xa0, 1 byte        0x04, 0x10, 0x11, 0x29 to 0x2d, 0x2f, 0x38 to 0x3b
 *  operand access id       0xa2, 1 byte        0x10, 0x11, 0x38 to 0x3b
 *  data-exception code     0x90, 4 bytes       0x07, 0x1b
 *  monitor class, code     0x94, 2; 0xb0, 8    0x40
 *  PER code, ATMID         0x96, 0x97          with 0x80
 *  PER address, access id  0x98, 8; 0xa1, 1    with 0x80
 *  length                  0x8c                always
 *  breaking-event address  0x110, 8 bytes      always
 * </pre>
 *
 * <p>Threads: the vCPU's own. Nothing allocates.
 */
public final class ProgramInterruption {
    /** How many fields a saved one has. */
    public static final int SAVED_FIELDS = 13;

    /** Of these fields those that have 32 bits or less, by their places: all but TEID, monitor code and two addresses. */
    public static final List<Integer> NARROW_FIELDS = List.of(0, 1, 3, 4, 5, 6, 8, 9, 11);

    private static final int PER_EVENT = 0x80;
    private static final int CODE = 0x7f;

    private static final int DATA_EXCEPTION_CODE_OFFSET = 0x90;
    private static final int MONITOR_CLASS_OFFSET = 0x94;
    private static final int PER_CODE_OFFSET = 0x96;
    private static final int PER_ATMID_OFFSET = 0x97;
    private static final int PER_ADDRESS_OFFSET = 0x98;
    private static final int EXCEPTION_ACCESS_OFFSET = 0xa0;
    private static final int PER_ACCESS_OFFSET = 0xa1;
    private static final int OPERAND_ACCESS_OFFSET = 0xa2;
    private static final int TEID_OFFSET = 0xa8;
    private static final int MONITOR_CODE_OFFSET = 0xb0;
    private static final int BREAKING_EVENT_OFFSET = 0x110;

    private static final int TEID = 1;
    private static final int EXCEPTION_ACCESS = 2;
    private static final int OPERAND_ACCESS = 4;
    private static final int DATA_EXCEPTION = 8;
    private static final int MONITOR = 16;

    /** What each code stores beside length and breaking-event address. */
    private static final byte[] STORED = new byte[CODE + 1];

    static {
        stored(0x1c, 0x1c, TEID);
        stored(0x20, 0x26, TEID);
        stored(0x2e, 0x2e, TEID);
        stored(0x04, 0x04, TEID | EXCEPTION_ACCESS);
        stored(0x10, 0x11, TEID | EXCEPTION_ACCESS | OPERAND_ACCESS);
        stored(0x38, 0x3b, TEID | EXCEPTION_ACCESS | OPERAND_ACCESS);
        stored(0x29, 0x2d, EXCEPTION_ACCESS);
        stored(0x2f, 0x2f, EXCEPTION_ACCESS);
        stored(0x07, 0x07, DATA_EXCEPTION);
        stored(0x1b, 0x1b, DATA_EXCEPTION);
        stored(0x40, 0x40, MONITOR);
    }

    private static void stored(int first, int last, int fields) {
        for (int code = first; code <= last; code++) {
            STORED[code] = (byte) fields;
        }
    }

    private int code;
    private int length;
    private boolean isRaised;
    private long teid;
    private int exceptionAccess;
    private int operandAccess;
    private int dataExceptionCode;
    private int monitorClass;
    private long monitorCode;
    private int perCode;
    private int perAtmid;
    private long perAddress;
    private int perAccess;
    private long breakingEventAddress;

    /** Nothing raised; all parameters 0. */
    public ProgramInterruption() {}

    /**
     * Begins a new interruption: all parameters are 0.
     *
     * @param interruptionCode 16 bits; 0x80 beside another code is a PER event with it.
     * @param instructionLength 0, 2, 4 or 6 bytes.
     * @return this.
     */
    public ProgramInterruption begin(int interruptionCode, int instructionLength) {
        clear();
        code = interruptionCode & 0xffff;
        length = instructionLength;
        return this;
    }

    /**
     * Translation-exception identification.
     *
     * @param value 64 bits.
     * @return this.
     */
    public ProgramInterruption teid(long value) {
        teid = value;
        return this;
    }

    /**
     * Exception access identification.
     *
     * @param value 8 bits.
     * @return this.
     */
    public ProgramInterruption exceptionAccess(int value) {
        exceptionAccess = value;
        return this;
    }

    /**
     * Operand access identification.
     *
     * @param value 8 bits.
     * @return this.
     */
    public ProgramInterruption operandAccess(int value) {
        operandAccess = value;
        return this;
    }

    /**
     * Data-exception code.
     *
     * @param value 32 bits.
     * @return this.
     */
    public ProgramInterruption dataException(int value) {
        dataExceptionCode = value;
        return this;
    }

    /**
     * Monitor event.
     *
     * @param monitorClassNumber 16 bits.
     * @param value the monitor code, 64 bits.
     * @return this.
     */
    public ProgramInterruption monitor(int monitorClassNumber, long value) {
        monitorClass = monitorClassNumber;
        monitorCode = value;
        return this;
    }

    /**
     * PER event.
     *
     * @param eventCode 8 bits.
     * @param atmid 8 bits.
     * @param address 64 bits.
     * @param access PER access identification, 8 bits.
     * @return this.
     */
    public ProgramInterruption per(int eventCode, int atmid, long address, int access) {
        perCode = eventCode;
        perAtmid = atmid;
        perAddress = address;
        perAccess = access;
        return this;
    }

    /**
     * Breaking-event address.
     *
     * @param value 64 bits.
     * @return this.
     */
    public ProgramInterruption breakingEvent(long value) {
        breakingEventAddress = value;
        return this;
    }

    /** It is raised, and will be delivered next. For the engine. */
    public void raise() {
        isRaised = true;
    }

    /**
     * Whether it is raised and not delivered yet.
     *
     * @return true from {@link #raise} to the delivery.
     */
    public boolean isRaised() {
        return isRaised;
    }

    /**
     * The code.
     *
     * @return 16 bits.
     */
    public int code() {
        return code;
    }

    /**
     * The instruction length.
     *
     * @return bytes.
     */
    public int length() {
        return length;
    }

    /** Forgets everything. For the engine. */
    public void clear() {
        isRaised = false;
        code = 0;
        length = 0;
        teid = 0;
        exceptionAccess = 0;
        operandAccess = 0;
        dataExceptionCode = 0;
        monitorClass = 0;
        monitorCode = 0;
        per(0, 0, 0, 0);
        breakingEventAddress = 0;
    }

    /**
     * The fields of one that is raised, for saving. For the engine.
     *
     * @return a list of {@link #SAVED_FIELDS}; empty if none is raised.
     */
    public List<Long> saved() {
        return isRaised
                ? List.of(
                        (long) code,
                        (long) length,
                        teid,
                        (long) exceptionAccess,
                        (long) operandAccess,
                        (long) dataExceptionCode,
                        (long) monitorClass,
                        monitorCode,
                        (long) perCode,
                        (long) perAtmid,
                        perAddress,
                        (long) perAccess,
                        breakingEventAddress)
                : List.of();
    }

    /**
     * Raises the one that was saved, or none. For the engine.
     *
     * @param saved what {@link #saved} gave.
     */
    public void restore(List<Long> saved) {
        clear();
        if (!saved.isEmpty()) {
            begin(saved.get(0).intValue(), saved.get(1).intValue())
                    .teid(saved.get(2))
                    .exceptionAccess(saved.get(3).intValue())
                    .operandAccess(saved.get(4).intValue())
                    .dataException(saved.get(5).intValue())
                    .monitor(saved.get(6).intValue(), saved.get(7))
                    .per(
                            saved.get(8).intValue(),
                            saved.get(9).intValue(),
                            saved.get(10),
                            saved.get(11).intValue())
                    .breakingEvent(saved.get(12))
                    .raise();
        }
    }

    /**
     * Stores the parameters that belong to the code. For the engine.
     *
     * @param lowcore into which.
     */
    public void store(Lowcore lowcore) {
        int fields = STORED[code & CODE];
        if ((fields & TEID) != 0) {
            lowcore.buffer().putLong(TEID_OFFSET, teid, ByteOrder.BIG_ENDIAN);
        }
        if ((fields & EXCEPTION_ACCESS) != 0) {
            lowcore.buffer().putByte(EXCEPTION_ACCESS_OFFSET, (byte) exceptionAccess);
        }
        if ((fields & OPERAND_ACCESS) != 0) {
            lowcore.buffer().putByte(OPERAND_ACCESS_OFFSET, (byte) operandAccess);
        }
        if ((fields & DATA_EXCEPTION) != 0) {
            lowcore.buffer().putInt(DATA_EXCEPTION_CODE_OFFSET, dataExceptionCode, ByteOrder.BIG_ENDIAN);
        }
        if ((fields & MONITOR) != 0) {
            lowcore.buffer().putShort(MONITOR_CLASS_OFFSET, (short) monitorClass, ByteOrder.BIG_ENDIAN);
            lowcore.buffer().putLong(MONITOR_CODE_OFFSET, monitorCode, ByteOrder.BIG_ENDIAN);
        }
        if ((code & PER_EVENT) != 0) {
            lowcore.buffer().putByte(PER_CODE_OFFSET, (byte) perCode);
            lowcore.buffer().putByte(PER_ATMID_OFFSET, (byte) perAtmid);
            lowcore.buffer().putLong(PER_ADDRESS_OFFSET, perAddress, ByteOrder.BIG_ENDIAN);
            lowcore.buffer().putByte(PER_ACCESS_OFFSET, (byte) perAccess);
        }
        lowcore.buffer().putLong(BREAKING_EVENT_OFFSET, breakingEventAddress, ByteOrder.BIG_ENDIAN);
    }
}
