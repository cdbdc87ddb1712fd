package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ENABLED;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.gate.InterruptionType.CLOCK_COMPARATOR;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.PROGRAM;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.SERVICE_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.STOP;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import java.util.Collections;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 4: what one pass delivers, in which order, and what ends it early. */
class DeliveryTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    @Test
    void aPassDeliversNothingWhereNothingIsQueued() {
        assertThat(cpu.deliver()).isEmpty();
        assertThat(cpu.vcpu().fault()).isNull();
    }

    @Test
    void localOnesComeBeforeTheClockComparatorAndThatBeforeFloatingOnes() {
        machine.virtio(1);
        cpu.comparatorDue().emergency().stopOrder();

        assertThat(cpu.deliver()).containsExactly(EMERGENCY_SIGNAL, STOP, CLOCK_COMPARATOR, VIRTIO);
    }

    @Test
    void theClockComparatorIsDeliveredOnceAPass() {
        machine.virtio(1).virtio(2);

        assertThat(cpu.comparatorDue().deliver()).containsExactly(CLOCK_COMPARATOR, VIRTIO, VIRTIO);
    }

    @Test
    void theNewPswOfEachDecidesWhatMayBeTakenNext() {
        cpu.externalNewPsw(0).restartNewPsw(PswMask.EXTERNAL);
        cpu.emergency().emergency().restart().restart().emergency();

        // An emergency signal closes the gate, a restart opens it: the search begins again at the front.
        assertThat(cpu.deliver())
                .containsExactly(EMERGENCY_SIGNAL, RESTART, EMERGENCY_SIGNAL, RESTART, EMERGENCY_SIGNAL);
    }

    @Test
    void theSearchBeginsAgainAtTheFrontAfterEachDelivery() {
        cpu.pswMask(0).restartNewPsw(PswMask.EXTERNAL).emergency().restart().stopOrder();

        assertThat(cpu.deliver()).containsExactly(RESTART, EMERGENCY_SIGNAL, STOP);
    }

    @Test
    void aMaskedLocalOneHoldsUpNothingBehindIt() {
        machine.virtio(1);
        cpu.cr0(FLOATING).emergency().restart().comparatorDue();

        assertThat(cpu.deliver()).containsExactly(RESTART, VIRTIO);
    }

    @Test
    void theNewPswOfTheClockComparatorCanHoldFloatingOnesBack() {
        machine.virtio(1);

        assertThat(cpu.externalNewPsw(PswMask.IO).comparatorDue().deliver()).containsExactly(CLOCK_COMPARATOR);
        assertThat(machine.machine().floatingQueued()).isEqualTo(1);
    }

    @Test
    void aFloatingOnesNewPswCanHoldTheNextBack() {
        machine.virtio(1);
        machine.machine().injectService(2);
        cpu.externalNewPsw(0);

        assertThat(cpu.deliver()).containsExactly(VIRTIO);
        assertThat(cpu.pswMask(ENABLED).deliver()).containsExactly(SERVICE_SIGNAL);
    }

    @Test
    void whatComesForTheVcpuInTheMiddleOfTheLocalOnesIsDeliveredInTheSamePass() {
        cpu.restart();
        machine.recorder().atNextDelivery(() -> cpu.program(1).emergency());

        assertThat(cpu.deliver()).containsExactly(RESTART, PROGRAM, EMERGENCY_SIGNAL);
    }

    @Test
    void whatComesForTheVcpuBehindItsLocalOnesWaitsForTheNextPassWithAttentionSet() {
        machine.virtio(1).recorder().atNextDelivery(() -> cpu.emergency().restart());

        assertThat(cpu.deliver()).containsExactly(VIRTIO);
        assertThat(cpu.vcpu().isAttention()).isTrue();
        assertThat(cpu.deliver()).containsExactly(EMERGENCY_SIGNAL, RESTART);
    }

    @Test
    void floatingOnesThatComeInTheMiddleAreDeliveredInTheSamePass() {
        machine.virtio(1).recorder().atNextDelivery(() -> machine.virtio(2));

        assertThat(cpu.deliver()).containsExactly(VIRTIO, VIRTIO);
    }

    @Test
    void aStoppedVcpuTakesNoExternalInterruption() {
        cpu.vcpu().stop();
        machine.virtio(1);

        assertThat(cpu.emergency().restart().comparatorDue().deliver()).containsExactly(RESTART);
    }

    @Nested
    class ClearsFirst {
        @Test
        void theStopFlag() {
            cpu.stopOrder().deliver();
            assertThat(cpu.vcpu().flags()).isEqualTo(CpuFlags.STOP);
            cpu.deliver();

            assertThat(cpu.vcpu().flags()).isZero();
        }

        @Test
        void theExtFlag() {
            cpu.pswMask(0).emergency().deliver();
            assertThat(cpu.vcpu().flags()).isEqualTo(CpuFlags.EXT);
            cpu.pswMask(ENABLED).deliver();

            assertThat(cpu.vcpu().flags()).isZero();
        }

        @Test
        void theLoadControlIntercepts() {
            cpu.cr0(0).emergency().deliver();
            assertThat(cpu.vcpu().loadControlIntercepts()).isEqualTo(0x8000);
            cpu.cr0(-1).deliver();

            assertThat(cpu.vcpu().loadControlIntercepts()).isZero();
        }

        @Test
        void attentionOfAllKinds() {
            cpu.emergency().restart();
            machine.virtio(1);
            cpu.deliver();

            assertThat(cpu.vcpu().isAttention()).isFalse();
        }

        @Test
        void whatAFaultHasLeft() {
            cpu.prefix(1).restart().fault();
            cpu.prefix(cpu.lowcore()).deliver();

            assertThat(cpu.vcpu().fault()).isNull();
            assertThat(cpu.vcpu().isAttention()).isFalse();
        }
    }

    @Nested
    class EndsEarly {
        @Test
        void atAKickAmongLocalOnesWithAttentionLeftSet() {
            cpu.restart().stopOrder();
            machine.recorder().atNextDelivery(cpu.handle()::kick);

            assertThat(cpu.deliver()).containsExactly(RESTART);
            assertThat(cpu.vcpu().isAttention()).isTrue();
            assertThat(cpu.vcpu().takeKick()).isTrue();
            assertThat(cpu.deliver()).containsExactly(STOP);
        }

        @Test
        void atAKickBehindTheClockComparator() {
            machine.virtio(1);
            machine.recorder().atNextDelivery(cpu.handle()::kick);

            assertThat(cpu.comparatorDue().deliver()).containsExactly(CLOCK_COMPARATOR);
            assertThat(cpu.vcpu().isAttention()).isTrue();
        }

        @Test
        void atAKickAmongFloatingOnes() {
            machine.virtio(1).virtio(2);
            machine.recorder().atNextDelivery(cpu.handle()::kick);

            assertThat(cpu.deliver()).containsExactly(VIRTIO);
            assertThat(cpu.vcpu().isAttention()).isTrue();
            assertThat(cpu.deliver()).containsExactly(VIRTIO);
            assertThat(cpu.vcpu().takeKick()).isTrue();
            assertThat(cpu.vcpu().isAttention()).isFalse();
        }

        @Test
        void notAtAKickFromBefore() {
            cpu.handle().kick();

            assertThat(cpu.restart().stopOrder().deliver()).containsExactly(RESTART, STOP);
            assertThat(cpu.handle().isKickPending()).isTrue();
        }

        @Test
        void atCloseWithAttentionLeftSet() {
            cpu.restart().stopOrder();
            machine.virtio(1);
            machine.recorder().atNextDelivery(machine.machine()::close);

            assertThat(cpu.deliver()).containsExactly(RESTART);
            assertThat(cpu.vcpu().isAttention()).isTrue();
            assertThat(cpu.vcpu().deliverPending()).isEqualTo(Vcpu.CLOSED);
            assertThat(cpu.vcpu().isAttention()).isTrue();
        }

        @Test
        void atCloseAmongFloatingOnes() {
            machine.virtio(1).virtio(2);
            machine.recorder().atNextDelivery(machine.machine()::close);

            assertThat(cpu.deliver()).containsExactly(VIRTIO);
            assertThat(machine.machine().floatingDiscarded()).isEqualTo(1);
        }

        @Test
        void afterAsManyDeliveriesAsBothQueuesHavePlacesWhereInjectorsOfLocalOnesNeverRest() {
            TestMachine small =
                    TestMachine.of(1, options -> options.localCapacity(4).floatingCapacity(8));
            small.recorder().atDelivery(small.cpu(0)::emergency);

            assertThat(small.cpu(0).emergency().deliver()).isEqualTo(Collections.nCopies(12, EMERGENCY_SIGNAL));
            assertThat(small.cpu(0).vcpu().isAttention()).isTrue();
        }

        @Test
        void afterAsManyDeliveriesAsBothQueuesHavePlacesWhereInjectorsOfFloatingOnesNeverRest() {
            TestMachine small =
                    TestMachine.of(1, options -> options.localCapacity(4).floatingCapacity(8));
            small.recorder().atDelivery(() -> small.virtio(1));
            small.virtio(1);

            assertThat(small.cpu(0).deliver()).hasSize(12);
            assertThat(small.cpu(0).vcpu().isAttention()).isTrue();
        }

        @Test
        void inTheMiddleOfFloatingOnesToo() {
            TestMachine small =
                    TestMachine.of(1, options -> options.localCapacity(2).floatingCapacity(2));
            small.virtio(1).virtio(2).cpu(0).emergency().emergency().emergency();

            assertThat(small.cpu(0).deliver()).hasSize(4).endsWith(VIRTIO);
            assertThat(small.cpu(0).vcpu().isAttention()).isTrue();
            assertThat(small.cpu(0).deliver()).containsExactly(VIRTIO);
        }

        @Test
        void notAsLongAsBothQueuesAreNoMoreThanFull() {
            TestMachine small =
                    TestMachine.of(1, options -> options.localCapacity(2).floatingCapacity(2));
            small.virtio(1).virtio(2);

            assertThat(small.cpu(0).restart().restart().deliver()).hasSize(4);
            assertThat(small.cpu(0).deliver()).isEmpty();
            assertThat(small.cpu(0).vcpu().isAttention()).isFalse();
        }

        @Test
        void andTheNextPassGoesOnWhereItStood() {
            TestMachine small =
                    TestMachine.of(1, options -> options.localCapacity(2).floatingCapacity(2));
            for (int i = 0; i < 6; i++) {
                small.cpu(0).emergency();
            }

            assertThat(small.cpu(0).deliver()).hasSize(4);
            assertThat(small.cpu(0).vcpu().isAttention()).isTrue();
            assertThat(small.cpu(0).deliver()).hasSize(2);
            assertThat(small.cpu(0).vcpu().isAttention()).isFalse();
        }
    }
}
