package org.interruptor.tools.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.gate.InterruptionType.PROGRAM;
import static org.interruptor.engine.gate.InterruptionType.SERVICE_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.SET_PREFIX;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which a vCPU is delivered. */
class DeliveryBookTest {
    private static final int INJECTORS = 4;

    private final Violations violations = new Violations();
    private final DeliveryBook book = new DeliveryBook(0, INJECTORS, true, violations);

    private void floating(int injector, long... numbers) {
        for (long number : numbers) {
            if (Marks.isService(number)) {
                book.delivered(SERVICE_SIGNAL, Marks.serviceParameter(injector, number), 0);
            } else {
                book.delivered(VIRTIO, injector, number);
            }
        }
    }

    private static long[] first(int count, boolean isService) {
        return LongStream.range(0, 1000)
                .filter(number -> Marks.isService(number) == isService)
                .limit(count)
                .toArray();
    }

    @Test
    void eachInjectorsOwnOrderAndWhatOthersTookBetweenAreRight() {
        floating(1, LongStream.range(0, 100).toArray());
        floating(2, LongStream.range(0, 100).map(i -> 3 * i).toArray());
        floating(1, 100_000_000_000L, 100_000_000_001L, 100_000_000_002L);

        assertThat(violations.descriptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOlderAfterANewerIsFound(boolean isService) {
        long[] two = first(2, isService);
        floating(1, two[1], two[0]);

        assertThat(violations.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneTwiceIsFound(boolean isService) {
        long[] two = first(2, isService);
        floating(1, two[0], two[1], two[1]);

        assertThat(violations.count()).isEqualTo(1);
    }

    @Test
    void aServiceSignalOutOfOrderWithAVirtioInterruptionIsFound() {
        floating(1, first(50, false)[49], first(1, true)[0]);

        assertThat(violations.count()).isEqualTo(1);
    }

    @Test
    void whatNobodyInjectedIsFound() {
        floating(INJECTORS, 1);
        book.delivered(PROGRAM, Marks.programCode(INJECTORS, 0), 0);

        assertThat(violations.count()).isEqualTo(2);
    }

    @Test
    void setPrefixOrdersComeInTheirOrder() {
        for (long number = 0; number < 500; number++) {
            book.delivered(SET_PREFIX, Marks.prefix(3, number, true), 0);
        }
        assertThat(violations.any()).isFalse();
        book.delivered(SET_PREFIX, Marks.prefix(3, 501, true), 0);

        assertThat(violations.count()).isEqualTo(1);
    }

    @Test
    void ofItsOwnProgramInterruptionsTheNewestComesFirst() {
        for (int number = 0; number < 3; number++) {
            book.raised(Marks.programCode(Marks.OWN, number));
        }
        book.delivered(PROGRAM, Marks.programCode(Marks.OWN, 2), 0);
        assertThat(violations.any()).isFalse();
        book.delivered(PROGRAM, Marks.programCode(Marks.OWN, 0), 0);

        assertThat(violations.count()).isEqualTo(1);
    }
}
