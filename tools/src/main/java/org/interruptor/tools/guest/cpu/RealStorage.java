package org.interruptor.tools.guest.cpu;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Prefixing;

/**
 * Storage as the CPU itself reaches it for assigned locations: real addresses, prefixing applied, no translation, no
 * protection. Instructions that store at assigned locations (SUPERVISOR CALL, STORE FACILITY LIST) use it. A range must
 * not cross from one block of 8 KiB into the next.
 *
 * <p>Ordering: as {@link Storage}. Threads: the CPU's own.
 */
public final class RealStorage {
    private final GuestMemory memory;
    private final Registers registers;

    RealStorage(GuestMemory memory, Registers registers) {
        this.memory = memory;
        this.registers = registers;
    }

    /**
     * The absolute address of a range.
     *
     * @param address real address.
     * @param length bytes.
     * @return absolute address.
     * @throws ProgramException ADDRESSING if it is not all there.
     */
    public long absolute(long address, int length) {
        long absolute = Prefixing.realToAbsolute(address, registers.prefix());
        if (!memory.contains(absolute, length)) {
            throw ProgramException.ADDRESSING;
        }
        return absolute;
    }

    /**
     * Loads a byte.
     *
     * @param address real address.
     * @return 0 to 255.
     */
    public int load8(long address) {
        int value = memory.getByte(absolute(address, 1)) & 0xff;
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a word.
     *
     * @param address real address.
     * @return 32 bits.
     */
    public int load32(long address) {
        int value = memory.getInt(absolute(address, 4));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a doubleword.
     *
     * @param address real address.
     * @return 64 bits.
     */
    public long load64(long address) {
        long value = memory.getLong(absolute(address, 8));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Stores a byte.
     *
     * @param address real address.
     * @param value its low 8 bits count.
     */
    public void store8(long address, int value) {
        long absolute = absolute(address, 1);
        VarHandle.releaseFence();
        memory.putByte(absolute, (byte) value);
    }

    /**
     * Stores a halfword.
     *
     * @param address real address.
     * @param value its low 16 bits count.
     */
    public void store16(long address, int value) {
        long absolute = absolute(address, 2);
        VarHandle.releaseFence();
        memory.putShort(absolute, (short) value);
    }

    /**
     * Stores a word.
     *
     * @param address real address.
     * @param value 32 bits.
     */
    public void store32(long address, int value) {
        long absolute = absolute(address, 4);
        VarHandle.releaseFence();
        memory.putInt(absolute, value);
    }

    /**
     * Stores a doubleword.
     *
     * @param address real address.
     * @param value 64 bits.
     */
    public void store64(long address, long value) {
        long absolute = absolute(address, 8);
        VarHandle.releaseFence();
        memory.putLong(absolute, value);
    }
}
