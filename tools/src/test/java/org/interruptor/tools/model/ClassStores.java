package org.interruptor.tools.model;

import org.interruptor.tools.model.ClassRow.Stored;

/** What deliveries store, for {@link ClassTable}: from the specification's words, by hand. */
final class ClassStores {
    /** Validity bits that a delivery makes one when no embedder stores registers: WP, MS, PM, IA, CR, CT, CC. */
    private static final long ALWAYS_VALID =
            0x80000000000L + 0x40000000000L + 0x20000000000L + 0x10000000000L + 0x400000000L + 0x20000L + 0x10000L;

    private ClassStores() {}

    static Stored machineCheck(long code, long damage, long address, long logout, long logout2) {
        return (cpu, storage) -> {
            storage.store(cpu.prefix() + 0xa3, 1, 1);
            storage.store(cpu.prefix() + 0xe8, 8, code + ALWAYS_VALID);
            storage.store(cpu.prefix() + 0xf4, 4, damage);
            storage.store(cpu.prefix() + 0xf8, 8, address);
            storage.store(cpu.prefix() + 0x1300, 8, logout);
            storage.store(cpu.prefix() + 0x1308, 8, logout2);
            storage.store(cpu.prefix() + 0x1318, 4, cpu.prefix());
            storage.store(cpu.prefix() + 0x1328, 8, cpu.timer());
            storage.store(cpu.prefix() + 0x1330, 8, cpu.comparator() >>> 8);
            for (int i = 0; i < 16; i++) {
                storage.store(cpu.prefix() + 0x1380 + 8L * i, 8, cpu.control(i));
            }
        };
    }

    static Stored program(int code) {
        return (cpu, storage) -> {
            storage.store(cpu.prefix() + 0x8c, 2, 2); // the length that ipa 0 means
            storage.store(cpu.prefix() + 0x8e, 2, code);
        };
    }

    static Stored external(int code, int address) {
        return (cpu, storage) -> {
            storage.store(cpu.prefix() + 0x84, 2, address);
            storage.store(cpu.prefix() + 0x86, 2, code);
        };
    }

    static Stored external(int code, int address, int offset, int length, long value) {
        return (cpu, storage) -> {
            external(code, address).into(cpu, storage);
            storage.store(cpu.prefix() + offset, length, value);
        };
    }

    static Stored virtio(int parameter, long parameter64) {
        return (cpu, storage) -> {
            external(0x2603, 0x0d00, 0x80, 4, parameter).into(cpu, storage);
            storage.store(cpu.prefix() + 0x11b8, 8, parameter64);
        };
    }

    static Stored io(long id, long parameter, long word) {
        return (cpu, storage) -> {
            storage.store(cpu.prefix() + 0xb8, 4, id);
            storage.store(cpu.prefix() + 0xbc, 4, parameter);
            storage.store(cpu.prefix() + 0xc0, 4, word);
        };
    }
}
