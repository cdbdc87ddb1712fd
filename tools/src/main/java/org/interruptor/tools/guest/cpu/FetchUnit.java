package org.interruptor.tools.guest.cpu;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;

/**
 * How one CPU fetches instructions. The page of the last one is kept, so that the TLB is asked once a page.
 *
 * <p>No instruction is kept. Each is fetched from storage when it is executed, so a store into code, by this CPU, another one, a
 * device or a loader, needs nothing done. A load for an instruction is ordered as one for an operand: what another CPU stored before it
 * serialized is executed after this one has serialized.
 *
 * <p>Threads: the CPU's own.
 */
public abstract class FetchUnit extends StorageUnit {
    private static final long PAGE_MASK = -GuestMemory.PAGE_LENGTH;

    /** The last offset in a page from which 8 bytes can be read. */
    private static final long LAST_WHOLE = GuestMemory.PAGE_LENGTH - 8;

    /** A copy of the space's number. */
    private long instructions;

    /** The page of the last instruction, tagged as in the TLB; none if zero. */
    private long codePage;

    /** What to add to an address in that page to make it absolute. */
    private long codeDistance;

    FetchUnit(MainStorage main, Registers registers, int cpu) {
        super(main, registers, cpu);
        copyNumbers();
    }

    /**
     * Whether an instruction is in the page of the last one, not too near to its end, so that {@link #fetch} throws nothing.
     *
     * @param address effective address.
     * @return false where it has to be looked for.
     */
    public final boolean isNextOnPage(long address) {
        return ((address & PAGE_MASK) | instructions) == codePage
                && (address & ~PAGE_MASK) <= LAST_WHOLE
                && (address & 1) == 0;
    }

    /**
     * Fetches an instruction.
     *
     * @param address effective address.
     * @return its 2, 4 or 6 bytes from the left; what follows is undefined.
     * @throws ProgramException SPECIFICATION at an odd address, or an access exception.
     */
    public final long fetch(long address) {
        if (isNextOnPage(address)) {
            long code = memory.getLong(address + codeDistance);
            VarHandle.acquireFence();
            return code;
        }
        if ((address & 1) != 0) {
            throw ProgramException.SPECIFICATION;
        }
        return fetchElsewhere(address);
    }

    @Override
    final void copyNumbers() {
        super.copyNumbers();
        instructions = spaces().instructions().number();
        codePage = 0;
    }

    /** From another page than the last, or near the end of a page. */
    private long fetchElsewhere(long address) {
        long absolute = absolute(spaces().instructions(), address, false);
        if (isWithinPage(address, 8)) {
            codePage = (address & PAGE_MASK) | instructions;
            codeDistance = absolute - address;
            return loadAbsolute(absolute, 8);
        }
        long code = (loadAbsolute(absolute, 2) & 0xffffL) << 48;
        int length = length(code);
        for (int i = 2; i < length; i += 2) {
            long part = absolute(spaces().instructions(), address + i, false);
            code |= (loadAbsolute(part, 2) & 0xffffL) << (48 - i * Byte.SIZE);
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
}
