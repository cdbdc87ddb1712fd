package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ENABLED;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.contract.WaitOutcome.DISABLED;
import static org.interruptor.engine.contract.WaitOutcome.KICKED;
import static org.interruptor.engine.contract.WaitOutcome.READY;
import static org.interruptor.engine.contract.WaitOutcome.TIMER;
import static org.interruptor.engine.contract.WaitOutcome.WAITING;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3: nobody lets a floating interruption lie. */
class HandingOnTest {
    /**
     * vCPU 0 has come out of its wait for a floating interruption that is still queued; vCPU 1 waits and may not take it, 2
     * and 3 wait and may.
     */
    private static TestMachine woken() {
        TestMachine machine = TestMachine.of(4).virtio(0);
        machine.cpus().forEach(TestVcpu::deliver); // so that the next is not the machine's first
        machine.cpu(1).mask(FLOATING);
        machine.cpus().forEach(TestVcpu::waits);
        assertThat(machine.virtio(1).woken()).containsExactly(0);
        assertThat(machine.cpu(0).endWait()).isEqualTo(READY);
        return machine;
    }

    /** All run, with their gates closed, and have looked at what is queued now. */
    private static TestMachine running(int vcpus) {
        TestMachine machine = TestMachine.of(vcpus);
        machine.cpus().forEach(cpu -> cpu.mask(FLOATING).deliver());
        return machine;
    }

    @Nested
    class ToAWaitingVcpu {
        private final TestMachine machine = woken();
        private final TestVcpu cpu = machine.cpu(0);

        private void assertHandedToTheLowestThatMayTakeIt() {
            assertThat(machine.woken()).containsExactly(2);
            assertThat(machine.attentive()).contains(2).doesNotContain(1, 3);
            assertThat(machine.cpu(2).endWait()).isEqualTo(READY);
            assertThat(machine.cpu(2).deliver()).containsExactly(VIRTIO);
        }

        @Test
        void byADelivery() {
            cpu.mask(FLOATING).deliver();

            assertHandedToTheLowestThatMayTakeIt();
        }

        @Test
        void byADeliveryWhoseNewPswClosesTheGate() {
            cpu.externalNewPsw(0).emergency();

            assertThat(cpu.deliver()).containsExactly(EMERGENCY_SIGNAL);
            assertHandedToTheLowestThatMayTakeIt();
        }

        @Test
        void byADeliveryThatAKickEnds() {
            cpu.restart();
            machine.recorder().atNextDelivery(cpu.handle()::kick);
            cpu.deliver();

            assertHandedToTheLowestThatMayTakeIt();
        }

        @ParameterizedTest
        @EnumSource(names = {"RESTART", "CLOCK_COMPARATOR", "VIRTIO"})
        void byAFault(InterruptionType type) {
            cpu.prefix(0x1000);
            if (type != VIRTIO) {
                cpu.inject(type);
            }

            assertThat(cpu.fault().type()).isEqualTo(type);
            assertHandedToTheLowestThatMayTakeIt();
        }

        @Test
        void byEnteringAClosedWait() {
            cpu.mask(FLOATING).waits();

            assertHandedToTheLowestThatMayTakeIt();
        }

        @Test
        void byADisabledWait() {
            assertThat(cpu.pswMask(0).beginWait()).isEqualTo(DISABLED);

            assertHandedToTheLowestThatMayTakeIt();
        }

        @Test
        void byAKickBeforeTheWait() {
            cpu.handle().kick();

            assertThat(cpu.beginWait()).isEqualTo(KICKED);
            assertHandedToTheLowestThatMayTakeIt();
        }

        @Test
        void byAStop() {
            cpu.vcpu().stop();

            assertHandedToTheLowestThatMayTakeIt();
        }

        @Test
        void byADeliveryOfAStoppedVcpu() {
            TestMachine three = TestMachine.of(3);
            three.cpu(0).vcpu().stop();
            three.cpu(1).waits();
            three.cpu(2).waits();
            assertThat(three.virtio(1).woken()).containsExactly(1);
            three.cpu(0).deliver();

            assertThat(three.woken()).containsExactly(2);
        }

        @Test
        void exactlyOneIsNotifiedForEachEvent() {
            cpu.mask(FLOATING).deliver();
            assertThat(machine.woken()).containsExactly(2);

            cpu.deliver();
            assertThat(machine.woken()).containsExactly(3);
            cpu.deliver();
            assertThat(machine.woken()).isEmpty();
        }

        @Test
        void notByLeavingTheWaitReady() {
            cpu.mask(FLOATING).deliver();
            machine.woken();
            cpu.cr0(-1);

            assertThat(cpu.beginWait()).isEqualTo(READY);
            assertThat(machine.woken()).isEmpty();
        }

        @Test
        void notByAskingWhetherOneIsPending() {
            cpu.mask(FLOATING).vcpu().isPending();
            cpu.vcpu().queuedLocal();

            assertThat(machine.woken()).isEmpty();
        }
    }

    @Nested
    class ByLeavingAWait {
        @Test
        void forAKickWhileNotified() {
            TestMachine machine = TestMachine.of(2);
            machine.cpus().forEach(TestVcpu::waits);
            machine.virtio(1);
            machine.cpu(0).handle().kick();
            assertThat(machine.woken()).containsExactly(0);

            assertThat(machine.cpu(0).endWait()).isEqualTo(KICKED);
            assertThat(machine.woken()).containsExactly(1);
        }

        @Test
        void forTheClockComparator() {
            TestMachine machine = TestMachine.of(3);
            machine.cpu(0).mask(FLOATING).comparator(TestMachine.CLOCK_AT_FIRST).waits();
            machine.cpu(1).waits();
            machine.cpu(2).waits();
            assertThat(machine.virtio(1).woken()).containsExactly(1);
            machine.clock().advance(1);

            assertThat(machine.cpu(0).endWait()).isEqualTo(TIMER);
            assertThat(machine.woken()).containsExactly(2);
            assertThat(machine.attentive()).containsExactly(0, 1, 2);
        }

        @Test
        void forTheClockComparatorToARunningOne() {
            TestMachine machine = TestMachine.of(2);
            machine.cpu(0).mask(FLOATING).comparator(TestMachine.CLOCK_AT_FIRST).waits();
            machine.virtio(1);
            machine.cpu(1).mask(FLOATING).deliver();
            assertThat(machine.attentive()).isEmpty();
            machine.clock().advance(1);

            assertThat(machine.cpu(0).endWait()).isEqualTo(TIMER);
            assertThat(machine.attentive()).containsExactly(0, 1);
        }

        @Test
        void whoLeavesAWaitForALocalOneHasToLookAtTheFloatingOneToo() {
            TestMachine machine = TestMachine.of(2);
            machine.cpu(0).mask(FLOATING).waits();
            machine.cpu(1).vcpu().stop();
            machine.virtio(1);
            machine.cpu(0).emergency();

            assertThat(machine.cpu(0).endWait()).isEqualTo(READY);
            assertThat(machine.cpu(0).deliver()).containsExactly(EMERGENCY_SIGNAL);
            assertThat(machine.cpu(0).vcpu().loadControlIntercepts()).isEqualTo(0x8000);
        }

        @Test
        void nobodyIsToldWhereNothingIsLeft() {
            TestMachine machine = TestMachine.of(3);
            machine.cpus().forEach(TestVcpu::waits);
            machine.cpu(0).handle().kick();

            assertThat(machine.cpu(0).endWait()).isEqualTo(KICKED);
            assertThat(machine.woken()).containsExactly(0);
            assertThat(machine.attentive()).containsExactly(0); // the kick's
        }
    }

    @Nested
    class ToARunningVcpu {
        /** The one that the rotation has notified of one floating interruption. */
        private TestVcpu notified(TestMachine machine) {
            machine.virtio(1);
            assertThat(machine.attentive()).hasSize(1);
            return machine.cpu(machine.attentive().get(0));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3})
        void itIsTheNextHigherNumberedCyclically(int from) {
            TestMachine machine = running(4);
            TestVcpu first = notified(machine);
            while (first.vcpu().id() != from) {
                first.cr0(-1).deliver();
                first.cr0(0);
                first = notified(machine);
            }
            first.deliver();

            assertThat(machine.attentive()).containsExactly((from + 1) % 4);
            assertThat(machine.cpu((from + 1) % 4).vcpu().flags()).isEqualTo(CpuFlags.EXT);
        }

        @Test
        void eachIsNotifiedOnceForEachHeadAndHasARequestStandingThen() {
            TestMachine machine = running(4);
            List<Integer> lookedInTurn = new ArrayList<>();
            TestVcpu first = notified(machine);
            for (List<Integer> next = machine.attentive(); !next.isEmpty(); next = machine.attentive()) {
                assertThat(next).hasSize(1);
                lookedInTurn.add(next.get(0));
                assertThat(lookedInTurn).hasSizeLessThan(8);
                machine.cpu(next.get(0)).deliver();
            }

            int start = first.vcpu().id();
            assertThat(lookedInTurn)
                    .isEqualTo(IntStream.rangeClosed(start, start + 4)
                            .mapToObj(i -> i % 4)
                            .toList());
            assertThat(machine.cpus()).allMatch(cpu -> cpu.vcpu().loadControlIntercepts() == 0x8000);
        }

        @Test
        void aNewHeadIsHandedOnAgain() {
            TestMachine machine = running(2).virtio(1).virtio(2);
            for (int i = 0; i < 3; i++) {
                machine.cpus().forEach(TestVcpu::deliver);
            }
            assertThat(machine.attentive()).isEmpty();

            assertThat(machine.cpu(0).cr0(-1).externalNewPsw(0).deliver()).containsExactly(VIRTIO);
            assertThat(machine.attentive()).containsExactly(1);
        }

        @Test
        void notToAWaitingOneThatMayNotTakeItNorToAStoppedOne() {
            TestMachine machine = running(5);
            machine.cpu(1).waits();
            machine.cpu(2).vcpu().stop();
            machine.cpu(3).vcpu().stop();
            TestVcpu first = notified(machine);
            first.deliver();

            assertThat(machine.attentive()).containsExactly(first.vcpu().id() == 0 ? 4 : 0);
            assertThat(machine.woken()).isEmpty();
        }

        @Test
        void toNobodyWhereNoOtherRuns() {
            TestMachine machine = running(3);
            machine.cpu(1).waits();
            machine.cpu(2).vcpu().stop();
            notified(machine).deliver();

            assertThat(machine.attentive()).isEmpty();
        }

        @Test
        void noneWhereAWaitingOneMayTakeIt() {
            TestMachine machine = running(4);
            machine.cpu(2).cr0(-1).waits();
            machine.cpu(3).cr0(-1).waits();
            assertThat(machine.virtio(1).woken()).containsExactly(2);
            machine.cpu(2).endWait();
            machine.cpu(2).cr0(0).deliver();

            assertThat(machine.woken()).containsExactly(3);
            assertThat(machine.attentive()).containsExactly(3);
        }

        @Test
        void byADisabledWait() {
            TestMachine machine = running(2);
            TestVcpu first = notified(machine);

            assertThat(first.pswMask(0).beginWait()).isEqualTo(DISABLED);
            assertThat(machine.attentive()).hasSize(2);
        }

        @Test
        void byEnteringAClosedWait() {
            TestMachine machine = running(2);
            TestVcpu first = notified(machine).waits();

            assertThat(machine.attentive()).hasSize(2);
            assertThat(first.handle().isWaiting()).isTrue();
        }

        @Test
        void byAKick() {
            TestMachine machine = running(2);
            TestVcpu first = notified(machine);
            first.handle().kick();

            assertThat(first.beginWait()).isEqualTo(KICKED);
            assertThat(machine.attentive()).hasSize(2);
        }

        @Test
        void byAFault() {
            TestMachine machine = running(2);
            TestVcpu first = notified(machine).prefix(0x1000).cr0(-1);

            assertThat(first.fault().type()).isEqualTo(VIRTIO);
            assertThat(machine.attentive()).hasSize(2);
        }

        @Test
        void byAStop() {
            TestMachine machine = running(2);
            TestVcpu first = notified(machine).cr0(-1);
            first.vcpu().stop();

            assertThat(machine.attentive()).hasSize(2);
            TestVcpu other = machine.cpu(1 - first.vcpu().id()).cr0(-1);
            assertThat(other.deliver()).containsExactly(VIRTIO);
        }

        @Test
        void aStopAfterItWasHandedOnDoesNotHandItOnAgain() {
            TestMachine machine = running(2);
            TestVcpu first = notified(machine);
            first.deliver();
            TestVcpu other = machine.cpu(machine.attentive().get(0));
            other.deliver();
            first.deliver();
            assertThat(machine.attentive()).isEmpty();

            other.vcpu().stop();
            assertThat(machine.attentive()).isEmpty();
        }

        @Test
        void whatIsTakenMeanwhileIsNotHandedOn() {
            TestMachine machine = running(3);
            TestVcpu first = notified(machine);
            machine.cpu((first.vcpu().id() + 1) % 3).cr0(-1).deliver();
            first.deliver();

            assertThat(machine.attentive()).isEmpty();
        }
    }

    @Test
    void oneThatEntersAWaitWithItsGateOpenTakesWhatOthersLeftBehind() {
        TestMachine machine = running(2).virtio(1);
        machine.cpus().forEach(TestVcpu::deliver);

        assertThat(machine.cpu(1).cr0(-1).beginWait()).isEqualTo(READY);
        assertThat(machine.cpu(1).deliver()).containsExactly(VIRTIO);
    }

    @Test
    void oneThatWakesInTheWaitWithoutFindingAnythingHandsOnNothing() {
        TestMachine machine = TestMachine.of(3);
        machine.cpu(0).waits();
        machine.cpu(1).waits();
        machine.virtio(1);
        machine.cpu(2).deliver();
        machine.woken();

        assertThat(machine.cpu(0).endWait()).isEqualTo(WAITING);
        assertThat(machine.woken()).isEmpty();
    }

    @Test
    void oneThatIsStartedLooksAtWhatCameWhileItWasStopped() {
        TestMachine machine = TestMachine.of(1);
        machine.cpu(0).vcpu().stop();
        machine.virtio(1);
        assertThat(machine.attentive()).isEmpty();

        machine.cpu(0).handle().start();
        assertThat(machine.attentive()).containsExactly(0);
        assertThat(machine.cpu(0).pswMask(ENABLED).deliver()).containsExactly(VIRTIO);
    }
}
