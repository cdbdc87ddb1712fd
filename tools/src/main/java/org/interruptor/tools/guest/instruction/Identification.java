package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.MachineIdentity;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * What machine this is: facilities, CPU, system information, caches. Source: Principles of Operation, chapters Control
 * Instructions and General Instructions.
 */
final class Identification {
    /** Assigned storage location: where STFL stores, a word. */
    private static final int FACILITY_LIST = 0xc8;

    /** The cache attribute of which there is none. */
    private static final long NO_ATTRIBUTE = -1;

    private Identification() {}

    static void define(Definitions on) {
        on.privileged()
                .s(0xb2b1, "stfl", (c, m, a) -> c.storage().real().store32(FACILITY_LIST, Facilities.firstWord()));
        on.s(0xb2b0, "stfle", Identification::storeFacilities);
        on.privileged().s(0xb202, "stidp", (c, m, a) -> {
            Storage.aligned(a, 8);
            m.store64(a, MachineIdentity.cpuId(c.id()));
        });
        on.privileged().s(0xb27d, "stsi", SystemInformation::store);
        on.rsy(0xeb4c, "ecag", (c, m, r1, r3, a) -> c.gr(r1, cacheAttribute((int) a)));
    }

    /** Register 0 says how much room there is, and is told how much is needed: doublewords less 1. */
    private static void storeFacilities(Cpu c, Storage m, long a) {
        Storage.aligned(a, 8);
        int room = (c.gr32(0) & 0xff) + 1;
        int count = Math.min(room, Facilities.length());
        m.checkStore(a, 8 * count);
        for (int i = 0; i < count; i++) {
            m.store64(a + 8L * i, Facilities.doubleword(i));
        }
        c.gr(0, (c.gr(0) & ~0xffL) | (Facilities.length() - 1));
        c.cc(room < Facilities.length() ? 3 : 0);
    }

    /**
     * One level of caches, private to each CPU, one for instructions and one for data.
     *
     * <pre>
     *   bits 40 to 55 zero, 56 to 59 attribute, 60 to 62 level, 63 type: 0 data, 1 instructions
     * </pre>
     */
    private static long cacheAttribute(int request) {
        int attribute = (request >> 4) & 0xf;
        int level = (request >> 1) & 7;
        if ((request & 0xff_ff00) != 0) {
            return NO_ATTRIBUTE;
        }
        if (attribute == 0) {
            return 0x04L << 56; // level 1 is private and split, there is no other
        }
        if (level != 0) {
            return NO_ATTRIBUTE;
        }
        return switch (attribute) {
            case 1 -> 256; // bytes of a line
            case 2 -> 128 << 10; // bytes
            case 3 -> 8; // lines of a set
            default -> NO_ATTRIBUTE;
        };
    }
}
