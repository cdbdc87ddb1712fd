package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;

import java.util.Arrays;
import java.util.Random;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 7: what is counted. */
class CountersTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void twoVcpus() {
        machine = TestMachine.of(2);
        cpu = machine.cpu(0);
    }

    @ParameterizedTest
    @CsvSource({
        "EMERGENCY_SIGNAL, deliver_emergency_signal",
        "SERVICE_SIGNAL, deliver_service_signal",
        "VIRTIO, deliver_virtio_interrupt",
        "STOP, deliver_stop_signal",
        "SET_PREFIX, deliver_prefix_signal",
        "RESTART, deliver_restart_signal",
        "PROGRAM, deliver_program_int",
        "CLOCK_COMPARATOR, deliver_clock_comparator"
    })
    void eachDeliveryIsCountedOnceUnderItsNameAndNothingElseIs(InterruptionType type, String name) {
        cpu.inject(type).deliver();

        for (Counter counter : Counter.values()) {
            assertThat(cpu.counter(counter))
                    .as("%s", counter)
                    .isEqualTo(counter.label().equals(name) ? 1 : 0);
            assertThat(machine.cpu(1).counter(counter)).isZero();
        }
    }

    @Test
    void theNamesAreThoseOfTheSpecificationInItsOrder() {
        assertThat(Arrays.stream(Counter.values()).map(Counter::label))
                .containsExactly(
                        "exit_wait_state",
                        "deliver_emergency_signal",
                        "deliver_service_signal",
                        "deliver_virtio_interrupt",
                        "deliver_stop_signal",
                        "deliver_prefix_signal",
                        "deliver_restart_signal",
                        "deliver_program_int",
                        "deliver_clock_comparator",
                        "discarded_by_reset",
                        "wakeups",
                        "wakeups_for_nothing",
                        "refused",
                        "discarded_by_fault",
                        "floating_discarded_by_fault",
                        "deliver_malfunction_alert",
                        "deliver_external_call",
                        "deliver_tod_clock_sync_check",
                        "deliver_cpu_timer",
                        "deliver_warning_track",
                        "deliver_interrupt_key",
                        "deliver_timing_alert",
                        "deliver_measurement_alert",
                        "deliver_io",
                        "deliver_adapter",
                        "deliver_supervisor_call",
                        "deliver_service_event",
                        "deliver_page_fault_initial",
                        "deliver_page_fault_completion",
                        "deliver_machine_check",
                        "deliver_channel_report",
                        "coalesced",
                        "cancelled_by_reset");
    }

    @Test
    void eachWaitIsCountedOnceHoweverItEnds() {
        cpu.emergency().beginWait(); // ready
        cpu.deliver();
        cpu.handle().kick();
        cpu.beginWait(); // kicked
        cpu.waits().emergency().endWait(); // slept
        cpu.pswMask(0).deliver();
        cpu.beginWait(); // disabled

        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isEqualTo(4);
        assertThat(machine.cpu(1).counter(Counter.EXIT_WAIT_STATE)).isZero();
    }

    @Test
    void refusedInjectionsAreCountedForTheirTarget() {
        cpu.handle().injectProgram(-1);
        cpu.handle().inject(7, 0);
        cpu.vcpu().raiseProgram(-1);
        machine.machine().inject(7, 0, 0);

        assertThat(cpu.counter(Counter.REFUSED)).isEqualTo(3);
        assertThat(machine.cpu(1).counter(Counter.REFUSED)).isZero();
        assertThat(machine.machine().floatingRefused()).isEqualTo(1);
    }

    @Test
    void acceptedOnesAreCountedWithTheVcpusOwn() {
        cpu.restart().emergency().program(1).raise(2);
        machine.virtio(1).virtio(2);

        assertThat(cpu.handle().accepted()).isEqualTo(4);
        assertThat(machine.cpu(1).handle().accepted()).isZero();
        assertThat(machine.machine().floatingAccepted()).isEqualTo(2);
    }

    @Test
    void wakeUpsAreCountedAndThoseForNothingToo() {
        cpu.waits();
        machine.virtio(1);
        machine.cpu(1).deliver();
        cpu.endWait();
        cpu.emergency().endWait();

        assertThat(cpu.counter(Counter.WAKEUPS)).isEqualTo(2);
        assertThat(cpu.counter(Counter.WAKEUPS_FOR_NOTHING)).isEqualTo(1);
    }

    /** Whatever happens, at each moment in which nothing is under way. */
    @Test
    void acceptedIsDeliveredAndQueuedAndDiscardedAlways() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            TestMachine small =
                    TestMachine.of(3, options -> options.localCapacity(4).floatingCapacity(4));
            for (int step = 0; step < 100; step++) {
                step(random, small);
                assertBalanced(small, seed);
            }
        }
    }

    private static void step(Random random, TestMachine small) {
        TestVcpu target = small.cpu(random.nextInt(3));
        Vcpu vcpu = target.vcpu();
        switch (random.nextInt(12)) {
            case 0, 1 -> small.machine().injectVirtio(1, 2);
            case 2 -> small.machine().injectService(1);
            case 3 -> vcpu.handle().injectEmergency();
            case 4 -> vcpu.handle().injectRestart();
            case 5 -> vcpu.handle().injectSetPrefix(random.nextInt(4) * 0x2000);
            case 6 -> vcpu.handle().injectProgram(random.nextInt(0x20000));
            case 7 -> vcpu.raiseProgram(1);
            case 8 -> target.cr0(random.nextBoolean() ? -1 : EMERGENCY);
            case 9 -> vcpu.deliverPending();
            case 10 -> {
                if (random.nextInt(4) == 0) {
                    vcpu.reset();
                }
            }
            default -> {
                if (random.nextInt(40) == 0) {
                    small.machine().close();
                }
            }
        }
    }

    private static void assertBalanced(TestMachine small, long seed) {
        long floating = 0;
        for (TestVcpu target : small.cpus()) {
            long local = 0;
            for (InterruptionType type : InterruptionType.values()) {
                local += type.isLocal() ? target.counter(type.counter()) : 0;
                floating += type.isFloating() ? target.counter(type.counter()) : 0;
            }
            Vcpu vcpu = target.vcpu();
            assertThat(local + vcpu.handle().queued() + vcpu.handle().discarded())
                    .as("interruptor.seed=%d", seed)
                    .isEqualTo(vcpu.handle().accepted());
            assertThat(vcpu.handle().queued())
                    .isEqualTo(vcpu.queuedLocal().stream()
                            .mapToLong(QueuedInterruption::count)
                            .sum());
        }
        Machine machine = small.machine();
        assertThat(floating + machine.floatingQueued() + machine.floatingDiscarded())
                .as("interruptor.seed=%d", seed)
                .isEqualTo(machine.floatingAccepted());
        assertThat(machine.floatingQueued()).isEqualTo(machine.queuedFloating().size());
    }
}
