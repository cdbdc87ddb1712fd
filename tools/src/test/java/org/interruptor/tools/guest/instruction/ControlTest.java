package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Monitor call, clocks, keys, address spaces, blocks. */
class ControlTest {
    private static final int PRIVILEGED = 0x02;
    private static final int ADDRESSING = 0x05;
    private static final int SPECIFICATION = 0x06;
    private static final int SPECIAL_OPERATION = 0x13;
    private static final int MONITOR_EVENT = 0x40;
    private static final long MODE_64 = PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final long PROBLEM = MODE_64 | PswMask.PROBLEM_STATE;
    private static final long EXTRACTION_AUTHORITY = 0x0800_0000L;

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    private void control(int number, long bits) {
        cpu.cpu().registers().control(number, bits);
    }

    @Test
    void aMonitorCallInterruptsWhereItsClassIsEnabled() {
        control(8, 0x8000 >> 3);
        cpu.gr(2, 0x1_0000_1000L);
        assertThat(cpu.once("af02 2234")).isZero(); // mc 0x234(%r2),2
        assertThat(cpu.load(0xb0, 8)).isEqualTo("0000000000000000");
        cpu.store(0x94, "ffff");
        assertThat(cpu.once("af03 2234")).isEqualTo(MONITOR_EVENT);
        assertThat(cpu.load(0x94, 2)).isEqualTo("0003");
        assertThat(cpu.load(0xb0, 8)).isEqualTo("0000000100001234");
        assertThat(cpu.once("af10 2234")).isEqualTo(SPECIFICATION);
    }

    @Test
    void theExtendedClockIsTheClockWithTheProgrammableField() {
        assertThat(cpu.gr(0, 0x1_abcd).once("0107")).isEqualTo(SPECIFICATION);
        assertThat(cpu.gr(0, 0xabcd).once("0107")).isZero();
        cpu.gr(2, 0x2001);
        cpu.once("b205 3000"); // stck
        cpu.once("b278 2000");
        cpu.gr(3, 0x2020).once("b205 3000");
        assertThat(cpu.load(0x2001, 1)).isEqualTo("00");
        assertThat(cpu.load(0x2002, 2)).isEqualTo(cpu.load(0x2020, 2));
        assertThat(cpu.load(0x200f, 2)).isEqualTo("abcd");
        assertThat(cpu.cpu().programmableField()).isEqualTo(0xabcd);
    }

    @Test
    void theKeyIsSetWhereTheKeyMaskAllowsIt() {
        cpu.gr(3, 0x70);
        assertThat(cpu.once("b20a 3000")).isZero();
        assertThat(cpu.gr(2, -1).once("b20b 0000")).isZero();
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_ffff_ff70L);
        cpu.mode(PROBLEM);
        assertThat(cpu.once("b20a 3000")).isEqualTo(PRIVILEGED);
        assertThat(cpu.once("b20b 0000")).isEqualTo(PRIVILEGED);
        control(3, 0x0100_0000L); // key 7
        control(0, EXTRACTION_AUTHORITY);
        assertThat(cpu.once("b20a 3000")).isZero();
        assertThat(cpu.once("b20b 0000")).isZero();
    }

    @Test
    void addressSpacesNeedTranslation() {
        for (String code : new String[] {"b219 0000", "b279 0100", "b224 0020", "b226 0020", "b227 0020"}) {
            assertThat(cpu.once(code)).as(code).isEqualTo(SPECIAL_OPERATION);
        }
    }

    @Test
    void aBlockIsCleared() {
        cpu.store(0x3000, "01").store(0x3fff, "02").store(0x4000, "03");
        assertThat(cpu.gr(0, 5).gr(2, 0x3abc).once("b22c 0002")).isZero();
        assertThat(cpu.load(0x3000, 4096)).matches("0+");
        assertThat(cpu.load(0x4000, 1)).isEqualTo("03");
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.gr(2, OneCpu.SIZE).once("b22c 0002")).isEqualTo(ADDRESSING);
    }

    @Test
    void whatTheMachineLacksIsAnOperationException() {
        for (String code : new String[] {
            "b9ab 0020", // essa
            "b2af 0000", // pqap
            "0104", // ptff
            "010a", // pfpo
            "b280 2000", // lpp
            "b92e 0024", // km
            "b93e 0024", // kimd
            "b3d2 4024", // adtr
            "2a24", // adr, hexadecimal
            "e700 0000 0006" // vl
        }) {
            assertThat(cpu.once(code)).as(code).isEqualTo(1);
        }
    }
}
