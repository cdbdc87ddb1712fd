package org.interruptor.tools.guest.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A position-independent ELF file: as high as it fits, with its relative relocations. */
class RelocatableTest {
    private static final int SIZE = 1 << 20;
    private static final int FILE_LENGTH = 0x400;
    private static final int STORAGE_LENGTH = 0x12345;
    private static final int BROKEN_FILES = 2000;

    private final GuestMemory storage = GuestMemory.allocate(SIZE);

    @AfterEach
    void close() {
        storage.close();
    }

    /** One segment from 0 on, its dynamic section at 0x100, a relocation at 0x200 for 0x300. */
    private static byte[] file(int kind, long relocated) {
        ByteBuffer file = ByteBuffer.allocate(FILE_LENGTH);
        file.putInt(0, 0x7f454c46).put(4, (byte) 2).put(5, (byte) 2);
        file.putShort(0x10, (short) 3).putShort(0x12, (short) 22);
        file.putLong(0x18, 0x180)
                .putLong(0x20, 0x40)
                .putShort(0x36, (short) 0x38)
                .putShort(0x38, (short) 2);
        file.putInt(0x40, 1).putLong(0x40 + 0x20, FILE_LENGTH).putLong(0x40 + 0x28, STORAGE_LENGTH);
        file.putInt(0x78, 2).putLong(0x78 + 8, 0x100).putLong(0x78 + 0x20, 0x30);
        file.putLong(0x100, 7).putLong(0x108, 0x200).putLong(0x110, 8).putLong(0x118, 0x18);
        file.putLong(0x200, relocated).putLong(0x208, kind).putLong(0x210, 0x2222);
        return file.array();
    }

    @Test
    void itGoesBelowTheTopOfStorageAndItsAddressesWithIt() throws Exception {
        InitialPsw psw = GuestImage.parse(file(12, 0x300)).load(storage, BootParameters.none());
        long base = (SIZE - STORAGE_LENGTH) & -0x10000;
        assertThat(psw.address()).isEqualTo(base + 0x180);
        assertThat(storage.getLong(base + 0x300)).isEqualTo(base + 0x2222);
    }

    @Test
    void relocationsOfAnotherKindOrForAnotherPlaceAreRefused() {
        assertThatThrownBy(() -> GuestImage.parse(file(1, 0x300))).hasMessageContaining("relocation of type 1");
        assertThatThrownBy(() -> GuestImage.parse(file(12, STORAGE_LENGTH - 7)))
                .hasMessageContaining("which is in no segment");
        assertThatThrownBy(() -> GuestImage.parse(file(12, -8))).hasMessageContaining("which is in no segment");
    }

    @Test
    void brokenFilesAreRefusedOrFit() {
        long seed = Long.getLong("interruptor.random.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = file(12, 0x300);
        for (int i = 0; i < BROKEN_FILES; i++) {
            byte[] broken = Arrays.copyOf(whole, whole.length);
            for (int n = 0; n < 1 + random.nextInt(6); n++) {
                broken[0x18 + random.nextInt(0x200)] = (byte) random.nextInt();
            }
            try {
                GuestImage.parse(broken).load(storage, BootParameters.none());
            } catch (GuestFormatException refused) {
                assertThat(refused).as("seed %d, file %d", seed, i).hasMessageMatching("[^\\n]{10,200}");
            }
        }
    }
}
