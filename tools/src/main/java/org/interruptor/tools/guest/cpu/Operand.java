package org.interruptor.tools.guest.cpu;

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
 * <p>Threads: the CPU's own.
 */
public final class Operand {
    private static final int PAGE_LENGTH = GuestMemory.PAGE_LENGTH;

    private final StorageUnit storage;
    private long first;
    private long second;
    private int inFirst;

    Operand(StorageUnit storage) {
        this.storage = storage;
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
    int together(int offset) {
        return offset < inFirst ? inFirst - offset : PAGE_LENGTH;
    }
}
