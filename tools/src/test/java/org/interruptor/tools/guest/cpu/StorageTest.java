package org.interruptor.tools.guest.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operands that cross from one block of 8 KiB into the next, which prefixing may have put elsewhere, or from one GiB into the next. */
class StorageTest {
    private static final int SIZE = 1 << 16;
    private static final int PREFIX = 0x4000;
    private static final long VALUE = 0x0123_4567_89ab_cdefL;

    private final GuestMemory memory = GuestMemory.allocate(SIZE);
    private final Machine machine =
            Machine.builder(memory).rules(Rules.ORIGINAL).vcpus(1).build();
    private final Registers registers = machine.vcpu(0).bind().registers();
    private final Storage storage = new Storage(memory, registers);

    @AfterEach
    void close() {
        machine.close();
        memory.close();
    }

    /** Where a real address is, by the rule itself. */
    private static long absolute(long real) {
        return switch ((int) (real >> 13)) {
            case 0 -> real + PREFIX;
            case PREFIX >> 13 -> real - PREFIX;
            default -> real;
        };
    }

    /** The two pages lie elsewhere, and the second is the one that was fetched from last. */
    @Test
    void anInstructionInFrontOfThePageOfTheLastOneIsFetchedFromItsOwn() {
        registers.prefix(PREFIX);
        memory.putShort(absolute(PREFIX - 2), (short) 0x0700);
        memory.putShort(absolute(PREFIX), (short) 0x0a01);

        assertThat(storage.fetch(PREFIX) >>> 48).isEqualTo(0x0a01);
        assertThat(storage.fetch(PREFIX - 2) >>> 48).isEqualTo(0x0700);
    }

    /** Real addresses 0x1fff, 0x3fff and 0x5fff are the last of their blocks, and at each of these the next block lies elsewhere. */
    @ParameterizedTest
    @ValueSource(longs = {0x2000, 0x4000, 0x6000})
    void eachByteOfAnOperandThatCrossesIsWherePrefixingSays(long border) {
        registers.prefix(PREFIX);
        for (int length : new int[] {2, 4, 8}) {
            for (int before = 0; before <= length; before++) {
                long address = border - before;
                store(address, length);
                for (int i = 0; i < length; i++) {
                    assertThat(memory.getByte(absolute(address + i)))
                            .as("byte %d of %d at %x", i, length, address)
                            .isEqualTo((byte) (VALUE >> (8 * (length - 1 - i))));
                }
                assertThat(load(address, length))
                        .as("%d bytes at %x", length, address)
                        .isEqualTo(truncated(length));
                clear(address, length);
            }
        }
        assertThat(sum()).as("what was stored elsewhere").isZero();
    }

    private void store(long address, int length) {
        switch (length) {
            case 2 -> storage.store16(address, (int) VALUE);
            case 4 -> storage.store32(address, (int) VALUE);
            default -> storage.store64(address, VALUE);
        }
    }

    private long load(long address, int length) {
        return switch (length) {
            case 2 -> storage.load16(address);
            case 4 -> storage.load32(address);
            default -> storage.load64(address);
        };
    }

    private static long truncated(int length) {
        return length == 2 ? (short) VALUE : length == 4 ? (int) VALUE : VALUE;
    }

    private void clear(long address, int length) {
        for (int i = 0; i < length; i++) {
            memory.putByte(absolute(address + i), (byte) 0);
        }
    }

    private int sum() {
        int sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += memory.getByte(i) & 0xff;
        }
        return sum;
    }

    @Test
    void anOperandOfWhichOnePartIsMissingIsNotTouched() {
        isAddressing(() -> storage.store64(SIZE - 4, VALUE));
        isAddressing(() -> storage.store32(SIZE - 2, -1));
        isAddressing(() -> storage.store16(SIZE - 1, -1));
        isAddressing(() -> storage.load64(SIZE - 1));
        isAddressing(() -> storage.store64(-4, VALUE)); // around the end of all addresses
        registers.prefix(2L * SIZE);
        isAddressing(() -> storage.store64(0x1ffc, VALUE)); // the first part is in a prefix area that is not there
        isAddressing(() -> storage.check(0x2000 - 4095, 4096));
        assertThat(sum()).isZero();
        storage.check(SIZE - 4096, 4096);
    }

    private static void isAddressing(ThrowingCallable access) {
        assertThatThrownBy(access).isSameAs(ProgramException.ADDRESSING);
    }

    @Test
    void anInstructionIsFetchedAcrossBlocks() {
        registers.prefix(PREFIX);
        for (int before = 2; before <= 4; before += 2) {
            long address = 0x2000 - before;
            storage.store16(address, 0xe312);
            storage.store16(address + 2, 0x3456);
            storage.store16(address + 4, 0x7804);
            assertThat(storage.fetch(address) >>> 16).isEqualTo(0xe312_3456_7804L);
        }
    }

    @Test
    void whatIsBehindTheInstructionNeedNotBeThere() {
        storage.store16(SIZE - 2, 0x0700); // two bytes
        assertThat(storage.fetch(SIZE - 2) >>> 48).isEqualTo(0x0700);
        storage.store32(SIZE - 4, 0x5820_0000); // four
        assertThat(storage.fetch(SIZE - 4) >>> 32).isEqualTo(0x5820_0000);
        storage.store16(SIZE - 4, 0xe320); // six
        isAddressing(() -> storage.fetch(SIZE - 4L));
        isAddressing(() -> storage.fetch(SIZE));
        assertThatThrownBy(() -> storage.fetch(0x1fff)).isSameAs(ProgramException.SPECIFICATION);
    }

    @Test
    void interlockedUpdatesMindPrefixAndAlignment() {
        registers.prefix(PREFIX);
        assertThat(storage.compareAndSwap64(0x1ff8, 0, VALUE)).isZero();
        assertThat(memory.getLong(PREFIX + 0x1ff8)).isEqualTo(VALUE);
        assertThat(storage.compareAndSwap32(0x1ff8, 1, 2)).isEqualTo((int) (VALUE >>> 32));
        assertThatThrownBy(() -> storage.compareAndSwap64(0x1ffc, 0, 1)).isSameAs(ProgramException.SPECIFICATION);
        assertThatThrownBy(() -> storage.compareAndSwap32(0x1ffe, 0, 1)).isSameAs(ProgramException.SPECIFICATION);
        isAddressing(() -> storage.compareAndSwap32(SIZE, 0, 1));
    }

    @Test
    void anOperandMayCrossFromOneGiBIntoTheNext(@TempDir Path folder) throws Exception {
        long border = 1L << 30;
        try (GuestMemory large = GuestMemory.mapSparse(folder.resolve("storage"), border + SIZE)) {
            Storage all = new Storage(large, registers);
            for (int before = 1; before < 8; before++) {
                all.store64(border - before, VALUE);
                assertThat(all.load64(border - before)).isEqualTo(VALUE);
                assertThat(all.load8(border)).isEqualTo((int) (VALUE >>> (8 * (7 - before))) & 0xff);
            }
        }
    }
}
