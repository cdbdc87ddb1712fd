package org.interruptor.tools.guest.cpu;

import java.lang.invoke.VarHandle;
import java.util.function.LongBinaryOperator;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.translation.Space;

/**
 * An operand in storage all of whose bytes may be accessed: in one page, or in two that may lie apart.
 *
 * <pre>
 *   effective:  ... |        [=====|=======]        | ...
 *   absolute:            first ^      ^ second
 * </pre>
 *
 * <p>What was resolved stays valid to the end of the instruction, whatever the TLB displaces meanwhile.
 *
 * <p>Ordering: as {@link Storage}. Threads: the CPU's own.
 */
public final class Operand {
    private static final int PAGE_LENGTH = GuestMemory.PAGE_LENGTH;

    private final StorageUnit storage;
    private final GuestMemory memory;
    private long first;
    private long second;
    private int inFirst;

    Operand(StorageUnit storage) {
        this.storage = storage;
        memory = storage.memory;
    }

    /**
     * Makes a range accessible.
     *
     * @param space where it is.
     * @param address effective address.
     * @param length bytes, 1 to 4096.
     * @param isStore whether it is stored into.
     * @return this.
     * @throws ProgramException an access exception; nothing was accessed.
     */
    public Operand resolve(Space space, long address, int length, boolean isStore) {
        first = storage.absolute(space, address, isStore);
        inFirst = PAGE_LENGTH - (int) (address & (PAGE_LENGTH - 1));
        if (length > inFirst) {
            second = storage.absolute(space, address + inFirst, isStore);
        } else if (!isStore) {
            storage.checkOverride(space, address, length);
        }
        return this;
    }

    /**
     * A byte of the range.
     *
     * @param offset from the first byte.
     * @return absolute address.
     */
    public long at(int offset) {
        return offset < inFirst ? first + offset : second + (offset - inFirst);
    }

    /** How many bytes from an offset on are in one page; more than the range has where that ends earlier. */
    private int together(int offset) {
        return offset < inFirst ? inFirst - offset : PAGE_LENGTH;
    }

    private int together(Operand other, int offset, int length) {
        return Math.min(length - offset, Math.min(together(offset), other.together(offset)));
    }

    /**
     * Loads a byte.
     *
     * @param offset from the first byte.
     * @return 0 to 255.
     */
    public int load8(int offset) {
        int value = memory.getByte(at(offset)) & 0xff;
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a word that does not cross from page to page.
     *
     * @param offset from the first byte.
     * @return 32 bits.
     */
    public int load32(int offset) {
        int value = memory.getInt(at(offset));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Loads a doubleword that does not cross from page to page.
     *
     * @param offset from the first byte.
     * @return 64 bits.
     */
    public long load64(int offset) {
        long value = memory.getLong(at(offset));
        VarHandle.acquireFence();
        return value;
    }

    /**
     * Stores a byte.
     *
     * @param offset from the first byte.
     * @param value its low 8 bits count.
     */
    public void store8(int offset, int value) {
        VarHandle.releaseFence();
        memory.putByte(at(offset), (byte) value);
    }

    // What instructions do with operands: from the left to the right, as if each byte was done by itself.

    /**
     * Moves.
     *
     * @param from an operand that is fetched.
     * @param length bytes, at most what both have.
     */
    public void move(Operand from, int length) {
        VarHandle.releaseFence();
        for (int done = 0; done < length; ) {
            int part = together(from, done, length);
            move(at(done), from.at(done), part);
            done += part;
        }
        VarHandle.acquireFence();
    }

    private void move(long to, long from, int length) {
        int done = 0;
        if (isByDoublewords(to, from)) {
            for (; done <= length - Long.BYTES; done += Long.BYTES) {
                memory.putLong(to + done, memory.getLong(from + done));
            }
        }
        for (; done < length; done++) {
            memory.putByte(to + done, memory.getByte(from + done));
        }
    }

    /**
     * Combines each byte with one of another operand.
     *
     * @param from an operand that is fetched.
     * @param length bytes, at most what both have.
     * @param operator makes what is stored of what is here and what is there; a byte of its result depends on the same byte of its arguments
     *     alone.
     * @return whether any byte that was stored is not zero.
     */
    public boolean merge(Operand from, int length, LongBinaryOperator operator) {
        VarHandle.releaseFence();
        long any = 0;
        for (int done = 0; done < length; ) {
            int part = together(from, done, length);
            any |= merge(at(done), from.at(done), part, operator);
            done += part;
        }
        VarHandle.acquireFence();
        return any != 0;
    }

    private long merge(long to, long from, int length, LongBinaryOperator operator) {
        long any = 0;
        int done = 0;
        if (isByDoublewords(to, from)) {
            for (; done <= length - Long.BYTES; done += Long.BYTES) {
                long result = operator.applyAsLong(memory.getLong(to + done), memory.getLong(from + done));
                memory.putLong(to + done, result);
                any |= result;
            }
        }
        for (; done < length; done++) {
            byte result = (byte) operator.applyAsLong(memory.getByte(to + done), memory.getByte(from + done));
            memory.putByte(to + done, result);
            any |= result;
        }
        return any;
    }

    /** Whether eight bytes at once give the same as one by one: none of them is fetched after it was stored into. */
    private static boolean isByDoublewords(long to, long from) {
        return to <= from || to - from >= Long.BYTES;
    }

    /**
     * Compares the bytes as numbers without sign.
     *
     * @param other an operand that is fetched.
     * @param length bytes, at most what both have.
     * @return zero if they are equal, negative if this one is low.
     */
    public int compare(Operand other, int length) {
        int order = 0;
        for (int done = 0; done < length && order == 0; ) {
            int part = together(other, done, length);
            order = compare(at(done), other.at(done), part);
            done += part;
        }
        VarHandle.acquireFence();
        return order;
    }

    private int compare(long first, long second, int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            int order = Long.compareUnsigned(memory.getLong(first + done), memory.getLong(second + done));
            if (order != 0) {
                return order;
            }
        }
        for (; done < length; done++) {
            int order = (memory.getByte(first + done) & 0xff) - (memory.getByte(second + done) & 0xff);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
