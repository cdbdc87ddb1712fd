package org.interruptor.tools.guest.instruction;

import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;
import org.interruptor.tools.guest.key.StorageKeys;
import org.interruptor.tools.guest.translation.ControlBits;

/**
 * Instructions for storage keys. What sets a key, or resets a bit of it, purges the TLBs of all CPUs: {@code guest.key} says why.
 *
 * <p>Source: Principles of Operation, chapter Control Instructions.
 */
final class Keys {
    /** What INSERT VIRTUAL STORAGE KEY tells of a key. */
    private static final int PROTECTION_BITS = StorageKeys.ACCESS_CONTROL | StorageKeys.FETCH_PROTECTION;

    private Keys() {}

    static void define(Definitions on) {
        Definitions privileged = on.privileged();
        privileged.rre(0xb229, "iske", (c, r1, r2) -> insert(c, r1, keys(c).key(page(c, r2))));
        privileged.rrf(0xb22b, "sske", (c, r1, r2, controls) -> {
            c.storage().serialize();
            keys(c).replace(page(c, r2), StorageKeys.ALL, c.gr32(r1));
            c.storage().purgeAll();
        });
        privileged.rre(0xb22a, "rrbe", (c, r1, r2) -> resetReference(c, page(c, r2)));
        on.rre(0xb223, "ivsk", Keys::insertVirtual);
    }

    private static StorageKeys keys(Cpu c) {
        return c.storage().main().keys();
    }

    /** The absolute address of the page whose real address is in a register. */
    private static long page(Cpu c, int register) {
        return c.storage().real().absolute(c.grAddress(register), 1);
    }

    private static void insert(Cpu c, int r1, int key) {
        c.gr(r1, (c.gr(r1) & ~0xffL) | key);
    }

    /** The condition code is the reference bit and the change bit of before. */
    private static void resetReference(Cpu c, long absolute) {
        int old = keys(c).replace(absolute, StorageKeys.REFERENCED, 0);
        if ((old & StorageKeys.REFERENCED) != 0) {
            c.storage().purgeAll();
        }
        c.cc((old & (StorageKeys.REFERENCED | StorageKeys.CHANGED)) >>> 1);
    }

    private static void insertVirtual(Cpu c, int r1, int r2) {
        if ((c.registers().pswMask() & PswMask.DAT) == 0) {
            throw ProgramException.SPECIAL_OPERATION;
        }
        if (c.isProblemState() && (c.registers().control(0) & ControlBits.EXTRACTION_AUTHORITY) == 0) {
            throw ProgramException.PRIVILEGED_OPERATION;
        }
        Storage m = c.storage();
        long absolute = m.absolute(m.spaces().operands(1, 0), c.grAddress(r2), false);
        insert(c, r1, keys(c).key(absolute) & PROTECTION_BITS);
    }
}
