package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Floating-point registers, the FPC, and what the AFP-register control has to do with both. */
class FloatingPointSupportTest {
    private static final int SPECIFICATION = 0x06;
    private static final int DATA = 0x07;
    private static final long VALUE = 0x0123_4567_89ab_cdefL;

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    private void afp(boolean on) {
        cpu.cpu().registers().control(0, on ? 0x40000 : 0);
    }

    @Test
    void registersAreLoadedMovedAndStored() {
        cpu.gr(2, 0x2000).gr(3, VALUE).store(0x2000, "fedcba9876543210");
        cpu.once("b3c1 0013"); // ldgr %f1,%r3
        assertThat(cpu.cpu().fpr(1)).isEqualTo(VALUE);
        cpu.once("7810 2004"); // le %f1,4(%r2)
        assertThat(cpu.cpu().fpr(1)).isEqualTo(0x7654_3210_89ab_cdefL);
        cpu.once("2841"); // ldr %f4,%f1
        cpu.once("3824"); // ler %f2,%f4
        assertThat(cpu.cpu().fpr(2)).isEqualTo(0x7654_3210_0000_0000L);
        cpu.once("ed10 2ff8 ff67"); // stdy %f1,-8(%r2)
        assertThat(cpu.load(0x1ff8, 8)).isEqualTo("7654321089abcdef");
        cpu.once("7010 2008"); // ste %f1,8(%r2)
        assertThat(cpu.load(0x2008, 8)).isEqualTo("7654321000000000");
        cpu.once("b3cd 0054"); // lgdr %r5,%f4
        assertThat(cpu.gr(5)).isEqualTo(0x7654_3210_89ab_cdefL);
        cpu.once("b375 0010"); // lzdr %f1
        assertThat(cpu.cpu().fpr(1)).isZero();
    }

    @Test
    void pairsAndSigns() {
        cpu.cpu().fpr(1, VALUE);
        cpu.cpu().fpr(3, ~VALUE);
        cpu.once("b365 0051"); // lxr %f5,%f1
        assertThat(cpu.cpu().fpr(7)).isEqualTo(~VALUE);
        assertThat(cpu.once("b365 0021")).isEqualTo(SPECIFICATION);
        assertThat(cpu.once("b376 0030")).isEqualTo(SPECIFICATION);
        cpu.once("b373 0005"); // lcdfr %f0,%f5
        assertThat(cpu.cpu().fpr(0)).isEqualTo(VALUE | Long.MIN_VALUE);
        cpu.once("b370 0020"); // lpdfr %f2,%f0
        assertThat(cpu.cpu().fpr(2)).isEqualTo(VALUE);
        cpu.once("b372 0042"); // cpsdr %f4,%f0,%f2: sign of f0
        assertThat(cpu.cpu().fpr(4)).isEqualTo(VALUE | Long.MIN_VALUE);
    }

    @Test
    void withoutTheAfpRegisterControlThereAreFourRegisters() {
        afp(false);
        cpu.gr(2, 0x2000);
        assertThat(cpu.once("6860 2000")).isZero();
        assertThat(cpu.load(0x90, 4)).isEqualTo("00000000");
        assertThat(cpu.once("6810 2000")).isEqualTo(DATA);
        assertThat(cpu.load(0x90, 4)).isEqualTo("00000001");
        assertThat(cpu.once("b3c1 0082")).isEqualTo(DATA);
        assertThat(cpu.once("b38c 0020")).as("efpc").isEqualTo(DATA);
        assertThat(cpu.load(0x90, 4)).isEqualTo("00000002");
        assertThat(cpu.cpu().fpc()).isZero();
    }

    @Test
    void aTrapIsInTheFpcWhereTheControlIsOn() {
        cpu.gr(2, 1).gr(3, 1);
        assertThat(cpu.once("b972 8023")).isEqualTo(DATA); // crte
        assertThat(cpu.load(0x90, 4)).isEqualTo("000000ff");
        assertThat(cpu.cpu().fpc()).isEqualTo(0xff00);
        afp(false);
        cpu.cpu().fpc(0);
        assertThat(cpu.once("b972 8023")).isEqualTo(DATA);
        assertThat(cpu.cpu().fpc()).isZero();
    }

    @Test
    void theFpcTakesWhatIsAssigned() {
        assertThat(cpu.gr(2, 0xf8f8_ff03L).once("b384 0020")).isZero();
        assertThat(cpu.gr(4, 0xffff_ffff_0000_0000L).once("b38c 0040")).isZero();
        assertThat(cpu.gr(4)).isEqualTo(0xffff_ffff_f8f8_ff03L);
        for (long bad : new long[] {0x0400_0000L, 0x0004_0000L, 0x08, 0x10, 4, 6}) {
            assertThat(cpu.gr(2, bad).once("b384 0020")).as("%x", bad).isEqualTo(SPECIFICATION);
        }
        assertThat(cpu.cpu().fpc()).isEqualTo(0xf8f8_ff03);
        assertThat(cpu.once("b299 0002")).isZero(); // srnm 2
        assertThat(cpu.cpu().fpc()).isEqualTo(0xf8f8_ff02);
        assertThat(cpu.once("b2b8 0007")).isZero(); // srnmb 7
        assertThat(cpu.cpu().fpc()).isEqualTo(0xf8f8_ff07);
        assertThat(cpu.once("b2b8 0004")).isEqualTo(SPECIFICATION);
        assertThat(cpu.once("b2b8 0010")).isEqualTo(SPECIFICATION);
    }

    @Test
    void flagsOfThePastAreSignaled() {
        cpu.cpu().fpc(0x0028_0000); // overflow, inexact
        cpu.gr(2, 0x8000_0000L);
        assertThat(cpu.once("b385 0020")).isZero(); // sfasr: invalid is enabled
        assertThat(cpu.cpu().fpc()).isEqualTo(0x8028_0000);
        cpu.gr(2, 0x2000).store(0x2000, "2000 0001");
        assertThat(cpu.once("b2bd 2000")).isEqualTo(DATA); // lfas: overflow is
        assertThat(cpu.cpu().fpc()).isEqualTo(0x2028_2b01);
        assertThat(cpu.load(0x90, 4)).isEqualTo("0000002b");
    }
}
