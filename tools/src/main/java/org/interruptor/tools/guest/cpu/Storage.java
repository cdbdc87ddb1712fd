package org.interruptor.tools.guest.cpu;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Prefixing;

/**
 * Storage as one CPU reaches it: real addresses, prefixing applied, big-endian, any alignment. What is not there is an
 * addressing exception of the guest's.
 *
 * <pre>
 *   real address --- prefixing, in blocks of 8 KiB ---> absolute address ---> {@link GuestMemory}
 * </pre>
 *
 * <p>An operand that crosses from one block of 8 KiB into the next is accessed byte by byte, after all of it was checked:
 * the two blocks may lie apart.
 *
 * <p>Ordering: as the architecture's, loads in order among themselves, stores too, and no store before an earlier load; only
 * a load may pass an earlier store, until {@link #serialize}. It costs nothing but the compiler's freedom on a host that orders
 * in the same way. Interlocked updates serialize.
 *
 * <p>Threads: the CPU's own; what is stored is seen by all. Source: Principles of Operation, chapter Storage.
 */
public final class Storage {
    private static final long BLOCK_MASK = -Prefixing.AREA_LENGTH;

    private final GuestMemory memory;
    private final Registers registers;

    /**
     * The storage of one CPU.
     *
     * @param memory absolute storage, shared.
     * @param registers whose prefix counts.
     */
    public Storage(GuestMemory memory, Registers registers) {
        this.memory = memory;
        this.registers = registers;
    }

    /** Orders all accesses before it against all behind it: serialization. */
    public void serialize() {
        VarHandle.fullFence();
    }

    /**
     * The absolute address of a range that does not cross a block.
     *
     * @throws ProgramException ADDRESSING if it is not all there.
     */
    private long absolute(long address, int length) {
        long absolute = Prefixing.realToAbsolute(address, registers.prefix());
        if (!memory.contains(absolute, length)) {
            throw ProgramException.ADDRESSING;
        }
        return absolute;
    }

    private static boolean isWithinBlock(long address, int length) {
        return ((address ^ (address + length - 1)) & BLOCK_MASK) == 0;
    }

    /**
     * Checks that a range can be accessed.
     *
     * @param address real address.
     * @param length bytes, at most 4096.
     * @throws ProgramException ADDRESSING if it is not all there.
     */
    public void check(long address, int length) {
        if (isWithinBlock(address, length)) {
            absolute(address, length);
        } else {
            int inFirst = (int) ((address & BLOCK_MASK) + Prefixing.AREA_LENGTH - address);
            absolute(address, inFirst);
            absolute(address + inFirst, length - inFirst);
        }
    }

    /**
     * Checks that a range can be stored into.
     *
     * @param address real address.
     * @param length bytes, at most 4096.
     * @throws ProgramException ADDRESSING if it is not all there.
     */
    public void checkStore(long address, int length) {
        check(address, length);
    }

    /**
     * Whether there is storage at an absolute address.
     *
     * @param absolute absolute address.
     * @param length bytes.
     * @return whether all of it is there.
     */
    public boolean isThere(long absolute, long length) {
        return memory.contains(absolute, length);
    }

    // Loads. Acquire: nothing behind a load is done before it.

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
     * Loads a halfword.
     *
     * @param address real address.
     * @return 16 bits, with sign.
     */
    public short load16(long address) {
        if (!isWithinBlock(address, 2)) {
            return (short) loadAcross(address, 2);
        }
        short value = memory.getShort(absolute(address, 2));
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
        if (!isWithinBlock(address, 4)) {
            return (int) loadAcross(address, 4);
        }
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
        if (!isWithinBlock(address, 8)) {
            return loadAcross(address, 8);
        }
        long value = memory.getLong(absolute(address, 8));
        VarHandle.acquireFence();
        return value;
    }

    private long loadAcross(long address, int length) {
        check(address, length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | load8(address + i);
        }
        return value;
    }

    /**
     * Fetches an instruction.
     *
     * @param address real address.
     * @return its 2, 4 or 6 bytes from the left; what follows is undefined.
     * @throws ProgramException SPECIFICATION at an odd address, ADDRESSING if it is not all there.
     */
    public long fetch(long address) {
        if ((address & 1) != 0) {
            throw ProgramException.SPECIFICATION;
        }
        long absolute = Prefixing.realToAbsolute(address, registers.prefix());
        if (isWithinBlock(address, 8) && memory.contains(absolute, 8)) {
            long code = memory.getLong(absolute);
            VarHandle.acquireFence();
            return code;
        }
        long code = (load16(address) & 0xffffL) << 48;
        int length = length(code);
        for (int i = 2; i < length; i += 2) {
            code |= (load16(address + i) & 0xffffL) << (48 - i * Byte.SIZE);
        }
        return code;
    }

    /**
     * The length of an instruction, by its first two bits.
     *
     * @param code the instruction, from the left.
     * @return 2, 4 or 6 bytes.
     */
    public static int length(long code) {
        return (((int) (code >>> 62) + 1) & ~1) + 2;
    }

    // Stores. Release: a store is not done before anything in front of it.

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
        if (!isWithinBlock(address, 2)) {
            storeAcross(address, 2, value);
            return;
        }
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
        if (!isWithinBlock(address, 4)) {
            storeAcross(address, 4, value);
            return;
        }
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
        if (!isWithinBlock(address, 8)) {
            storeAcross(address, 8, value);
            return;
        }
        long absolute = absolute(address, 8);
        VarHandle.releaseFence();
        memory.putLong(absolute, value);
    }

    private void storeAcross(long address, int length, long value) {
        check(address, length);
        for (int i = 0; i < length; i++) {
            store8(address + i, (int) (value >>> ((length - 1 - i) * Byte.SIZE)));
        }
    }

    // Interlocked updates.

    /**
     * Replaces a word if it is equal to a value, interlocked against all other CPUs.
     *
     * @param address real address.
     * @param expected what it is compared with.
     * @param update what it is replaced with.
     * @return what was there.
     * @throws ProgramException SPECIFICATION if the address is no multiple of 4, ADDRESSING if it is not there.
     */
    public int compareAndSwap32(long address, int expected, int update) {
        aligned(address, 4);
        return memory.compareAndExchangeInt(absolute(address, 4), expected, update);
    }

    /**
     * Replaces a doubleword if it is equal to a value, interlocked against all other CPUs.
     *
     * @param address real address.
     * @param expected what it is compared with.
     * @param update what it is replaced with.
     * @return what was there.
     * @throws ProgramException SPECIFICATION if the address is no multiple of 8, ADDRESSING if it is not there.
     */
    public long compareAndSwap64(long address, long expected, long update) {
        aligned(address, 8);
        return memory.compareAndExchangeLong(absolute(address, 8), expected, update);
    }

    /**
     * Checks an operand's alignment.
     *
     * @param address its address.
     * @param boundary a power of two.
     * @throws ProgramException SPECIFICATION if the address is no multiple of it.
     */
    public static void aligned(long address, int boundary) {
        if ((address & (boundary - 1)) != 0) {
            throw ProgramException.SPECIFICATION;
        }
    }
}
