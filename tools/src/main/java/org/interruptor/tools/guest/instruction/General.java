package org.interruptor.tools.guest.instruction;

import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * Instructions that any program may use, and that fit nowhere else: supervisor call, the clock, parts of the PSW, access
 * registers, prefetches. Source: Principles of Operation, chapters General Instructions and Control Instructions.
 */
final class General {
    // Assigned storage locations of the supervisor call, all real.

    /** Monitor masks: bits 48 to 63 of control register 8, for classes 0 to 15. */
    private static final long MONITOR_CLASS_0 = 0x8000;

    /** PSW bit 12, and in the register that EPSW stores it to bit 44. */
    private static final int BIT_12 = 0x0008_0000;

    // The PSW's address-space control.
    private static final int SPACE_SHIFT = 46;
    private static final int ACCESS_REGISTER_MODE = 1;
    private static final int SECONDARY_SPACE = 2;
    private static final int HOME_SPACE = 3;

    private static final int CODE_AND_MASK_SHIFT = 40;

    private General() {}

    static void define(Definitions on) {
        on.i(0x0a, "svc", (c, code) -> c.supervisorCall(code, c.registers().instructionLength()));

        on.si(0xaf, "mc", General::monitorCall);

        on.s(0xb205, "stck", General::storeClock);
        on.s(0xb27c, "stckf", General::storeClock);
        on.s(0xb278, "stcke", General::storeClockExtended);

        on.rre(0xb98d, "epsw", (c, r1, r2) -> {
            long mask = c.registers().pswMask();
            c.gr32(r1, (int) (mask >>> 32) & ~BIT_12);
            if (r2 != 0) {
                c.gr32(r2, (int) mask);
            }
        });
        // Condition code and program mask are bits 18 to 23 of the PSW, and 34 to 39 of the register.
        on.rre(0xb222, "ipm", (c, r1, r2) -> {
            int codeAndMask = (int) (c.registers().pswMask() >>> CODE_AND_MASK_SHIFT) & 0x3f;
            c.gr32(r1, (c.gr32(r1) & 0x00ff_ffff) | (codeAndMask << 24));
        });
        on.rr(
                0x04,
                "spm",
                (c, r1, r2) -> c.pswBits(
                        PswMask.CONDITION_CODE | PswMask.PROGRAM_MASK,
                        (long) (c.gr32(r1) >>> 24) << CODE_AND_MASK_SHIFT));

        on.rre(0xb24f, "ear", (c, r1, r2) -> c.gr32(r1, c.ar(r2)));
        on.rre(0xb24e, "sar", (c, r1, r2) -> c.ar(r1, c.gr32(r2)));
        on.rre(0xb24d, "cpya", (c, r1, r2) -> c.ar(r1, c.ar(r2)));
        on.rxBased(0x51, "lae", General::loadAddressExtended);
        on.rxyBased(0xe375, "laey", General::loadAddressExtended);
        on.rs(0x9a, "lam", General::loadAccess);
        on.rsy(0xeb9a, "lamy", General::loadAccess);
        on.rs(0x9b, "stam", General::storeAccess);
        on.rsy(0xeb9b, "stamy", General::storeAccess);

        on.rxy(0xe336, "pfd", (c, m, r1, a) -> {});
        on.rilRelative(0xc62, "pfdrl", (c, r1, a) -> {});
    }

    /** A completing interruption where the class is enabled, else nothing. */
    private static void monitorCall(Cpu c, Storage m, long code, int monitorClass) {
        if (monitorClass > 15) {
            throw ProgramException.SPECIFICATION;
        }
        if ((c.registers().control(8) & (MONITOR_CLASS_0 >> monitorClass)) != 0) {
            throw c.exception().monitorEvent(monitorClass, code);
        }
    }

    private static void storeClock(Cpu c, Storage m, long a) {
        m.store64(a, c.clock());
        c.cc(0);
    }

    /**
     * Byte 0 zero, the clock of 64 bits, 40 bits that tell CPUs apart that read it at the same time, the TOD programmable
     * field.
     */
    private static void storeClockExtended(Cpu c, Storage m, long a) {
        m.checkStore(a, 16);
        long clock = c.clock();
        m.store64(a, clock >>> 8);
        m.store64(a + 8, clock << 56 | (c.id() + 1L) << 16 | c.programmableField());
        c.cc(0);
    }

    /** The access register says which space the address is in: 0 primary, 1 secondary, 2 home, or that of the base register. */
    private static void loadAddressExtended(Cpu c, Storage m, int r1, int base, long a) {
        int space = (int) ((c.registers().pswMask() & PswMask.ADDRESS_SPACE_CONTROL) >>> SPACE_SHIFT);
        c.ar(
                r1,
                switch (space) {
                    case ACCESS_REGISTER_MODE -> base == 0 ? 0 : c.ar(base);
                    case SECONDARY_SPACE -> 1;
                    case HOME_SPACE -> 2;
                    default -> 0;
                });
        c.grAddress(r1, a);
    }

    private static void loadAccess(Cpu c, Storage m, int r1, int r3, long a) {
        int count = Loads.count(r1, r3);
        Storage.aligned(a, 4);
        m.check(a, 4 * count);
        for (int i = 0; i < count; i++) {
            c.ar((r1 + i) & 15, m.load32(a + 4L * i));
        }
    }

    private static void storeAccess(Cpu c, Storage m, int r1, int r3, long a) {
        int count = Loads.count(r1, r3);
        Storage.aligned(a, 4);
        m.checkStore(a, 4 * count);
        for (int i = 0; i < count; i++) {
            m.store32(a + 4L * i, c.ar((r1 + i) & 15));
        }
    }
}
