package org.interruptor.tools.guest.instruction;

import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Probe;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;
import org.interruptor.tools.guest.translation.AddressSpace;
import org.interruptor.tools.guest.translation.Space;
import org.interruptor.tools.guest.translation.Spaces;
import org.interruptor.tools.guest.translation.TableWalk;
import org.interruptor.tools.guest.translation.TranslationCode;

/**
 * Privileged instructions for translation: what an address stands for, storage by real addresses, purging the TLBs.
 *
 * <p>Source: Principles of Operation, chapter Control Instructions.
 */
final class Translation {
    private static final int PAGE_OFFSET = GuestMemory.PAGE_LENGTH - 1;

    /** LOAD REAL ADDRESS: bit 32 of the register says that bits 48 to 63 are the code of an exception. */
    private static final int EXCEPTION_CODE = 0x8000_0000;

    /** COMPARE AND SWAP AND PURGE: bit 63 of the second register asks for the TLB to be purged. */
    private static final int PURGE_TLB = 1;

    /** Bits 0 to 52 of a register: origin of a page table. */
    private static final long PAGE_TABLE = 0xffff_ffff_ffff_f800L;

    private static final int PAGE_INDEX_SHIFT = 12;
    private static final int PAGE_INDEX_MASK = 0xff;

    private static final int KEY_SHIFT = 4;

    private Translation() {}

    static void define(Definitions on) {
        on.rx(0xb1, "lra", (c, m, r1, a) -> loadRealAddress(c, m, r1, a, is64Bit(c)));
        on.rxy(0xe313, "lray", (c, m, r1, a) -> loadRealAddress(c, m, r1, a, is64Bit(c)));
        on.rxy(0xe303, "lrag", (c, m, r1, a) -> loadRealAddress(c, m, r1, a, true));

        on.rre(
                0xb24b,
                "lura",
                (c, r1, r2) -> c.gr32(r1, c.storage().main().memory().getInt(real(c, r2, 4, false))));
        on.rre(
                0xb905,
                "lurag",
                (c, r1, r2) -> c.gr(r1, c.storage().main().memory().getLong(real(c, r2, 8, false))));
        on.rre(0xb246, "stura", (c, r1, r2) -> c.storage().main().memory().putInt(real(c, r2, 4, true), c.gr32(r1)));
        on.rre(0xb925, "sturg", (c, r1, r2) -> c.storage().main().memory().putLong(real(c, r2, 8, true), c.gr(r1)));

        on.s(0xb20d, "ptlb", (c, m, a) -> m.purge());
        on.rre(0xb250, "csp", Translation::swapAndPurge32);
        on.rre(0xb98a, "cspg", Translation::swapAndPurge64);
        on.rrf(0xb221, "ipte", (c, r1, r2, r3) -> invalidatePage(c, c.gr(r1), c.gr(r2)));
        on.sse(0xe501, "tprot", (c, m, length, a1, a2) -> testProtection(c, a1, (int) a2));
    }

    private static boolean is64Bit(Cpu c) {
        return (c.registers().pswMask() & PswMask.EXTENDED_ADDRESSING) != 0;
    }

    /** Condition code 0: the real address; 1 or 2: the address of the segment- or page-table entry that is invalid; 3: a code. */
    private static void loadRealAddress(Cpu c, Storage m, int r1, long a, boolean isWide) {
        AddressSpace control = AddressSpace.ofPsw(c.registers().pswMask());
        int code = m.probe().translate(m.spaces().named(1, control, 0), a);
        TableWalk walk = m.probe().walk();
        boolean isInTable = walk.entryAddress() != TableWalk.NO_ENTRY;
        int cc = code == TranslationCode.NONE
                ? 0
                : code == TranslationCode.SEGMENT && isInTable ? 1 : code == TranslationCode.PAGE ? 2 : 3;
        long result = cc == 0 ? walk.frame() | (a & PAGE_OFFSET) : walk.entryAddress();
        boolean fits = isWide || result >>> 31 == 0;
        if (cc == 0 && !fits) {
            throw ProgramException.SPECIAL_OPERATION;
        }
        if (cc == 3 || !fits) {
            c.gr32(r1, EXCEPTION_CODE | code);
            c.cc(3);
            return;
        }
        if (isWide) {
            c.gr(r1, result);
        } else {
            c.gr32(r1, (int) result);
        }
        c.cc(cc);
    }

    /** Absolute address of an operand whose real address is in a register. The CPU orders such accesses itself. */
    private static long real(Cpu c, int register, int length, boolean isStore) {
        long address = c.grAddress(register);
        Storage.aligned(address, length);
        c.storage().serialize();
        return c.storage().absolute(c.storage().spaces().real(1), address, isStore);
    }

    private static void swapAndPurge32(Cpu c, int r1, int r2) {
        Cpu.even(r1);
        int expected = c.gr32(r1);
        int witness = c.storage().compareAndSwap32(c.grAddress(r2) & ~3L, expected, c.gr32(r1 + 1));
        c.gr32(r1, witness);
        endSwap(c, witness == expected, c.gr32(r2));
    }

    private static void swapAndPurge64(Cpu c, int r1, int r2) {
        Cpu.even(r1);
        long expected = c.gr(r1);
        long witness = c.storage().compareAndSwap64(c.grAddress(r2) & ~7L, expected, c.gr(r1 + 1));
        c.gr(r1, witness);
        endSwap(c, witness == expected, c.gr32(r2));
    }

    private static void endSwap(Cpu c, boolean isSwapped, int purges) {
        if (isSwapped && (purges & PURGE_TLB) != 0) {
            c.storage().purgeAll();
        }
        c.cc(isSwapped ? 0 : 1);
    }

    /** The real address of the page-table entry: origin, and index from bits 44 to 51 of the virtual address. */
    private static void invalidatePage(Cpu c, long table, long address) {
        long index = (address >>> PAGE_INDEX_SHIFT) & PAGE_INDEX_MASK;
        GuestMemory memory = c.storage().main().memory();
        long entry = c.storage().real().absolute((table & PAGE_TABLE) + 8 * index, 8);
        long expected = memory.getLong(entry);
        while (true) {
            long witness = memory.compareAndExchangeLong(entry, expected, expected | TableWalk.PAGE_INVALID);
            if (witness == expected) {
                break;
            }
            expected = witness;
        }
        c.storage().purgeAll();
    }

    /** Condition code 0: fetch and store; 1: fetch only; 2: neither; 3: there is no translation. */
    private static void testProtection(Cpu c, long address, int key) {
        Spaces spaces = c.storage().spaces();
        Space space = spaces.operands(1, (key >>> KEY_SHIFT) & 0xf);
        Probe probe = c.storage().probe();
        int store = probe.protection(space, address, true);
        int answer = store == 1 && probe.protection(space, address, false) != 0 ? 2 : store;
        c.cc(answer);
    }
}
