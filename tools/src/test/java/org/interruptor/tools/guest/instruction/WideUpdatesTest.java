package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CDSG, LPQ, STPQ and CSST on one CPU. */
class WideUpdatesTest {
    private static final int SPECIFICATION = 0x06;
    private static final String OLD = "00000000000000010000000000000002";
    private static final String CDSG = "eb24 6000 003e"; // cdsg %r2,%r4,0(%r6)
    private static final String CSST = "c822 6000 7000"; // csst 0(%r6),0(%r7),%r2

    private final OneCpu cpu = new OneCpu();

    @AfterEach
    void close() {
        cpu.close();
    }

    @Test
    void aPairIsSwappedWhereItIsEqual() {
        cpu.gr(2, 1).gr(3, 2).gr(4, 3).gr(5, 4).gr(6, 0x2000).store(0x2000, OLD);
        assertThat(cpu.once(CDSG)).isZero();
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.load(0x2000, 16)).isEqualTo("00000000000000030000000000000004");
        assertThat(cpu.once(CDSG)).isZero();
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(cpu.gr(2)).isEqualTo(3);
        assertThat(cpu.gr(3)).isEqualTo(4);
        assertThat(cpu.once("eb34 6000 003e")).isEqualTo(SPECIFICATION);
        assertThat(cpu.gr(6, 0x2008).once(CDSG)).isEqualTo(SPECIFICATION);
    }

    @Test
    void narrowUpdatesGoOnBesideWideOnes() {
        cpu.cpu().wideLocks().use();
        cpu.gr(2, 5).gr(4, 7).gr(6, 0x2000);
        cpu.once("eb24 6000 00e8"); // laag %r2,%r4,0(%r6)
        cpu.once("eb24 6000 00f8"); // laa, on the left half
        assertThat(cpu.load(0x2000, 8)).isEqualTo("0000000700000007");
        cpu.once("9300 600f"); // ts
        assertThat(cpu.load(0x200f, 1)).isEqualTo("ff");
    }

    @Test
    void aPairIsLoadedAndStored() {
        cpu.gr(6, 0x2000).store(0x2000, OLD);
        assertThat(cpu.once("e320 6000 008f")).isZero(); // lpq %r2,0(%r6)
        assertThat(cpu.gr(2)).isEqualTo(1);
        assertThat(cpu.gr(3)).isEqualTo(2);
        assertThat(cpu.once("e320 6020 008e")).isZero(); // stpq
        assertThat(cpu.load(0x2020, 16)).isEqualTo(OLD);
        assertThat(cpu.once("e320 6008 008f")).isEqualTo(SPECIFICATION);
        assertThat(cpu.once("e330 6000 008e")).isEqualTo(SPECIFICATION);
    }

    @Test
    void aSwapStoresElsewhere() {
        // Parameters: 0x33 to be swapped in, 0x44.. to be stored.
        cpu.store(0x3000, "0000003300000000 0000000000000000 4455667788990011 2233445566778899");
        cpu.gr(0, 0x0300).gr(1, 0x3000).gr(2, 0x9).gr(6, 0x2000).gr(7, 0x2010).store(0x2000, "00000009");
        assertThat(cpu.once(CSST)).isZero();
        assertThat(cpu.cc()).isZero();
        assertThat(cpu.load(0x2000, 4)).isEqualTo("00000033");
        assertThat(cpu.load(0x2010, 8)).isEqualTo("4455667788990011");
        assertThat(cpu.once(CSST)).isZero(); // 9 is not there any more
        assertThat(cpu.cc()).isEqualTo(1);
        assertThat(cpu.gr(2)).isEqualTo(0x33);
    }

    @Test
    void aSwapOfAQuadwordStoresAQuadword() {
        cpu.store(0x3000, "0000000000000003 0000000000000004 4455667788990011 2233445566778899");
        cpu.gr(0, 0x0402)
                .gr(1, 0x3000)
                .gr(2, 1)
                .gr(3, 2)
                .gr(6, 0x2000)
                .gr(7, 0x2010)
                .store(0x2000, OLD);
        assertThat(cpu.once(CSST)).isZero();
        assertThat(cpu.load(0x2000, 32)).isEqualTo("0000000000000003000000000000000444556677889900112233445566778899");
        assertThat(cpu.gr(0, 0x0403).once(CSST)).isEqualTo(SPECIFICATION);
        assertThat(cpu.gr(0, 0x0502).once(CSST)).isEqualTo(SPECIFICATION);
        assertThat(cpu.gr(0, 0x1_0000).once(CSST)).isEqualTo(SPECIFICATION);
        assertThat(cpu.gr(0, 0x0400).gr(7, 0x2018).once(CSST)).isEqualTo(SPECIFICATION);
    }
}
