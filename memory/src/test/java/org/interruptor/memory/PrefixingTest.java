package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixingTest {

    /** Written with the boundaries of both blocks as the table of interruptions.md has them. */
    @ParameterizedTest
    @CsvSource({
        "0,          0x6000,     0x6000",
        "1,          0x6000,     0x6001",
        "0x1b0,      0x6000,     0x61b0",
        "0x1fff,     0x6000,     0x7fff",
        "0x2000,     0x6000,     0x2000",
        "0x5fff,     0x6000,     0x5fff",
        "0x6000,     0x6000,     0",
        "0x7fff,     0x6000,     0x1fff",
        "0x8000,     0x6000,     0x8000",
        "0,          0x2000,     0x2000",
        "0x1fff,     0x2000,     0x3fff",
        "0x2000,     0x2000,     0",
        "0x3fff,     0x2000,     0x1fff",
        "0x4000,     0x2000,     0x4000",
        "0,          0xffffe000, 0xffffe000",
        "0x1fff,     0xffffe000, 0xffffffff",
        "0xffffdfff, 0xffffe000, 0xffffdfff",
        "0xffffe000, 0xffffe000, 0",
        "0xffffffff, 0xffffe000, 0x1fff",
        "0x100000000, 0xffffe000, 0x100000000",
        "0x100000000, 0,         0x100000000",
        "0x100006000, 0x6000,    0x100006000",
        "0x7fffffffffffffff, 0x6000, 0x7fffffffffffffff",
        "-1,         0x6000,     -1",
        "-0x2000,    0x6000,     -0x2000",
    })
    void theTwoBlocksChangePlaces(String real, String prefix, String absolute) {
        assertThat(Prefixing.realToAbsolute(Long.decode(real), Long.decode(prefix)))
                .isEqualTo(Long.decode(absolute));
        assertThat(Prefixing.absoluteToReal(Long.decode(absolute), Long.decode(prefix)))
                .isEqualTo(Long.decode(real));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x1fff, 0x2000, 0x2001, 0xffff_ffffL, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void withAPrefixOfZeroAllAddressesAreTheSame(long address) {
        assertThat(Prefixing.realToAbsolute(address, 0)).isEqualTo(address);
        assertThat(Prefixing.absoluteToReal(address, 0)).isEqualTo(address);
    }

    @Test
    void eachDirectionUndoesTheOther() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            long prefix = random.nextLong(1L << 19) * Prefixing.AREA_LENGTH;
            long address = switch (random.nextInt(3)) {
                case 0 -> random.nextLong(3 * Prefixing.AREA_LENGTH);
                case 1 -> prefix + random.nextLong(3 * Prefixing.AREA_LENGTH) - Prefixing.AREA_LENGTH;
                default -> random.nextLong();
            };
            assertThat(Prefixing.absoluteToReal(Prefixing.realToAbsolute(address, prefix), prefix))
                    .as("seed %d, address 0x%x, prefix 0x%x", seed, address, prefix)
                    .isEqualTo(address);
            assertThat(Prefixing.realToAbsolute(Prefixing.absoluteToReal(address, prefix), prefix))
                    .as("seed %d, address 0x%x, prefix 0x%x", seed, address, prefix)
                    .isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x2000",
        "0, 0x3000",
        "0x2000, 0x4000",
        "0x2000, 0x5000",
        "0xffffe000, 0x100000000",
        "0xffffe000, 0x7fffffffffffffff",
    })
    void aPrefixIsValidWhereItsAreaLiesInsideStorage(String prefix, String storageSize) {
        assertThat(Prefixing.isValid(Long.decode(prefix), Long.decode(storageSize)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // no multiple of 8192
        "1, 0x10000",
        "0x1000, 0x10000",
        "0x1fff, 0x10000",
        "0x3000, 0x10000",
        // not wholly inside
        "0, 0",
        "0, 0x1000",
        "0, 0x1fff",
        "0x2000, 0x2000",
        "0x2000, 0x3000",
        "0x2000, 0x3fff",
        "0xffffe000, 0xfffff000",
        // more than 32 bits, negative, and sums that would overflow
        "0x100000000, 0x7fffffffffffffff",
        "-0x2000, 0x10000",
        "-0x8000000000000000, 0x10000",
        "0x7fffffffffffe000, 0x10000",
        "0x7fffffffffffe000, 0x7fffffffffffffff",
        "0, -1",
        "0, -0x8000000000000000",
        "0x2000, -0x8000000000000000",
    })
    void anyOtherPrefixIsNot(String prefix, String storageSize) {
        assertThat(Prefixing.isValid(Long.decode(prefix), Long.decode(storageSize)))
                .isFalse();
    }
}
