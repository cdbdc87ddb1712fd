package org.interruptor.tools.model;

/**
 * The machine-check conditions that are pending for one CPU of {@link ArchitectureModel}, with what belongs to them.
 *
 * @param code interruption code.
 * @param damage external-damage code, 32 bits.
 * @param address failing-storage address.
 */
record ArchitectureMachineCheck(long code, long damage, long address, long logout, long logout2) {
    static final long EXIGENT = 0xc000000000000000L;
    static final long CHANNEL_REPORT = 0x0040000000000000L;

    /** Each condition that can be held back, and the bit of CR14 that does. */
    static final long[][] REPRESSIBLE = {
        {CHANNEL_REPORT, 0x10000000},
        {0x2000000000000000L, 0x08000000},
        {0x0100000000000000L, 0x04000000},
        {0x0400000000000000L, 0x02000000},
        {0x0080000000000000L, 0x01000000},
    };

    private static final long CONDITIONS = 0xe5c0000000000000L;
    private static final long STORAGE_VALID = 0x100000000L;
    private static final long ADDRESS_VALID = 0x8000000000L;
    private static final long DAMAGE_VALID = 0x2000000000L;
    private static final long ALWAYS_VALID = 0xf0400030000L;

    /** Groups of registers: name, validity bit, offset in the status, length, value of each byte. */
    private static final Object[][] GROUPS = {
        {"fp", 0x1000000000L, 0, 128, 0xf1},
        {"gr", 0x800000000L, 0x80, 128, 0x91},
        {"ar", 0x40000000L, 0x140, 64, 0xa1},
        {"pr", 0x200000L, 0x124, 4, 0x71},
        {"fc", 0x100000L, 0x11c, 4, 0xc1},
        {"vr", 0x4000000000L, 0, 0, 0},
    };

    private static final long MADE_AT_DELIVERY = 0xf5c40330000L;

    static boolean isValid(long code) {
        return (code & CONDITIONS) != 0;
    }

    /** Codes are ORed. The later values win, with their validity; storage is valid if both say so. */
    ArchitectureMachineCheck with(ArchitectureMachineCheck later) {
        long ofTheLater = ADDRESS_VALID + DAMAGE_VALID;
        long merged = ((code | later.code) & ~ofTheLater & ~STORAGE_VALID) | (later.code & ofTheLater);
        return new ArchitectureMachineCheck(
                merged | (code & later.code & STORAGE_VALID), later.damage, later.address, later.logout, later.logout2);
    }

    /** The conditions that a CPU may take. */
    static long open(ArchitectureCpu cpu) {
        if ((cpu.pswMask & 0x0004000000000000L) == 0) {
            return 0;
        }
        long open = EXIGENT;
        for (long[] condition : REPRESSIBLE) {
            open |= (cpu.cr[14] & condition[1]) != 0 ? condition[0] : 0;
        }
        return open;
    }

    /** What is left when open conditions are taken; null if nothing is. */
    ArchitectureMachineCheck without(long open) {
        long left = code & ~(open & CONDITIONS);
        return isValid(left) ? new ArchitectureMachineCheck(left, damage, address, logout, logout2) : null;
    }

    /** Stores what a delivery stores, but for the PSW. */
    static void store(ArchitectureMachineCheck local, boolean isReport, ArchitectureCpu cpu, ArchitectureModel model) {
        ArchitectureMachineCheck check =
                local != null ? local : new ArchitectureMachineCheck(CHANNEL_REPORT + STORAGE_VALID, 0, 0, 0, 0);
        ModelStorage storage = model.storage;
        long code = (check.code & ~MADE_AT_DELIVERY) | ALWAYS_VALID | (isReport ? CHANNEL_REPORT : 0);
        long status = cpu.prefix + 0x1200;
        for (int i = 0; i < 512; i++) {
            storage.store(status + i, 1, 0);
        }
        code |= storeRegisters(cpu, storage, status);
        if (cpu.registers.contains("vr")) {
            long named = storage.load(cpu.prefix + 0x11b0);
            long origin = named & -1024;
            if (origin != 0 && (named & 0xf) == 0 && storage.contains(origin, 512)) {
                for (int i = 0; i < 512; i++) {
                    storage.store(origin + i, 1, 0x51);
                }
                code |= 0x4000000000L;
            }
        }
        storage.store(cpu.prefix + 0xa3, 1, 1);
        storage.store(cpu.prefix + 0xe8, 8, code);
        storage.store(cpu.prefix + 0xf4, 4, check.damage);
        storage.store(cpu.prefix + 0xf8, 8, check.address);
        storage.store(cpu.prefix + 0x1300, 8, check.logout);
        storage.store(cpu.prefix + 0x1308, 8, check.logout2);
        storage.store(status + 0x118, 4, cpu.prefix);
        storage.store(status + 0x128, 8, cpu.timer(model.clock));
        storage.store(status + 0x130, 8, cpu.clockComparator >>> 8);
        for (int i = 0; i < 16; i++) {
            storage.store(status + 0x180 + 8L * i, 8, cpu.cr[i]);
        }
    }

    /** The groups that the embedder has, but for vector registers; their validity bits. */
    static long storeRegisters(ArchitectureCpu cpu, ModelStorage storage, long status) {
        long valid = 0;
        for (Object[] group : GROUPS) {
            int length = (int) group[3];
            if (length > 0 && cpu.registers.contains((String) group[0])) {
                valid |= (long) group[1];
                for (int i = 0; i < length; i++) {
                    storage.store(status + (int) group[2] + i, 1, (int) group[4]);
                }
            }
        }
        return valid;
    }
}
