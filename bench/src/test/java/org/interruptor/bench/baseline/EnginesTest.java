package org.interruptor.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.interruptor.bench.plan.Contender;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.plan.WaitMode;
import org.interruptor.memory.Lowcore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engine and baselines do the same work: whatever is compared is the price of it. */
class EnginesTest {
    private final List<String> delivered = new ArrayList<>();
    private EngineUnderTest engine;

    private VcpuUnderTest open(Contender contender, Load.Builder load) {
        engine = Engines.create(contender, load.build(), (vcpu, signal, parameter, parameter64) -> {
            synchronized (delivered) {
                delivered.add(signal.label());
            }
        });
        return engine.vcpu(0);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"INTERRUPTOR", "LISTS", "LOCKED_DEQUE", "CONCURRENT_QUEUE", "MPMC"})
    void whatIsMaskedWaitsAndTheRestIsTakenInOrder(Contender contender) {
        VcpuUnderTest vcpu = open(contender, Load.builder());
        vcpu.emergencyGate(false);
        engine.inject(Signal.EMERGENCY, 0, 0, 0);
        engine.inject(Signal.RESTART, 0, 0, 0);
        engine.inject(Signal.STOP, 0, 0, 0);
        engine.inject(Signal.VIRTIO, 0, 0, 0);
        engine.inject(Signal.PROGRAM, 0, 7, 0);
        engine.inject(Signal.SERVICE, 0, 0, 0);

        assertThat(vcpu.isAttention()).isTrue();
        assertThat(vcpu.deliver()).isEqualTo(5);
        assertThat(delivered).containsExactly("program", "restart", "stop", "virtio", "service");

        vcpu.emergencyGate(true);
        assertThat(vcpu.deliver()).isEqualTo(1);
        assertThat(delivered).endsWith("emergency");
        assertThat(vcpu.delivered(Signal.EMERGENCY)).isEqualTo(1);
        assertThat(vcpu.deliver()).isZero();
        assertThat(vcpu.isAttention()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"INTERRUPTOR", "LISTS", "LOCKED_DEQUE", "CONCURRENT_QUEUE", "MPMC"})
    void aVirtioInterruptionIsStoredIntoTheLowcore(Contender contender) {
        VcpuUnderTest vcpu = open(contender, Load.builder());

        engine.inject(Signal.VIRTIO, 0, 0x12345678, 0x123456789abcdefL);
        vcpu.deliver();

        Lowcore lowcore = new Lowcore();
        lowcore.wrap(engine.storage(), Guest.prefix(0));
        assertThat(lowcore.externalCode()).isEqualTo(0x2603);
        assertThat(lowcore.externalCpuAddress()).isEqualTo(0x0d00);
        assertThat(lowcore.externalParameter()).isEqualTo(0x12345678);
        assertThat(lowcore.externalParameter64()).isEqualTo(0x123456789abcdefL);
        assertThat(lowcore.externalOldPswMask()).isEqualTo(Guest.PSW_MASK);
        assertThat(lowcore.externalOldPswAddress()).isEqualTo(Guest.START_ADDRESS);
        assertThat(Guest.shows(engine.storage(), 0, Signal.VIRTIO)).isTrue();
        assertThat(Guest.shows(engine.storage(), 0, Signal.SERVICE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"INTERRUPTOR", "LISTS", "LOCKED_DEQUE", "CONCURRENT_QUEUE", "MPMC"})
    void aFullQueueAnswersAndGoesOnWhenThereIsRoom(Contender contender) {
        VcpuUnderTest vcpu = open(contender, Load.builder().floatingCapacity(2).localCapacity(2));
        for (Signal signal : List.of(Signal.VIRTIO, Signal.RESTART)) {
            assertThat(engine.inject(signal, 0, 0, 0)).isTrue();
            assertThat(engine.inject(signal, 0, 0, 0)).isTrue();
            assertThat(engine.inject(signal, 0, 0, 0)).isFalse();
        }

        assertThat(vcpu.deliver()).isEqualTo(4);
        assertThat(engine.inject(Signal.VIRTIO, 0, 0, 0)).isTrue();
        assertThat(engine.inject(Signal.RESTART, 0, 0, 0)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"INTERRUPTOR", "LISTS", "LOCKED_DEQUE", "CONCURRENT_QUEUE", "MPMC", "UNPARK"})
    void aWaitEndsByAnInjectionOrByAKick(Contender contender) throws Exception {
        VcpuUnderTest vcpu = open(contender, Load.builder().waitMode(WaitMode.PARK));

        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(vcpu::await);
        engine.inject(Signal.VIRTIO, 0, 1, 1);
        assertThat(first.get(120, TimeUnit.SECONDS)).isTrue();
        assertThat(vcpu.deliver()).isEqualTo(1);

        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(vcpu::await);
        vcpu.kick();
        assertThat(second.get(120, TimeUnit.SECONDS)).isFalse();
    }
}
