package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.InterruptionSource;
import org.interruptor.engine.contract.ParameterSource;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources: what each kind injects, and the call behind FULL. */
@Timeout(120)
class SourcesTest {
    private static final int CAPACITY = 4;

    private final TestMachine machine = ArchitectureMachine.of(
            2, builder -> builder.floatingCapacity(CAPACITY).ioSources(2));
    private final TestVcpu cpu = machine.cpu(0);
    private final Sources sources = machine.machine().sources();
    private final AtomicInteger called = new AtomicInteger();

    @AfterEach
    void close() {
        machine.machine().close();
    }

    private String deliver() {
        for (int i = 0x80; i < 0xc8; i++) {
            machine.storage().putByte(cpu.lowcore() + i, (byte) 0);
        }
        cpu.vcpu().deliverPending();
        return ArchitectureMachine.stored(machine, cpu);
    }

    private void fill(InterruptionSource source) {
        while (source.trigger() != InjectResult.FULL) {
            assertThat(machine.machine().floatingQueued()).isLessThanOrEqualTo(CAPACITY);
        }
    }

    @Test
    void theListenerIsToldOfEachInjectionThatIsNotMerged() {
        for (int i = 0; i < 2; i++) {
            machine.machine().injectTimingAlert(0x10);
            machine.machine().injectInterruptKey();
            machine.machine().injectAdapter(3, false);
            sources.subchannel(0x0001_0000).inject(7, 0);
        }

        assertThat(machine.recorder().events())
                .containsExactly(
                        "inject -1 " + InterruptionType.TIMING_ALERT.label() + " 16 0",
                        "inject -1 " + InterruptionType.INTERRUPT_KEY.label() + " 0 0",
                        "inject -1 " + InterruptionType.ADAPTER.label() + " 3 0",
                        "inject -1 " + InterruptionType.IO.label() + " " + 0x0001_0000 + " " + (7L << 32));
    }

    @Test
    void aServiceSignalHasTheParameterThatTheDeviceGives() {
        ParameterSource source = sources.service();
        assertThat(source.trigger(0x1234_5678)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(deliver()).isEqualTo("80:12345678 86:2401");
        assertThat(source.trigger()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(deliver()).isEqualTo("86:2401");
    }

    @Test
    void aVirtioSourceHasItsParameters() {
        assertThat(sources.virtio(0x0d00_0001, 0xcafe).trigger()).isEqualTo(InjectResult.ACCEPTED);
        deliver();
        assertThat(machine.recorder().delivered()).containsExactly(InterruptionType.VIRTIO);
        assertThat(machine.storage().getInt(cpu.lowcore() + 0x80)).isEqualTo(0x0d00_0001);
        assertThat(machine.storage().getLong(cpu.lowcore() + 0x11b8)).isEqualTo(0xcafe);
    }

    @Test
    void anEmergencySignalHasItsSender() {
        InterruptionSource source = sources.emergency(0, 1);
        assertThat(source.trigger()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(source.trigger()).isEqualTo(InjectResult.COALESCED);
        assertThat(source.whenSpace(called::incrementAndGet)).isFalse();
        assertThat(deliver()).isEqualTo("85:011201");
        assertThatThrownBy(() -> sources.emergency(0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubchannelInjectsWhatItsConfigurationSays() {
        IoSource source = sources.subchannel(0x0001_0003);
        assertThat(sources.subchannel(0x0001_0003)).isSameAs(source);
        source.configure(0x1122_3344, 0x1800_0000);
        assertThat(source.trigger()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(deliver()).isEqualTo("b9:0100031122334418");
        assertThat(source.trigger(0x5566_7788)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(deliver()).isEqualTo("b9:0100035566778818");
        assertThat(source.whenSpace(called::incrementAndGet)).isFalse();
    }

    /** Threads ask for subchannels that differ: the rings have room for so many and no more. */
    @Test
    void noMoreSubchannelsAreMadeThanThereIsRoomFor() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            TestMachine small = ArchitectureMachine.of(0, builder -> builder.ioSources(2));
            AtomicInteger made = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int subsystemId = i;
                threads.add(new Thread(() -> {
                    if (small.machine().sources().subchannelOrNull(subsystemId) != null) {
                        made.incrementAndGet();
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(made).hasValue(2);
            small.machine().close();
        }
    }

    @Test
    void anAdapterRouteSetsItsIndicators() {
        InterruptionSource source = sources.adapterRoute(0x10, 0x80, 0x18, 0x40, 2, false);
        machine.storage().putByte(0x18, (byte) 0);
        assertThat(source.trigger()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(source.trigger()).isEqualTo(InjectResult.COALESCED);
        assertThat(source.whenSpace(called::incrementAndGet)).isFalse();
        assertThat(machine.storage().getByte(0x18)).isEqualTo((byte) 0x40);
        assertThat(deliver()).isEqualTo("c0:90");
    }

    @Test
    void behindFullItIsCalledOnceWhenAVcpuHasTakenSomething() {
        InterruptionSource source = sources.virtio(1, 2);
        fill(source);
        assertThat(source.whenSpace(called::incrementAndGet)).isTrue();
        assertThat(called).hasValue(0);
        cpu.vcpu().deliverPending();
        assertThat(called).hasValue(1);
        fill(source);
        cpu.vcpu().deliverPending();
        assertThat(called).hasValue(1);
        fill(source);
        assertThat(source.whenSpace(called::incrementAndGet)).isTrue();
        assertThat(source.whenSpace(called::incrementAndGet)).isTrue();
        cpu.vcpu().deliverPending();
        assertThat(called).hasValue(3);
    }

    @Test
    void thoseThatWaitAreCalledInTheOrderInWhichTheyAsked() {
        List<Integer> order = new ArrayList<>();
        fill(sources.service());
        for (int i = 0; i < 3; i++) {
            int number = i;
            assertThat(sources.service().whenSpace(() -> order.add(number))).isTrue();
        }
        cpu.vcpu().deliverPending();
        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void whereThereIsSpaceItIsNotCalled() {
        ParameterSource source = sources.service();
        assertThat(source.whenSpace(called::incrementAndGet)).isFalse();
        source.trigger();
        cpu.vcpu().deliverPending();
        assertThat(called).hasValue(0);
    }

    @Test
    void aSubsystemResetMakesSpaceAndClosingEndsTheWaiting() {
        InterruptionSource source = sources.virtio(1, 2);
        fill(source);
        assertThat(source.whenSpace(called::incrementAndGet)).isTrue();
        machine.machine().resetSubsystem();
        assertThat(called).hasValue(1);
        fill(source);
        assertThat(source.whenSpace(called::incrementAndGet)).isTrue();
        machine.machine().close();
        assertThat(called).hasValue(2);
        assertThat(source.trigger()).isEqualTo(InjectResult.CLOSED);
        assertThat(source.whenSpace(called::incrementAndGet)).isFalse();
    }

    @Test
    void whatACallThrowsGoesToTheErrorHandlerAndTheNextOneIsMade() {
        fill(sources.service());
        assertThat(sources.service().whenSpace(() -> {
                    throw new IllegalStateException("seeded");
                }))
                .isTrue();
        assertThat(sources.service().whenSpace(called::incrementAndGet)).isTrue();
        cpu.vcpu().deliverPending();
        assertThat(machine.errors()).hasSize(1);
        assertThat(called).hasValue(1);
    }

    /** Each thread triggers until it meets FULL, and goes on only when it is called: a call that is lost leaves it there for good. */
    @Test
    void noCallIsLost() throws InterruptedException {
        int devices = 3;
        int times = 20_000;
        CountDownLatch done = new CountDownLatch(devices);
        AtomicInteger waits = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            InterruptionSource source = sources.virtio(i, 0);
            threads.add(new Thread(() -> {
                inject(source, times, waits);
                done.countDown();
            }));
        }
        threads.forEach(Thread::start);
        Vcpu own = cpu.vcpu();
        long delivered = 0;
        while (delivered < (long) devices * times) {
            delivered += own.deliverPending();
            Thread.onSpinWait();
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(waits.get()).isPositive();
    }

    private static void inject(InterruptionSource source, int times, AtomicInteger waits) {
        for (int left = times; left > 0; ) {
            if (source.trigger() == InjectResult.ACCEPTED) {
                left--;
                continue;
            }
            CountDownLatch space = new CountDownLatch(1);
            if (source.whenSpace(space::countDown)) {
                waits.incrementAndGet();
                try {
                    space.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
