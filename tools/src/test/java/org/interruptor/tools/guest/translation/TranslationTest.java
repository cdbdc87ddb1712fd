package org.interruptor.tools.guest.translation;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.tools.guest.GuestCpu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of every level, each exception, worked out by hand from the Principles of Operation. */
class TranslationTest {
    private static final long ON = GuestCpu.MASK | GuestCpu.DAT;
    private static final long VALUE = 0x1122_3344_5566_7788L;

    /** Absolute. */
    private static final long DATA = 0x3_0000;

    private static final String LOAD = "e320a0000004"; // lg %r2,0(%r10)
    private static final String STORE = "e330a0000024"; // stg %r3,0(%r10)

    private final GuestCpu guest = new GuestCpu(1 << 21);
    private final GuestTables tables = new GuestTables(guest.memory, 0x10_0000);

    @AfterEach
    void close() {
        guest.close();
    }

    @BeforeEach
    void data() {
        guest.memory.putLong(DATA + 0x678, VALUE);
    }

    /** A space in which code is where it is, and one more page is mapped. */
    private long space(int level, long virtual, long entry) {
        long asce = GuestTables.asce(tables.table(level), level);
        tables.map(asce, GuestCpu.CODE, GuestCpu.CODE);
        tables.map(asce, virtual, entry);
        guest.control(1, asce);
        return asce;
    }

    private static long address(int level) {
        return switch (level) {
            case 0 -> 0x0000_0000_1234_5678L;
            case 1 -> 0x0000_0123_1234_5678L;
            case 2 -> 0x0012_3456_1234_5678L;
            default -> 0xfedc_ba98_1234_5678L;
        };
    }

    private int access(String instruction, long address) {
        guest.cpu.gr(10, address);
        return guest.run(ON, instruction);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void fetchesAndStoresThroughTablesOfEachLevel(int level) {
        space(level, address(level), DATA);
        assertThat(access(LOAD, address(level))).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(VALUE);
        guest.cpu.gr(3, 42);
        assertThat(access(STORE, address(level))).isEqualTo(1);
        assertThat(guest.memory.getLong(DATA + 0x678)).isEqualTo(42);
    }

    /** An entry of each level is made invalid: the exception of that level, which nullifies. */
    @ParameterizedTest
    @CsvSource({"3, 0x39", "2, 0x3a", "1, 0x3b", "0, 0x10", "-1, 0x11"})
    void anInvalidEntryNullifies(int level, String code) {
        long asce = space(3, address(3), DATA);
        long entry = tables.entry(asce, address(3), level);
        guest.memory.putLong(
                entry, guest.memory.getLong(entry) | (level < 0 ? GuestTables.PAGE_INVALID : GuestTables.INVALID));
        guest.cpu.gr(2, 7);
        guest.memory.putByte(0xa0, (byte) 0xff);
        guest.memory.putByte(0xa2, (byte) 0xff);
        assertThat(access(LOAD, address(3))).isEqualTo(Integer.decode(code));
        assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE);
        assertThat(guest.teid()).isEqualTo((address(3) & -4096) | 0x800); // a fetch, primary space
        assertThat(guest.cpu.gr(2)).isEqualTo(7);
        assertThat(guest.memory.getByte(0xa0)).isZero();
        assertThat(guest.memory.getByte(0xa2)).isZero();
        assertThat(access(STORE, address(3))).isEqualTo(Integer.decode(code));
        assertThat(guest.teid()).isEqualTo((address(3) & -4096) | 0x400); // a store
        assertThat(guest.memory.getLong(DATA + 0x678)).isEqualTo(VALUE);
    }

    /** Entries outside: the table is one quarter, and the one above says that its first quarter is missing. */
    @ParameterizedTest
    @CsvSource({"3, 0x39", "2, 0x3a", "1, 0x3b", "0, 0x10"})
    void anEntryOutsideItsTableIsTheLevelsException(int level, String code) {
        long asce = space(3, address(3), DATA);
        long shortened;
        if (level == 3) {
            guest.control(1, asce & ~3L); // index 0x7f6 is in the last quarter
            assertThat(access(LOAD, address(3))).isEqualTo(Integer.decode(code));
            return;
        }
        long above = tables.entry(asce, address(3), level + 1);
        long whole = guest.memory.getLong(above);
        shortened = whole & ~3L;
        long quarter = address(3) >>> (29 + 11 * level) & 3;
        guest.memory.putLong(above, shortened | quarter);
        assertThat(access(LOAD, address(3))).as("the last one that is there").isEqualTo(1);
        guest.cpu.storage().purge();
        if (quarter > 0) {
            guest.memory.putLong(above, shortened | (quarter - 1));
            assertThat(access(LOAD, address(3))).as("behind the end").isEqualTo(Integer.decode(code));
        }
        guest.memory.putLong(above, whole | quarter << 6);
        assertThat(access(LOAD, address(3))).as("the first one that is there").isEqualTo(1);
        guest.cpu.storage().purge();
        if (quarter < 3) {
            guest.memory.putLong(above, whole | (quarter + 1) << 6);
            assertThat(access(LOAD, address(3))).as("before the beginning").isEqualTo(Integer.decode(code));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0x80000000", "1, 0x40000000000", "2, 0x20000000000000"})
    void anAddressBeyondWhatTheAsceCoversIsAnAsceTypeException(int level, String first) {
        space(level, address(level), DATA);
        assertThat(access(LOAD, Long.decode(first))).isEqualTo(0x38);
        assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE);
        assertThat(guest.teid()).isEqualTo(Long.decode(first) | 0x800);
        assertThat(access(LOAD, Long.decode(first) - 8))
                .as("the last that it covers")
                .isNotEqualTo(0x38);
    }

    /** A type that does not fit, and bits 52 and 55 of a page-table entry. */
    @ParameterizedTest
    @CsvSource({"3, 0x4", "2, 0x4", "1, 0x8", "0, 0x4", "-1, 0x800", "-1, 0x100"})
    void aMalformedEntrySuppressesAndStoresNothing(int level, String bits) {
        long asce = space(3, address(3), DATA);
        long entry = tables.entry(asce, address(3), level);
        guest.memory.putLong(entry, guest.memory.getLong(entry) ^ Long.decode(bits));
        guest.memory.putLong(0xa8, 99);
        assertThat(access(LOAD, address(3))).isEqualTo(0x12);
        assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE + 6);
        assertThat(guest.teid()).isEqualTo(99);
    }

    @Test
    void aTableOrAPageThatIsNotInStorageIsAnAddressingException() {
        long asce = space(3, address(3), 0x7fff_f000L);
        assertThat(access(LOAD, address(3))).isEqualTo(5);
        assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE + 6);
        long entry = tables.entry(asce, address(3), 1);
        guest.memory.putLong(entry, 0x7fff_ffff_ffff_f000L | 1 << 2 | 3);
        assertThat(access(LOAD, address(3))).isEqualTo(5);
        guest.control(1, -4096L | 0xf);
        guest.cpu.gr(10, -1);
        assertThat(guest.run(ON, LOAD))
                .as("the table at the end of all addresses")
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void aProtectedPageIsFetchedAndNotStoredInto(int level) {
        long asce = space(3, address(3), DATA);
        long entry = tables.entry(asce, address(3), level);
        guest.memory.putLong(entry, guest.memory.getLong(entry) | GuestTables.PROTECTED);
        assertThat(access(LOAD, address(3))).isEqualTo(1);
        assertThat(access(STORE, address(3))).isEqualTo(4);
        assertThat(guest.oldAddress()).as("suppressed").isEqualTo(GuestCpu.CODE + 6);
        assertThat(guest.teid()).isEqualTo((address(3) & -4096) | 0x404);
        assertThat(guest.memory.getLong(DATA + 0x678)).isEqualTo(VALUE);
    }

    @Test
    void aRealSpaceDesignationTranslatesNothing() {
        guest.control(1, 0x7fff_f000L | 0x20);
        assertThat(access(LOAD, DATA + 0x678)).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(VALUE);
        assertThat(access(LOAD, 1L << 62)).isEqualTo(5);
        assertThat(access(LOAD, -8)).isEqualTo(5);
    }

    @Test
    void aCommonSegmentInAPrivateSpaceIsMalformed() {
        long asce = space(0, address(0), DATA);
        long entry = tables.entry(asce, address(0), 0);
        guest.memory.putLong(entry, guest.memory.getLong(entry) | 0x10);
        assertThat(access(LOAD, address(0))).isEqualTo(1);
        guest.control(1, asce | 0x100);
        assertThat(access(LOAD, address(0))).isEqualTo(0x12);
    }

    @Test
    void theAddressSpaceControlChoosesAmongThreeSpaces() {
        long primary = space(0, address(0), DATA);
        long secondary = space(0, address(0), DATA + 0x1000);
        long home = space(0, address(0), DATA + 0x2000);
        guest.control(1, primary);
        guest.control(7, secondary);
        guest.control(13, home);
        guest.memory.putLong(DATA + 0x1678, 2);
        guest.memory.putLong(DATA + 0x2678, 3);
        guest.cpu.gr(10, address(0));
        assertThat(guest.run(ON, LOAD)).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(VALUE);
        assertThat(guest.run(ON | GuestCpu.SECONDARY, LOAD)).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(2);
        assertThat(guest.run(ON | GuestCpu.HOME, LOAD)).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(3);

        guest.cpu.gr(10, 0x4000_0000);
        assertThat(guest.run(ON | GuestCpu.SECONDARY, LOAD)).isEqualTo(0x10);
        assertThat(guest.teid()).isEqualTo(0x4000_0000 | 0x800 | 2);
        assertThat(guest.run(ON | GuestCpu.HOME, LOAD)).isEqualTo(0x10);
        assertThat(guest.teid()).isEqualTo(0x4000_0000 | 0x800 | 3);
    }

    /** In the secondary space instructions come from the primary one. */
    @Test
    void anInstructionWithoutAPageIsNullified() {
        space(0, address(0), DATA);
        guest.control(7, guest.cpu.registers().control(1));
        assertThat(guest.run(ON, 0x5000_0000L)).isEqualTo(0x10);
        assertThat(guest.oldAddress()).isEqualTo(0x5000_0000L);
        assertThat(guest.teid()).isEqualTo(0x5000_0000L | 0x800);
        assertThat(guest.run(ON | GuestCpu.SECONDARY, 0x5000_0000L)).isEqualTo(0x10);
        assertThat(guest.teid()).isEqualTo(0x5000_0000L | 0x800);
    }

    /** Two pages that lie apart; then the second one is missing. */
    @Test
    void operandsAndInstructionsCrossFromPageToPage() {
        long asce = space(0, 0x40_0000, 0x3_5000);
        tables.map(asce, 0x40_1000, 0x3_2000);
        guest.cpu.gr(3, VALUE);
        for (int before = 1; before < 8; before++) {
            assertThat(access(STORE, 0x40_1000 - before)).isEqualTo(1);
            for (int i = 0; i < 8; i++) {
                long absolute = i < before ? 0x3_6000 - before + i : 0x3_2000 - before + i;
                assertThat(guest.memory.getByte(absolute)).isEqualTo((byte) (VALUE >>> (56 - 8 * i)));
            }
            assertThat(access(LOAD, 0x40_1000 - before)).isEqualTo(1);
            assertThat(guest.cpu.gr(2)).isEqualTo(VALUE);
        }
        // lghi %r4,77 across the border, by 2 and by 4 bytes; then an invalid instruction
        guest.code(0x3_5ffe, "a749");
        guest.code(0x3_2000, "004d", "0000");
        assertThat(guest.run(ON, 0x40_0ffe)).isEqualTo(1);
        assertThat(guest.cpu.gr(4)).isEqualTo(77);
        // lgfi %r5,0x12345678
        guest.code(0x3_5ffc, "c0511234");
        guest.code(0x3_2000, "5678", "0000");
        assertThat(guest.run(ON, 0x40_0ffc)).isEqualTo(1);
        assertThat(guest.cpu.gr(5)).isEqualTo(0x1234_5678);

        guest.memory.putLong(tables.pageTableEntry(asce, 0x40_1000), GuestTables.PAGE_INVALID);
        guest.cpu.storage().purge();
        guest.memory.putLong(0x3_5ff8, 5);
        assertThat(access(STORE, 0x40_0ffc)).isEqualTo(0x11);
        assertThat(guest.teid()).isEqualTo(0x40_1000 | 0x400);
        assertThat(guest.memory.getLong(0x3_5ff8)).as("nothing was stored").isEqualTo(5);
        guest.code(0x3_5ffc, "c0511234");
        assertThat(guest.run(ON, 0x40_0ffc)).isEqualTo(0x11);
        assertThat(guest.oldAddress()).isEqualTo(0x40_0ffc);
        assertThat(guest.teid()).isEqualTo(0x40_1000 | 0x800);
        guest.code(0x3_5ffc, "a7490001", "0000");
        assertThat(guest.run(ON, 0x40_0ffc)).as("the next page is not touched").isEqualTo(0x11);
        assertThat(guest.cpu.gr(4)).isEqualTo(1);
        assertThat(guest.oldAddress()).isEqualTo(0x40_1000);
    }

    @Test
    void whatIsNullifiedHasChangedNothing() {
        long asce = space(0, 0x40_0000, 0x3_5000);
        tables.map(asce, 0x50_0000, 0x3_6000);
        guest.memory.putLong(0x3_5ff8, 1);
        guest.cpu.gr(10, 0x40_0ff0);
        for (int i = 1; i < 10; i++) {
            guest.cpu.gr(i, 100 + i);
        }
        assertThat(guest.run(ON, "eb19a0000004")).as("lmg %%r1,%%r9,0(%%r10)").isEqualTo(0x11);
        assertThat(guest.teid()).isEqualTo(0x40_1000 | 0x800);
        for (int i = 1; i < 10; i++) {
            assertThat(guest.cpu.gr(i)).isEqualTo(100 + i);
        }
        assertThat(guest.run(ON, "eb19a0000024")).as("stmg %%r1,%%r9,0(%%r10)").isEqualTo(0x11);
        assertThat(guest.memory.getLong(0x3_5ff8)).isEqualTo(1);
        guest.cpu.gr(11, 0x50_0000);
        assertThat(guest.run(ON, "d21fa000b000")).as("mvc 0(32,%%r10),0(%%r11)").isEqualTo(0x11);
        assertThat(guest.teid()).isEqualTo(0x40_1000 | 0x400);
        assertThat(guest.memory.getLong(0x3_5ff8)).isEqualTo(1);
    }
}
