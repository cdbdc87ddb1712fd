package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.tools.guest.GuestCpu;
import org.interruptor.tools.guest.translation.GuestTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instructions that translate, purge, or name an address space or a key. */
class TranslationInstructionsTest {
    private static final long ON = GuestCpu.MASK | GuestCpu.DAT;
    private static final long MASK_31 = 0x0000_0000_8000_0000L;
    private static final long CR0 = 0xe0 | 0x0400_0000L; // secondary-space control
    private static final long DATA = 0x3_0000;
    private static final long PAGE = 0x40_0000;
    private static final String LOAD = "e320a0000004"; // lg %r2,0(%r10)
    private static final String MVCOS = "c850a000b000"; // mvcos 0(%r10),0(%r11),%r5

    private final GuestCpu guest = new GuestCpu(1 << 22);
    private final GuestTables tables = new GuestTables(guest.memory, 0x10_0000);
    private long primary;
    private long secondary;

    @BeforeEach
    void spaces() {
        primary = space(DATA, DATA + 0x2000);
        secondary = space(DATA + 0x4000, DATA + 0x6000);
        guest.control(0, CR0);
        guest.control(1, primary);
        guest.control(7, secondary);
        guest.cpu.gr(10, PAGE);
        guest.cpu.gr(11, PAGE);
    }

    @AfterEach
    void close() {
        guest.close();
    }

    private long space(long first, long second) {
        long asce = GuestTables.asce(tables.table(0), 0);
        tables.map(asce, GuestCpu.CODE, GuestCpu.CODE);
        tables.map(asce, PAGE, first);
        tables.map(asce, PAGE + 0x1000, second);
        return asce;
    }

    @Test
    void loadRealAddressTellsWhereOrWhyNot() {
        guest.cpu.gr(10, PAGE + 0x1234);
        guest.cpu.gr(2, -1);
        assertThat(guest.run("e320a0000003"))
                .as("lrag %%r2,0(%%r10), without DAT")
                .isEqualTo(1);
        assertThat(guest.oldCondition()).isZero();
        assertThat(guest.cpu.gr(2)).isEqualTo(DATA + 0x2234);

        guest.cpu.gr(10, PAGE + 0x2000);
        guest.run("e320a0000003");
        assertThat(guest.oldCondition()).isEqualTo(2);
        assertThat(guest.cpu.gr(2)).isEqualTo(tables.pageTableEntry(primary, PAGE + 0x2000));

        guest.cpu.gr(10, 0x7000_0000L);
        guest.run("e320a0000003");
        assertThat(guest.oldCondition()).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(tables.entry(primary, 0x7000_0000L, 0));

        guest.cpu.gr(2, -1);
        guest.cpu.gr(10, 1L << 40);
        guest.run("e320a0000003");
        assertThat(guest.oldCondition()).isEqualTo(3);
        assertThat(guest.cpu.gr(2)).as("the code of the exception").isEqualTo(0xffff_ffff_8000_0038L);

        guest.cpu.gr(10, 0x7000_0000L);
        guest.control(1, primary & ~3L);
        guest.run("e320a0000003");
        assertThat(guest.oldCondition()).as("outside the table").isEqualTo(3);
        assertThat(guest.cpu.gr(2)).isEqualTo(0xffff_ffff_8000_0010L);
    }

    @Test
    void loadRealAddressIn31BitModeLeavesTheLeftHalf() {
        guest.cpu.gr(10, PAGE + 4);
        guest.cpu.gr(2, -1);
        assertThat(guest.run(MASK_31, "b120a000")).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(0xffff_ffff_0000_0000L | (DATA + 4));
        tables.map(primary, PAGE, 0x1_0000_0000L);
        assertThat(guest.run(MASK_31, "b120a000")).as("does not fit").isEqualTo(0x13);
        assertThat(guest.run(MASK_31 | GuestCpu.PROBLEM_STATE, "b120a000")).isEqualTo(2);
    }

    @Test
    void realAddressesAreReachedWithoutTranslation() {
        guest.memory.putLong(DATA + 8, 0x0123_4567_89ab_cdefL);
        guest.cpu.gr(7, DATA + 8);
        guest.cpu.gr(6, -1);
        assertThat(guest.run(ON, "b24b0067")).as("lura %%r6,%%r7").isEqualTo(1);
        assertThat(guest.cpu.gr(6)).isEqualTo(0xffff_ffff_0123_4567L);
        assertThat(guest.run(ON, "b9050067")).as("lurag").isEqualTo(1);
        assertThat(guest.cpu.gr(6)).isEqualTo(0x0123_4567_89ab_cdefL);
        guest.cpu.gr(6, 0x1111_2222_3333_4444L);
        assertThat(guest.run(ON, "b2460067")).as("stura").isEqualTo(1);
        assertThat(guest.memory.getLong(DATA + 8)).isEqualTo(0x3333_4444_89ab_cdefL);
        assertThat(guest.run(ON, "b9250067")).as("sturg").isEqualTo(1);
        assertThat(guest.memory.getLong(DATA + 8)).isEqualTo(0x1111_2222_3333_4444L);
        guest.cpu.gr(7, DATA + 4);
        assertThat(guest.run(ON, "b9250067")).isEqualTo(6);
        guest.cpu.gr(7, 1L << 40);
        assertThat(guest.run(ON, "b9250067")).isEqualTo(5);
    }

    /** ipte %r6,%r7: the entry becomes invalid, and the TLB does not know the page any more. */
    @Test
    void invalidatePageTableEntry() {
        assertThat(guest.run(ON, LOAD)).isEqualTo(1);
        long entry = tables.pageTableEntry(primary, PAGE);
        guest.memory.putLong(entry, DATA + 0x1000);
        guest.memory.putLong(DATA + 0x1000, 42);
        guest.cpu.gr(2, 5);
        assertThat(guest.run(ON, LOAD)).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).as("still the old page").isZero();
        guest.cpu.gr(6, entry & -2048);
        guest.cpu.gr(7, PAGE);
        assertThat(guest.run(ON, "b2210067", LOAD)).isEqualTo(0x11);
        assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE + 4);
        assertThat(guest.memory.getLong(entry)).isEqualTo(DATA + 0x1400);
        guest.memory.putLong(entry, DATA + 0x1000);
        assertThat(guest.run(ON, LOAD)).isEqualTo(1);
        assertThat(guest.cpu.gr(2)).isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource({"b20d0000, true", "b2500067, true", "b98a0067, true", "b2500069, false"})
    void purges(String instruction, boolean isPurged) {
        assertThat(guest.run(ON, LOAD)).isEqualTo(1);
        guest.memory.putLong(tables.pageTableEntry(primary, PAGE), GuestTables.PAGE_INVALID);
        tables.map(primary, 0x6000, 0x6000);
        guest.cpu.gr(6, 0); // csp %r6,%r7: compares with a word of zero
        guest.cpu.gr(7, 0x6001);
        guest.cpu.gr(9, 0x6000); // without the bit for the TLB
        assertThat(guest.run(ON, instruction, LOAD)).isEqualTo(isPurged ? 0x11 : 1);
    }

    @Test
    void compareAndSwapAndPurgeComparesAndSwaps() {
        tables.map(primary, 0x6000, 0x6000);
        guest.memory.putLong(0x6000, 0x0000_0001_0000_0002L);
        guest.cpu.gr(6, -1L << 32 | 1);
        guest.cpu.gr(7, 3);
        guest.cpu.gr(9, 0x6001);
        assertThat(guest.run(ON, "b2500069")).isEqualTo(1);
        assertThat(guest.oldCondition()).isZero();
        assertThat(guest.memory.getLong(0x6000)).isEqualTo(0x0000_0003_0000_0002L);
        assertThat(guest.run(ON, "b2500069")).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(1);
        assertThat(guest.cpu.gr(6)).isEqualTo(-1L << 32 | 3);
        assertThat(guest.run(ON, "b2500079")).as("an odd register").isEqualTo(6);
        guest.cpu.gr(6, 0x0000_0003_0000_0002L);
        guest.cpu.gr(7, 9);
        assertThat(guest.run(ON, "b98a0069")).isEqualTo(1);
        assertThat(guest.oldCondition()).isZero();
        assertThat(guest.memory.getLong(0x6000)).isEqualTo(9);
    }

    /** Kernel in home space, program in primary, as Linux does it: from and to the secondary space with 0x81. */
    @ParameterizedTest
    @CsvSource({"0x00810000, 0x4000, 0", "0x00000081, 0, 0x4000", "0x00830001, 0x4000, 0", "0x00810081, 0x4000, 0x4000"
    })
    void moveWithOptionalSpecificationsNamesTheSpaces(String controls, int to, int from) {
        for (int i = 0; i < 4096; i++) {
            guest.memory.putByte(DATA + from + (i < 0xf00 ? 0x100 + i : 0x2000 + i - 0xf00), (byte) (i * 7));
        }
        guest.cpu.gr(0, Long.decode(controls));
        guest.cpu.gr(10, PAGE + 0x103);
        guest.cpu.gr(11, PAGE + 0x100);
        guest.cpu.gr(5, from == to ? 0 : 4096);
        assertThat(guest.run(ON, MVCOS)).isEqualTo(1);
        assertThat(guest.oldCondition()).isZero();
        for (int i = 0; i < 4096 && from != to; i++) {
            assertThat(guest.memory.getByte(DATA + to + (i < 0xefd ? 0x103 + i : 0x2000 + i - 0xefd)))
                    .as("byte %d", i)
                    .isEqualTo((byte) (i * 7));
        }
        guest.cpu.gr(5, 4097);
        assertThat(guest.run(ON, MVCOS)).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(3);
        assertThat(guest.run(GuestCpu.MASK, MVCOS)).as("without DAT").isEqualTo(0x13);
        guest.control(0, CR0 & ~0x0400_0000L);
        assertThat(guest.run(ON, MVCOS)).as("without secondary-space control").isEqualTo(0x13);
    }

    @Test
    void aMoveWithOptionalSpecificationsThatMeetsAMissingPageMovesNothing() {
        guest.cpu.gr(0, 0x0081_0000);
        guest.cpu.gr(5, 0x100);
        guest.cpu.gr(11, PAGE + 0x100);
        guest.cpu.gr(10, PAGE + 0x1f80);
        guest.memory.putLong(DATA + 0x6f80, 5);
        assertThat(guest.run(ON, MVCOS)).isEqualTo(0x11);
        assertThat(guest.oldAddress()).isEqualTo(GuestCpu.CODE);
        assertThat(guest.teid()).isEqualTo(PAGE + 0x2000 | 0x400 | 2);
        assertThat(guest.memory.getLong(DATA + 0x6f80)).isEqualTo(5);
        guest.cpu.gr(5, 0);
        assertThat(guest.run(ON, MVCOS)).as("no bytes, no access").isEqualTo(1);
    }

    /**
     * Two spaces that displace each other from the TLB's list of spaces at each move, until its numbers are used up: the operands of
     * other instructions are found where they were.
     */
    @Test
    void manyMovesBetweenTwoSpacesDoNotConfuseThem() {
        for (int i = 1; i < 8; i++) {
            long other = new GuestTables(guest.memory, (primary & -4096) + i * 64L * 4096)
                    .table(0); // the same place in the list
            guest.memory.putLong(other, guest.memory.getLong(secondary & -4096)); // code
            guest.memory.putLong(other + 8 * 4, guest.memory.getLong((secondary & -4096) + 8 * 4)); // pages
            guest.control(7, GuestTables.asce(other, 0));
            guest.memory.putLong(DATA + 0x200, 77);
            guest.memory.putLong(DATA + 0x4200, 78);
            guest.cpu.gr(0, 0x0000_0081);
            guest.cpu.gr(3, 77);
            guest.cpu.gr(5, 1);
            guest.cpu.gr(9, 1200);
            // loop: mvcos; lg %r2,0x200(%r10); cgr %r2,%r3; brc 6,out; brct %r9,loop
            assertThat(guest.run(ON, MVCOS, "e320a2000004", "b9200023", "a7640004", "a796fff6"))
                    .isEqualTo(1);
            assertThat(guest.cpu.gr32(9)).as("turns left, space %d", i).isZero();
        }
    }

    @Test
    void keysThatAProblemProgramNamesAreInItsMask() {
        long problem = ON | GuestCpu.PROBLEM_STATE;
        guest.cpu.gr(0, 0x3083_0000);
        guest.cpu.gr(5, 8);
        assertThat(guest.run(problem, MVCOS)).isEqualTo(2);
        guest.control(3, 0x1000_0000L);
        assertThat(guest.run(problem, MVCOS)).as("the page has key 0").isEqualTo(4);
        assertThat(guest.teid()).isEqualTo(PAGE | 0x400 | 2);
        guest.cpu.storage().main().keys().replace(DATA + 0x4000, 0xf0, 0x30);
        assertThat(guest.run(problem, MVCOS)).isEqualTo(1);
        guest.cpu.gr(0, 0x00c1_0000);
        guest.control(13, secondary);
        assertThat(guest.run(problem, MVCOS)).as("home space").isEqualTo(0x13);
        assertThat(guest.run(ON, MVCOS)).isEqualTo(1);
    }

    @Test
    void movePage() {
        for (int i = 0; i < 4096; i += 8) {
            guest.memory.putLong(DATA + i, i * 0x9e37_79b9L);
        }
        guest.cpu.gr(0, 0);
        guest.cpu.gr(6, PAGE + 0x1abc);
        guest.cpu.gr(7, PAGE + 0x123);
        assertThat(guest.run(ON, "b2540067")).as("mvpg %%r6,%%r7").isEqualTo(1);
        assertThat(guest.oldCondition()).isZero();
        for (int i = 0; i < 4096; i += 8) {
            assertThat(guest.memory.getLong(DATA + 0x2000 + i)).isEqualTo(i * 0x9e37_79b9L);
        }
        guest.cpu.gr(6, PAGE + 0x2000);
        assertThat(guest.run(ON, "b2540067")).isEqualTo(0x11);
        assertThat(guest.memory.getByte(0xa2)).isEqualTo((byte) 0x67);
        guest.cpu.gr(0, 0x100);
        assertThat(guest.run(ON, "b2540067")).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(1);
        guest.cpu.gr(7, PAGE + 0x2000);
        assertThat(guest.run(ON, "b2540067")).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(2);
        guest.cpu.gr(0, 0x1000);
        assertThat(guest.run(ON, "b2540067")).isEqualTo(6);
    }

    /** mvcp 0(%r5,%r10),0(%r11),%r3 from secondary to primary; mvcs the other way. */
    @ParameterizedTest
    @CsvSource({"da53a000b000, 0, 0x4000", "db53a000b000, 0x4000, 0"})
    void moveToPrimaryAndToSecondary(String instruction, int to, int from) {
        guest.memory.putLong(DATA + from, 77);
        guest.cpu.gr(5, 8);
        assertThat(guest.run(ON, instruction)).isEqualTo(1);
        assertThat(guest.oldCondition()).isZero();
        assertThat(guest.memory.getLong(DATA + to)).isEqualTo(77);
        guest.cpu.gr(5, 257);
        assertThat(guest.run(ON, instruction)).isEqualTo(1);
        assertThat(guest.oldCondition()).isEqualTo(3);
        guest.control(13, primary);
        assertThat(guest.run(ON | GuestCpu.HOME, instruction)).isEqualTo(0x13);
        assertThat(guest.run(GuestCpu.MASK, instruction)).isEqualTo(0x13);
    }

    @Test
    void movesWithAKey() {
        guest.cpu.storage().main().keys().replace(DATA, 0xf8, 0x58);
        guest.memory.putLong(DATA, 77);
        guest.cpu.gr(10, DATA + 0x1000);
        guest.cpu.gr(11, DATA);
        guest.cpu.gr(5, 8);
        guest.cpu.gr(3, 0x40);
        assertThat(guest.run("d953a000b000")).as("mvck, key 4").isEqualTo(4);
        guest.cpu.gr(3, 0x50);
        assertThat(guest.run("d953a000b000")).isEqualTo(1);
        assertThat(guest.memory.getLong(DATA + 0x1000)).isEqualTo(77);
        guest.memory.putLong(DATA, 78);
        guest.cpu.gr(0, 7);
        guest.cpu.gr(1, 0x40);
        assertThat(guest.run("e50ea000b000")).as("mvcsk, key 4").isEqualTo(4);
        guest.cpu.gr(1, 0x50);
        assertThat(guest.run("e50ea000b000")).isEqualTo(1);
        assertThat(guest.memory.getLong(DATA + 0x1000)).isEqualTo(78);
        assertThat(guest.run("e50fa000b000"))
                .as("mvcdk, key 5 for a page of key 0")
                .isEqualTo(4);
        guest.cpu.gr(1, 0);
        assertThat(guest.run("e50fa000b000")).isEqualTo(1);
    }
}
