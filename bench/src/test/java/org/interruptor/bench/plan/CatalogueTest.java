package org.interruptor.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void namesAreUnique() {
        assertThat(Catalogue.all().stream().map(entry -> entry.scenario().name()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theStandardSetLeavesTimeForSettingUpWithinTwoMinutes() {
        long millis = Catalogue.standard().stream()
                .mapToLong(entry -> new Measurement(entry.scenario(), entry.contenders(), entry.timing()).totalMillis())
                .sum();

        assertThat(millis).isLessThan(TimeUnit.SECONDS.toMillis(95));
    }

    @Test
    void eachScenarioHasTheEngineInItButTheOneOfTheMachine() {
        for (Catalogue.Entry entry : Catalogue.all()) {
            boolean machine = entry.scenario().kind() == Scenario.Kind.PING_PONG;
            assertThat(entry.contenders().contains(Contender.INTERRUPTOR))
                    .as(entry.scenario().name())
                    .isNotEqualTo(machine);
        }
    }

    @Test
    void aGroupIsAllItsScenarios() {
        assertThat(Catalogue.named(List.of("backlog", "backlog-100", "pair-virtio")))
                .extracting(entry -> entry.scenario().name())
                .containsExactly("backlog-0", "backlog-100", "backlog-10000", "backlog-100000", "pair-virtio");
    }

    @Test
    void anUnknownNameIsAnsweredWithAllThatAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalogue.named(List.of("par-virtio")))
                .withMessageStartingWith("scenario 'par-virtio': expected one of pair-emergency, pair-virtio, ");
    }
}
