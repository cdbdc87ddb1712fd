package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.gate.Registers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 1: the registers and their widths. */
class RegistersTest {
    private Registers registers;

    @BeforeEach
    void oneVcpu() {
        registers = TestMachine.of(1).cpu(0).registers();
    }

    @Test
    void thePrefixHas32Bits() {
        registers.prefix(0x1_2345_6789_abcdL);
        assertThat(registers.prefix()).isEqualTo(0x6789_abcdL);

        registers.prefix(-1);
        assertThat(registers.prefix()).isEqualTo(0xffff_ffffL);
    }

    @Test
    void theInterceptedHalfwordAndTheLastHostCpuHave16Bits() {
        registers.ipa(0x1_2345);
        registers.lastHostCpu(0x5_4321);

        assertThat(registers.ipa()).isEqualTo(0x2345);
        assertThat(registers.lastHostCpu()).isEqualTo(0x4321);
    }

    @Test
    void theOthersHave64BitsEach() {
        registers.psw(-1, -2);
        registers.clockComparator(-3);
        registers.epoch(-4);
        for (int i = 0; i < 16; i++) {
            registers.control(i, -5 - i);
        }

        assertThat(registers.pswMask()).isEqualTo(-1);
        assertThat(registers.pswAddress()).isEqualTo(-2);
        assertThat(registers.clockComparator()).isEqualTo(-3);
        assertThat(registers.epoch()).isEqualTo(-4);
        for (int i = 0; i < 16; i++) {
            assertThat(registers.control(i)).isEqualTo(-5 - i);
        }
    }

    @Test
    void theAddressAloneCanBeSet() {
        registers.psw(-1, -2);
        registers.pswAddress(3);

        assertThat(registers.pswMask()).isEqualTo(-1);
        assertThat(registers.pswAddress()).isEqualTo(3);
    }

    @Test
    void anyPrefixIsTakenAndOnlyASetPrefixOrderMarksTranslationsStale() {
        registers.lastHostCpu(2);
        registers.prefix(7);

        assertThat(registers.lastHostCpu()).isEqualTo(2);
    }
}
