package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links and branches between addressing modes: BAL, BALR, BSM, BASSM. */
class ModesTest {
    private static final long MODE_31 = 0x8000_0000L;
    private static final long MODE_64 = 0x1_8000_0000L;

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    private long mode() {
        return cpu.cpu().registers().pswMask() & MODE_64;
    }

    @Test
    void aLinkInThe24BitModeHasLengthCodeAndMask() {
        cpu.mode(0x0000_2500_0000_0000L); // condition code 2, program mask 5
        cpu.cpu().registers().ipa(0x0520);
        cpu.gr(2, -1).once("0520"); // balr %r2,0
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_6500_1002L);
        cpu.cpu().registers().ipa(0x4520);
        cpu.gr(3, 0x2000).once("4520 3004"); // bal %r2,4(%r3)
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_a500_1004L);
        assertThat(cpu.cpu().registers().pswAddress()).isEqualTo(0x2004);
        cpu.mode(MODE_31);
        cpu.once("0520");
        assertThat(cpu.gr(2)).isEqualTo(0xffff_ffff_8000_1002L);
    }

    @Test
    void modesAreSetAndSaved() {
        cpu.gr(2, 0x2000).gr(3, 0x8000_3000L);
        cpu.once("0b23"); // bsm %r2,%r3
        assertThat(cpu.gr(2)).isEqualTo(0x2001);
        assertThat(mode()).isEqualTo(MODE_31);
        assertThat(cpu.cpu().registers().pswAddress()).isEqualTo(0x3000);
        cpu.once("0c23"); // bassm
        assertThat(cpu.gr(2)).isEqualTo(0x8000_1002L);
        cpu.gr(3, 0x3000).once("0c23");
        assertThat(mode()).isZero();
        cpu.gr(4, 0xffff_ffff_ffff_ffffL).once("0b40");
        assertThat(cpu.gr(4)).isEqualTo(0xffff_ffff_7fff_ffffL);
        cpu.gr(3, 0x1_0000_3001L).once("0b03");
        assertThat(mode()).isEqualTo(MODE_64);
        assertThat(cpu.cpu().registers().pswAddress()).isEqualTo(0x1_0000_3000L);
        cpu.once("0c20");
        assertThat(cpu.gr(2)).isEqualTo(0x1003);
    }
}
