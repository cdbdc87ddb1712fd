package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Storage;

/** Stores from registers and of immediates. Source: Principles of Operation, chapter General Instructions. */
final class Stores {
    private Stores() {}

    static void define(Definitions on) {
        on.rx(0x50, "st", (c, m, r1, a) -> m.store32(a, c.gr32(r1)));
        on.rxy(0xe350, "sty", (c, m, r1, a) -> m.store32(a, c.gr32(r1)));
        on.rxy(0xe324, "stg", (c, m, r1, a) -> m.store64(a, c.gr(r1)));
        on.rx(0x40, "sth", (c, m, r1, a) -> m.store16(a, c.gr32(r1)));
        on.rxy(0xe370, "sthy", (c, m, r1, a) -> m.store16(a, c.gr32(r1)));
        on.rx(0x42, "stc", (c, m, r1, a) -> m.store8(a, c.gr32(r1)));
        on.rxy(0xe372, "stcy", (c, m, r1, a) -> m.store8(a, c.gr32(r1)));
        on.rxy(0xe33e, "strv", (c, m, r1, a) -> m.store32(a, Integer.reverseBytes(c.gr32(r1))));
        on.rxy(0xe32f, "strvg", (c, m, r1, a) -> m.store64(a, Long.reverseBytes(c.gr(r1))));
        on.rxy(0xe33f, "strvh", (c, m, r1, a) -> m.store16(a, Short.reverseBytes((short) c.gr32(r1))));

        on.rilStorage(0xc4f, "strl", (c, m, r1, a) -> {
            Storage.aligned(a, 4);
            m.store32(a, c.gr32(r1));
        });
        on.rilStorage(0xc4b, "stgrl", (c, m, r1, a) -> {
            Storage.aligned(a, 8);
            m.store64(a, c.gr(r1));
        });
        on.rilStorage(0xc47, "sthrl", (c, m, r1, a) -> m.store16(a, c.gr32(r1)));

        on.rs(0x90, "stm", Stores::multiple32);
        on.rsy(0xeb90, "stmy", Stores::multiple32);
        on.rsy(0xeb24, "stmg", Stores::multiple64);
        on.rsy(0xeb26, "stmh", Stores::multipleHigh);

        on.rs(0xbe, "stcm", (c, m, r1, mask, a) -> underMask(m, mask, a, c.gr32(r1)));
        on.rsy(0xeb2d, "stcmy", (c, m, r1, mask, a) -> underMask(m, mask, a, c.gr32(r1)));
        on.rsy(0xeb2c, "stcmh", (c, m, r1, mask, a) -> underMask(m, mask, a, c.high32(r1)));

        on.rsy(0xebf3, "stoc", (c, m, r1, mask, a) -> {
            if (c.isSelected(mask)) {
                m.store32(a, c.gr32(r1));
            }
        });
        on.rsy(0xebe3, "stocg", (c, m, r1, mask, a) -> {
            if (c.isSelected(mask)) {
                m.store64(a, c.gr(r1));
            }
        });

        on.si(0x92, "mvi", (c, m, a, i) -> m.store8(a, i));
        on.siy(0xeb52, "mviy", (c, m, a, i) -> m.store8(a, i));
        on.sil(0xe544, "mvhhi", (c, m, a, i) -> m.store16(a, i));
        on.sil(0xe54c, "mvhi", (c, m, a, i) -> m.store32(a, i));
        on.sil(0xe548, "mvghi", (c, m, a, i) -> m.store64(a, i));
    }

    private static void multiple32(Cpu c, Storage m, int r1, int r3, long a) {
        int count = Loads.count(r1, r3);
        m.checkStore(a, 4 * count);
        for (int i = 0; i < count; i++) {
            m.store32(a + 4L * i, c.gr32((r1 + i) & 15));
        }
    }

    private static void multiple64(Cpu c, Storage m, int r1, int r3, long a) {
        int count = Loads.count(r1, r3);
        m.checkStore(a, 8 * count);
        for (int i = 0; i < count; i++) {
            m.store64(a + 8L * i, c.gr((r1 + i) & 15));
        }
    }

    private static void multipleHigh(Cpu c, Storage m, int r1, int r3, long a) {
        int count = Loads.count(r1, r3);
        m.checkStore(a, 4 * count);
        for (int i = 0; i < count; i++) {
            m.store32(a + 4L * i, c.high32((r1 + i) & 15));
        }
    }

    /** The bytes that the mask selects, one behind the other. */
    private static void underMask(Storage m, int mask, long a, int word) {
        if (mask == 0) {
            return;
        }
        m.checkStore(a, Integer.bitCount(mask));
        int next = 0;
        for (int i = 0; i < 4; i++) {
            if ((mask & (8 >> i)) != 0) {
                m.store8(a + next, word >>> (24 - 8 * i));
                next++;
            }
        }
    }
}
