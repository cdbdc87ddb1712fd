package org.interruptor.tools.guest.cpu;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.translation.Tlb;

/**
 * Storage as the instructions of one CPU reach it: effective addresses, big-endian, any alignment. What the CPU may not access is
 * a program interruption of the guest's, and then nothing was accessed.
 *
 * <pre>
 *   effective address --- TLB, or {@link PageAccess} ---> absolute address ---> {@link GuestMemory}
 * </pre>
 *
 * <p>An operand that crosses from one page into the next is accessed byte by byte, after all of it was checked: the two pages may lie apart.
 *
 * <p>An instruction that stores more than one operand, or changes a register before it has accessed all its operands, calls {@link #check}
 * and {@link #checkStore} first: so it has changed nothing where it is nullified.
 *
 * <p>Ordering: as the architecture's, loads in order among themselves, stores too, and no store before an earlier load; only
 * a load may pass an earlier store, until {@link #serialize}. It costs nothing but the compiler's freedom on a host that orders
 * in the same way. Interlocked updates serialize.
 *
 * <p>Threads: the CPU's own; what is stored is seen by all. Source: Principles of Operation, chapter Storage.
 */
public final class Storage extends FetchUnit {
    /**
     * The storage of a machine's only CPU.
     *
     * @param memory absolute storage.
     * @param registers whose PSW, prefix and control registers count.
     */
    public Storage(GuestMemory memory, Registers registers) {
        this(new MainStorage(memory, 1), registers, 0);
    }

    /**
     * The storage of one CPU of several.
     *
     * @param storage what the CPUs share.
     * @param registers whose PSW, prefix and control registers count.
     * @param cpu the CPU's number.
     */
    public Storage(MainStorage storage, Registers registers, int cpu) {
        super(storage, registers, cpu);
    }

    /** Orders all accesses before it against all behind it: serialization. */
    public void serialize() {
        VarHandle.fullFence();
    }

    // Loads. Acquire: nothing behind a load is done before it.

    /**
     * Loads a byte.
     *
     * @param address effective address.
     * @return 0 to 255.
     */
    public int load8(long address) {
        int value = memory.getByte(fetchable(address)) & 0xff;
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a halfword.
     *
     * @param address effective address.
     * @return 16 bits, with sign.
     */
    public short load16(long address) {
        long distance = fetchDistance(address, 1);
        if (distance == Tlb.MISS) {
            return (short) loadSlowly(address, 2);
        }
        short value = memory.getShort(address + distance);
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a word.
     *
     * @param address effective address.
     * @return 32 bits.
     */
    public int load32(long address) {
        long distance = fetchDistance(address, 3);
        if (distance == Tlb.MISS) {
            return (int) loadSlowly(address, 4);
        }
        int value = memory.getInt(address + distance);
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a doubleword.
     *
     * @param address effective address.
     * @return 64 bits.
     */
    public long load64(long address) {
        long distance = fetchDistance(address, 7);
        if (distance == Tlb.MISS) {
            return loadSlowly(address, 8);
        }
        long value = memory.getLong(address + distance);
        VarHandle.acquireFence();
        return value;
    }

    private long loadSlowly(long address, int length) {
        check(address, length);
        if (isWithinPage(address, length)) {
            return loadAbsolute(fetchable(address), length);
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | load8(address + i);
        }
        return value;
    }

    // Stores. Release: a store is not done before anything in front of it.

    /**
     * Stores a byte.
     *
     * @param address effective address.
     * @param value its low 8 bits count.
     */
    public void store8(long address, int value) {
        long absolute = storable(address);
        VarHandle.releaseFence();
        memory.putByte(absolute, (byte) value);
    }

    /**
     * Stores a halfword.
     *
     * @param address effective address.
     * @param value its low 16 bits count.
     */
    public void store16(long address, int value) {
        long distance = storeDistance(address, 1);
        if (distance == Tlb.MISS) {
            storeSlowly(address, 2, value);
            return;
        }
        VarHandle.releaseFence();
        memory.putShort(address + distance, (short) value);
    }

    /**
     * Stores a word.
     *
     * @param address effective address.
     * @param value 32 bits.
     */
    public void store32(long address, int value) {
        long distance = storeDistance(address, 3);
        if (distance == Tlb.MISS) {
            storeSlowly(address, 4, value);
            return;
        }
        VarHandle.releaseFence();
        memory.putInt(address + distance, value);
    }

    /**
     * Stores a doubleword.
     *
     * @param address effective address.
     * @param value 64 bits.
     */
    public void store64(long address, long value) {
        long distance = storeDistance(address, 7);
        if (distance == Tlb.MISS) {
            storeSlowly(address, 8, value);
            return;
        }
        VarHandle.releaseFence();
        memory.putLong(address + distance, value);
    }

    private void storeSlowly(long address, int length, long value) {
        if (isWithinPage(address, length)) {
            storeAbsolute(storable(address), length, value);
            return;
        }
        checkStore(address, length);
        for (int i = 0; i < length; i++) {
            store8(address + i, (int) (value >>> ((length - 1 - i) * Byte.SIZE)));
        }
    }

    // Interlocked updates.

    /**
     * Replaces a word if it is equal to a value, interlocked against all other CPUs. It counts as a store in any case.
     *
     * @param address effective address.
     * @param expected what it is compared with.
     * @param update what it is replaced with.
     * @return what was there.
     * @throws ProgramException SPECIFICATION if the address is no multiple of 4, or an access exception.
     */
    public int compareAndSwap32(long address, int expected, int update) {
        aligned(address, 4);
        return memory.compareAndExchangeInt(storable(address), expected, update);
    }

    /**
     * Replaces a doubleword if it is equal to a value, interlocked against all other CPUs. It counts as a store in any case.
     *
     * @param address effective address.
     * @param expected what it is compared with.
     * @param update what it is replaced with.
     * @return what was there.
     * @throws ProgramException SPECIFICATION if the address is no multiple of 8, or an access exception.
     */
    public long compareAndSwap64(long address, long expected, long update) {
        aligned(address, 8);
        return memory.compareAndExchangeLong(storable(address), expected, update);
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
