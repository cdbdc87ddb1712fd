package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Clocks and strategies are the embedder's. What they throw reaches the embedder, and nothing is lost on the way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThrowingCallbacksTest {
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final GuestMemory storage = Guest.storage(2);
    private Machine machine;
    private Vcpu vcpu;
    private Vcpu other;

    /** Throws at the reading of the clock with this number; meanwhile something happens. */
    private int brokenReading = Integer.MAX_VALUE;

    private int readings;
    private long now = 1;
    private Runnable meanwhile = () -> {};

    private long tod() {
        if (++readings == brokenReading) {
            meanwhile.run();
            throw new Broken();
        }
        return now;
    }

    private void machine(WaitStrategy strategy) {
        machine = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(2)
                .clock(this::tod)
                .waitStrategy(strategy)
                .build();
        vcpu = Guest.load(machine.vcpu(0).bind(), Guest.ENABLED, Guest.EMERGENCY | Guest.COMPARATOR | Guest.FLOATING);
        vcpu.registers().clockComparator(Long.MAX_VALUE);
        other = Guest.open(machine.vcpu(1).bind());
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    private void assertOutOfTheWaitWithNothingLeftBehind(AtomicInteger wokenUp) {
        assertThat(machine.idleCount()).isEqualTo(1);
        assertThat(vcpu.handle().isWaiting()).isFalse();
        assertThat(vcpu.isAttention()).isTrue();
        assertThat(wokenUp).hasValue(1);
        assertThat(other.endWait()).isEqualTo(WaitOutcome.READY);
        assertThat(vcpu.deliverPending()).isEqualTo(1);
    }

    private AtomicInteger otherWaits() {
        AtomicInteger wokenUp = new AtomicInteger();
        assertThat(other.beginWait(wokenUp::incrementAndGet)).isEqualTo(WaitOutcome.WAITING);
        return wokenUp;
    }

    @Test
    void a_clock_that_throws_while_a_vcpu_sleeps_ends_the_wait() {
        machine(WaitStrategy.park());
        AtomicInteger wokenUp = otherWaits();
        brokenReading = 2; // the first is in front of the wait
        meanwhile = () -> machine.injectService(1); // for vCPU 0, the lower one
        assertThatThrownBy(vcpu::enterWait).isInstanceOf(Broken.class);
        assertOutOfTheWaitWithNothingLeftBehind(wokenUp);
    }

    @Test
    void a_clock_that_throws_before_the_wait_opens_leaves_nothing_behind() {
        machine(WaitStrategy.park());
        AtomicInteger wokenUp = otherWaits();
        brokenReading = 1;
        meanwhile = () -> machine.injectService(1);
        assertThatThrownBy(vcpu::enterWait).isInstanceOf(Broken.class);
        assertOutOfTheWaitWithNothingLeftBehind(wokenUp);
    }

    @Test
    void a_clock_that_throws_before_a_callback_wait_opens_leaves_nothing_behind_either() {
        machine(WaitStrategy.park());
        AtomicInteger wokenUp = otherWaits();
        brokenReading = 1;
        meanwhile = () -> machine.injectService(1);
        assertThatThrownBy(() -> vcpu.beginWait(() -> {})).isInstanceOf(Broken.class);
        assertOutOfTheWaitWithNothingLeftBehind(wokenUp);
    }

    @Test
    void a_clock_that_throws_at_the_end_of_a_callback_wait_ends_it() {
        machine(WaitStrategy.park());
        assertThat(vcpu.beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);
        AtomicInteger wokenUp = otherWaits();
        brokenReading = 2;
        meanwhile = () -> machine.injectService(1);
        assertThatThrownBy(vcpu::endWait).isInstanceOf(Broken.class);
        assertOutOfTheWaitWithNothingLeftBehind(wokenUp);
    }

    @Test
    void a_clock_that_throws_during_a_delivery_leaves_attention_and_hands_on() {
        machine(WaitStrategy.park());
        AtomicInteger wokenUp = new AtomicInteger();
        brokenReading = 1;
        vcpu.handle().injectEmergency();
        machine.injectService(1);
        meanwhile = () -> assertThat(Guest.open(other).beginWait(wokenUp::incrementAndGet))
                .isEqualTo(WaitOutcome.READY);
        assertThatThrownBy(vcpu::deliverPending).isInstanceOf(Broken.class);
        assertThat(vcpu.handle().counter(Counter.DELIVER_EMERGENCY_SIGNAL)).isEqualTo(1);
        assertThat(vcpu.isAttention()).isTrue();
        assertThat(vcpu.deliverPending()).isEqualTo(1);
    }

    @Test
    void a_strategy_that_throws_when_the_wait_has_ended_leaves_nothing_behind() {
        machine(new WaitStrategy() {
            @Override
            public int firstSpins() {
                return 0;
            }

            @Override
            public int nextSpins(int spins, long parkedNanos) {
                throw new Broken();
            }
        });
        vcpu.registers().control(0, Guest.COMPARATOR);
        vcpu.registers().clockComparator(1);
        other.stop();
        assertThat(vcpu.beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);
        machine.injectService(1); // nobody may take it or runs: whoever leaves its wait looks
        now = 2;
        assertThatThrownBy(vcpu::endWait).isInstanceOf(Broken.class);
        assertThat(vcpu.handle().isWaiting()).isFalse();
        assertThat(vcpu.isAttention()).isTrue();
    }

    @Test
    void storage_that_is_closed_too_early_is_a_fault_and_not_a_half_done_set_prefix_order() {
        machine(WaitStrategy.park());
        vcpu.handle().injectSetPrefix(0);
        vcpu.handle().injectRestart();
        storage.close();
        assertThat(vcpu.deliverPending()).isEqualTo(Vcpu.FAULT);
        assertThat(vcpu.fault().type()).isEqualTo(InterruptionType.RESTART);
        assertThat(vcpu.handle().counter(Counter.DELIVER_PREFIX_SIGNAL)).isEqualTo(1);
        assertThat(vcpu.handle().queued()).isEqualTo(1);
    }
}
