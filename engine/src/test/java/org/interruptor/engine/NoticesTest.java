package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Attention stays for as long as what it announces has not been looked at, whatever is announced late. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NoticesTest {
    private final GuestMemory storage = Guest.storage(3);
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(3).build();

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    @Test
    void a_head_handed_on_late_does_not_hide_a_newer_notice() {
        Vcpu first = Guest.closed(machine.vcpu(0).bind());
        Vcpu second = Guest.closed(machine.vcpu(1).bind());
        Vcpu third = Guest.open(machine.vcpu(2).bind());
        machine.injectService(1); // the rotation tells the first
        second.deliverPending(); // hands it on to the third
        third.deliverPending(); // takes it
        assertThat(third.handle().counter(Counter.DELIVER_SERVICE_SIGNAL)).isEqualTo(1);

        machine.injectService(2); // the rotation tells the second,
        machine.injectService(3); // and the third
        assertThat(third.isAttention()).isTrue();
        // The first had looked at the same head as the second, at the same time, and only now says so.
        HandOn late = new HandOn(first.id(), machine.floating(), machine.notifier());
        machine.waiters().idle().add(second.id());
        late.handOn(Gate.SERVICE, 0);
        machine.waiters().idle().remove(second.id());

        assertThat(third.isAttention()).isTrue();
    }
}
