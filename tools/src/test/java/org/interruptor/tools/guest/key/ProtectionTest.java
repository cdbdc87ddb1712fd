package org.interruptor.tools.guest.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.tools.guest.GuestCpu;
import org.interruptor.tools.guest.translation.GuestTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Low-address protection, and protection by keys. */
class ProtectionTest {
    private static final long LOW_ADDRESS_PROTECTION = 0x1000_0000L;
    private static final long FETCH_OVERRIDE = 0x0200_0000L;
    private static final long STORAGE_OVERRIDE = 0x0100_0000L;
    private static final long CR0 = 0xe0;
    private static final long DATA = 0x3_0000;

    private static final String LOAD = "e320a0000004"; // lg %r2,0(%r10)
    private static final String STORE = "e330a0000024"; // stg %r3,0(%r10)
    private static final String STORE_BYTE = "4230a000"; // stc %r3,0(%r10)
    private static final String SET_KEY = "b22b0067"; // sske %r6,%r7
    private static final String GET_KEY = "b2290067"; // iske %r6,%r7
    private static final String RESET_REFERENCE = "b22a0067"; // rrbe %r6,%r7

    private final GuestCpu guest = new GuestCpu(1 << 21);
    private final GuestTables tables = new GuestTables(guest.memory, 0x10_0000);

    @AfterEach
    void close() {
        guest.close();
    }

    private int access(long mask, String instruction, long address) {
        guest.cpu.gr(10, address);
        return guest.run(mask, instruction);
    }

    private static long withKey(int key) {
        return GuestCpu.MASK | (long) key << 52;
    }

    private void setKey(long address, int key) {
        guest.cpu.gr(6, key);
        guest.cpu.gr(7, address);
        assertThat(guest.run(SET_KEY)).isEqualTo(1);
    }

    private int key(long address) {
        guest.cpu.gr(6, -1);
        guest.cpu.gr(7, address);
        assertThat(guest.run(GET_KEY)).isEqualTo(1);
        assertThat(guest.cpu.gr(6) >>> 8).isEqualTo(-1L >>> 8);
        return (int) guest.cpu.gr(6) & 0xff;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4",
        "0xff, 4",
        "0x1f9, 4",
        "0x1ff, 4",
        "0x200, 1",
        "0x800, 1",
        "0xff8, 1",
        "0xff9, 4",
        "0x1000, 4",
        "0x11ff, 4",
        "0x1200, 1",
        "0x2000, 1"
    })
    void lowAddressesAreNotStoredInto(String where, int code) {
        guest.control(0, CR0 | LOW_ADDRESS_PROTECTION);
        long address = Long.decode(where);
        for (int i = 0; i < 2; i++) { // the second time the TLB may have the page
            long before = guest.memory.getLong(address);
            guest.cpu.gr(3, 0x77);
            assertThat(access(GuestCpu.MASK, STORE, address)).isEqualTo(code);
            assertThat(guest.memory.getLong(address) == 0x77).isEqualTo(code == 1);
            if (code == 4) {
                assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE + 6);
                assertThat(guest.teid()).isEqualTo(((address + 7) & 0x1000) | 0x400);
            }
            guest.memory.putLong(address, before);
        }
        assertThat(access(GuestCpu.MASK, LOAD, address)).isEqualTo(1);
        guest.control(0, CR0);
        assertThat(access(GuestCpu.MASK, STORE_BYTE, address)).as("off again").isEqualTo(1);
    }

    /** Effective addresses count, not real ones; a private space has no such protection. */
    @Test
    void lowAddressesOfASpaceAreProtectedUnlessItIsPrivate() {
        long asce = GuestTables.asce(tables.table(0), 0);
        tables.map(asce, GuestCpu.CODE, GuestCpu.CODE);
        tables.map(asce, 0, DATA);
        tables.map(asce, 0x10_0000, 0);
        guest.control(0, CR0 | LOW_ADDRESS_PROTECTION);
        guest.control(1, asce);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, STORE, 0x10)).isEqualTo(4);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, STORE, 0x210)).isEqualTo(1);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, STORE, 0x10)).isEqualTo(4);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, STORE_BYTE, 0x10_0020)).isEqualTo(1);
        guest.control(1, asce | 0x100);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, STORE, 0x10)).isEqualTo(1);
        guest.control(1, asce);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, STORE, 0x10)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"0x0000, 4", "0x0fff, 4", "0x1000, 4", "0x2000, 1"})
    void testBlockHeedsLowAddressesAndNoKey(String where, int code) {
        long address = Long.decode(where);
        guest.control(0, CR0 | LOW_ADDRESS_PROTECTION);
        guest.cpu.gr(10, 0x2000);
        guest.cpu.gr(9, 0x10);
        assertThat(guest.run("b22b009a")).as("sske %%r9,%%r10").isEqualTo(1);
        guest.memory.putByte((address & -4096) | 0x800, (byte) 1);
        assertThat(access(GuestCpu.MASK | 0x0020_0000_0000_0000L, "b22c000a", address))
                .as("key 2: tb %%r10")
                .isEqualTo(code);
        assertThat(guest.memory.getByte((address & -4096) | 0x800)).isEqualTo((byte) (code == 4 ? 1 : 0));
        if (code == 4) {
            assertThat(guest.teid()).isEqualTo((address & 0x1000) | 0x400);
        }
    }

    @Test
    void aRangeThatEndsInLowAddressesIsRefusedAsAWhole() {
        guest.control(0, CR0 | LOW_ADDRESS_PROTECTION);
        guest.memory.putLong(0xf00, 5);
        assertThat(access(GuestCpu.MASK, "d7ffa000a000", 0xf80))
                .as("xc 0(256,%%r10),0(%%r10)")
                .isEqualTo(4);
        assertThat(access(GuestCpu.MASK, "d7ffa000a000", 0xff0)).isEqualTo(4);
        assertThat(access(GuestCpu.MASK, "eb0fa0000024", 0xff0))
                .as("stmg %%r0,%%r15,0(%%r10)")
                .isEqualTo(4);
        assertThat(guest.memory.getLong(0xf00)).isEqualTo(5);
        assertThat(access(GuestCpu.MASK, "d7ffa000a000", 0xf00)).isEqualTo(1);
    }

    /** Storage key 3, with and without fetch protection, by access keys 0, 3 and 4. */
    @ParameterizedTest
    @CsvSource({"0x30, 0, 1, 1", "0x30, 3, 1, 1", "0x30, 4, 1, 4", "0x38, 0, 1, 1", "0x38, 3, 1, 1", "0x38, 4, 4, 4"})
    void aKeyPermitsItsOwnersAndKeyZero(String storageKey, int accessKey, int fetch, int store) {
        // The page of the code is left at key 0: it can be fetched by all.
        assertThat(access(withKey(accessKey), LOAD, DATA)).isEqualTo(1);
        assertThat(access(withKey(accessKey), STORE, DATA)).isEqualTo(accessKey == 0 ? 1 : 4);
        setKey(DATA, Integer.decode(storageKey));
        for (int i = 0; i < 2; i++) {
            assertThat(access(withKey(accessKey), LOAD, DATA)).isEqualTo(fetch);
            assertThat(access(withKey(accessKey), STORE, DATA)).isEqualTo(store);
            if (store == 4) {
                assertThat(guest.teid()).isEqualTo(DATA | 0x400);
                assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE + 6);
            }
        }
        setKey(DATA, accessKey << 4);
        assertThat(access(withKey(accessKey), STORE, DATA)).isEqualTo(1);
    }

    @Test
    void instructionsAreFetchProtectedToo() {
        setKey(GuestCpu.CODE, 0x38);
        assertThat(guest.run(withKey(3), "0700")).isEqualTo(1);
        assertThat(guest.run(withKey(4), "0700")).isEqualTo(4);
        assertThat(guest.teid()).isEqualTo(GuestCpu.CODE | 0x800);
    }

    @Test
    void fetchProtectionOverrideIsForTheFirstHalfPage() {
        setKey(0, 0x38);
        assertThat(access(withKey(4), LOAD, 0x400)).isEqualTo(4);
        guest.control(0, CR0 | FETCH_OVERRIDE);
        assertThat(access(withKey(4), LOAD, 0x400)).isEqualTo(1);
        assertThat(access(withKey(4), LOAD, 0x7f8)).isEqualTo(1);
        assertThat(access(withKey(4), LOAD, 0x7fc)).as("across its end").isEqualTo(4);
        assertThat(access(withKey(4), LOAD, 0x800)).isEqualTo(4);
        assertThat(access(withKey(4), STORE, 0x400)).isEqualTo(4);
        guest.control(0, CR0);
        assertThat(access(withKey(4), LOAD, 0x400)).isEqualTo(4);
    }

    @Test
    void storageProtectionOverrideIsForKeyNine() {
        setKey(DATA, 0x98);
        setKey(DATA + 0x1000, 0x88);
        guest.control(0, CR0 | STORAGE_OVERRIDE);
        assertThat(access(withKey(4), STORE, DATA)).isEqualTo(1);
        assertThat(access(withKey(4), LOAD, DATA)).isEqualTo(1);
        assertThat(access(withKey(4), STORE, DATA + 0x1000)).isEqualTo(4);
        guest.control(0, CR0);
        assertThat(access(withKey(4), STORE, DATA)).isEqualTo(4);
    }

    @Test
    void referencesAndChangesAreNoted() {
        assertThat(key(DATA)).isZero();
        access(GuestCpu.MASK, LOAD, DATA);
        assertThat(key(DATA)).isEqualTo(0x04);
        access(GuestCpu.MASK, STORE, DATA);
        assertThat(key(DATA)).isEqualTo(0x06);
        setKey(DATA, 0xf9);
        assertThat(key(DATA)).as("the last bit is none").isEqualTo(0xf8);
        access(GuestCpu.MASK, STORE, DATA);
        assertThat(key(DATA)).isEqualTo(0xfe);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void resetReferenceBitTellsWhatWas(int bits) {
        setKey(DATA, 0x50 | bits << 1);
        assertThat(guest.run(RESET_REFERENCE)).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(bits);
        assertThat(key(DATA)).isEqualTo(0x50 | (bits & 1) << 1);
        access(GuestCpu.MASK, LOAD, DATA);
        assertThat(key(DATA) & 4).as("set again").isEqualTo(4);
    }

    @Test
    void keysOfStorageThatIsNotThereAreAddressingExceptions() {
        guest.cpu.gr(7, 1 << 21);
        assertThat(guest.run(SET_KEY)).isEqualTo(5);
        assertThat(guest.run(GET_KEY)).isEqualTo(5);
        assertThat(guest.run(RESET_REFERENCE)).isEqualTo(5);
        assertThat(guest.run(GuestCpu.MASK | GuestCpu.PROBLEM_STATE, GET_KEY)).isEqualTo(2);
    }

    /** tprot 0(%r10),0(%r11) */
    @ParameterizedTest
    @CsvSource({"0x30, 0, 0", "0x30, 3, 0", "0x30, 4, 1", "0x38, 4, 2"})
    void testProtectionTells(String storageKey, int accessKey, int condition) {
        setKey(DATA, Integer.decode(storageKey));
        guest.cpu.gr(11, accessKey << 4);
        assertThat(access(GuestCpu.MASK, "e501a000b000", DATA)).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(condition);
        guest.control(1, GuestTables.asce(tables.table(0), 0));
        tables.map(guest.cpu.registers().control(1), GuestCpu.CODE, GuestCpu.CODE);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, "e501a000b000", DATA)).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(3);
        tables.map(guest.cpu.registers().control(1), DATA, DATA | GuestTables.PROTECTED);
        guest.cpu.gr(11, 0);
        assertThat(access(GuestCpu.MASK | GuestCpu.DAT, "e501a000b000", DATA)).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(1);
    }

    @Test
    void insertVirtualStorageKeyTellsTheProtectionBits() {
        setKey(DATA, 0x3e);
        long asce = GuestTables.asce(tables.table(0), 0);
        tables.map(asce, GuestCpu.CODE, GuestCpu.CODE);
        tables.map(asce, 0x5000, DATA);
        guest.control(1, asce);
        guest.cpu.gr(6, -1);
        guest.cpu.gr(7, 0x5123);
        assertThat(guest.run(GuestCpu.MASK | GuestCpu.DAT, "b2230067")).isEqualTo(1); // ivsk %r6,%r7
        assertThat(guest.cpu.gr(6)).isEqualTo(-256 | 0x38);
        assertThat(guest.run(GuestCpu.MASK, "b2230067")).isEqualTo(0x13);
        long problem = GuestCpu.MASK | GuestCpu.DAT | GuestCpu.PROBLEM_STATE;
        assertThat(guest.run(problem, "b2230067")).isEqualTo(2);
        guest.control(0, CR0 | 0x0800_0000L);
        assertThat(guest.run(problem, "b2230067")).isEqualTo(1);
    }
}
