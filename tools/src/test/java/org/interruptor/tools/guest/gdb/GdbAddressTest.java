package org.interruptor.tools.guest.gdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GdbAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"1234", ":1234", "127.0.0.1:1234"})
    void withoutAHostItIsTheLoopbackAddress(String text) {
        assertThat(GdbAddress.parse(text).getAddress().isLoopbackAddress()).isTrue();
        assertThat(GdbAddress.parse(text).getPort()).isEqualTo(1234);
    }

    @Test
    void aHostMayHaveColons() {
        assertThat(GdbAddress.parse("[::1]:0").getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1:2:3", ":", "host:", "-1", "123456", "::1:5"})
    void anotherFormIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GdbAddress.parse(text))
                .withMessage("expected [HOST:]PORT");
    }

    @Test
    void aPortThatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GdbAddress.parse("65536"))
                .withMessage("expected a port, 0 to 65535");
    }
}
