package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Registers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sections 1 and 10: what a vCPU begins with, stopping, starting and resetting it. */
class LifeTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void twoVcpus() {
        machine = TestMachine.of(2);
        cpu = machine.cpu(0);
    }

    @Test
    void allRegistersAreZeroAtFirstButTheClockComparator() {
        Machine fresh = Machine.builder(machine.storage()).rules(Rules.ORIGINAL).build();
        Registers registers = fresh.vcpu(0).bind().registers();

        assertThat(registers.pswMask() | registers.pswAddress() | registers.prefix())
                .isZero();
        assertThat(registers.epoch() | registers.ipa() | registers.lastHostCpu())
                .isZero();
        for (int i = 0; i < 16; i++) {
            assertThat(registers.control(i)).isZero();
        }
        assertThat(registers.clockComparator()).isEqualTo(-1);
    }

    @Test
    void aVcpuOperatesFromTheStartAndHasNothingToDo() {
        Vcpu vcpu = cpu.vcpu();

        assertThat(vcpu.isOperating()).isTrue();
        assertThat(vcpu.isAttention()
                        || vcpu.handle().isKickPending()
                        || vcpu.handle().isStopOnStop()
                        || vcpu.handle().isWaiting())
                .isFalse();
        assertThat(vcpu.flags() | vcpu.loadControlIntercepts()).isZero();
        assertThat(vcpu.fault()).isNull();
    }

    @Nested
    class Stopping {
        @Test
        void isTheEmbeddersNotTheDeliverys() {
            cpu.stopOrder().deliver();

            assertThat(cpu.vcpu().isOperating()).isTrue();
            cpu.vcpu().stop();
            assertThat(cpu.vcpu().isOperating()).isFalse();
            assertThat(machine.cpu(1).vcpu().isOperating()).isTrue();
        }

        @Test
        void keepsFloatingOnesAway() {
            cpu.vcpu().stop();
            for (int i = 0; i < 4; i++) {
                machine.virtio(i);
                assertThat(machine.attentive()).containsExactly(1);
            }
        }

        @Test
        void letsLocalOnesQueueUp() {
            cpu.vcpu().stop();
            cpu.restart().emergency();

            assertThat(cpu.queued()).containsExactly("restart", "emergency");
            cpu.handle().start();
            assertThat(cpu.deliver()).containsExactly(RESTART, EMERGENCY_SIGNAL);
        }

        @Test
        void twiceDoesNoHarm() {
            cpu.vcpu().stop();
            cpu.vcpu().stop();
            cpu.handle().start();

            assertThat(cpu.vcpu().isOperating()).isTrue();
        }
    }

    @Nested
    class Starting {
        @Test
        void anOperatingVcpuChangesNothing() {
            cpu.handle().start();
            assertThat(cpu.vcpu().isAttention()).isFalse();

            cpu.waits().handle().start();
            assertThat(machine.woken()).isEmpty();
            assertThat(cpu.handle().isWaiting()).isTrue();
        }

        @Test
        void makesTheVcpuLookEachTime() {
            for (int i = 0; i < 3; i++) {
                cpu.vcpu().stop();
                cpu.handle().start();
                assertThat(cpu.vcpu().isAttention()).isTrue();
                cpu.deliver();
                assertThat(cpu.vcpu().isAttention()).isFalse();
            }
        }

        @Test
        void letsItTakeWhatNobodyWasToldOf() {
            machine.cpu(1).vcpu().stop();
            cpu.vcpu().stop();
            machine.virtio(1);
            assertThat(machine.attentive()).isEmpty();
            cpu.handle().start();

            assertThat(machine.attentive()).containsExactly(0);
            assertThat(cpu.deliver()).containsExactly(VIRTIO);
        }
    }

    @Nested
    class Resetting {
        @Test
        void clearsAndCountsTheQueuedLocalOnes() {
            cpu.mask(EMERGENCY).emergency().restart().deliver();
            cpu.emergency().program(1).raise(2).stopOrder().setPrefix(0);
            cpu.vcpu().reset();

            assertThat(cpu.queued()).isEmpty();
            assertThat(cpu.handle().queued()).isZero();
            assertThat(cpu.counter(Counter.DISCARDED_BY_RESET)).isEqualTo(6);
            assertThat(cpu.handle().discarded()).isEqualTo(6);
            assertThat(cpu.cr0(-1).deliver()).isEmpty();
        }

        @Test
        void freesTheirPlaces() {
            TestVcpu small =
                    TestMachine.of(1, options -> options.localCapacity(2)).cpu(0);
            for (int i = 0; i < 5; i++) {
                small.restart().program(1).emergency().vcpu().reset();
            }

            assertThat(small.emergency().restart().deliver()).containsExactly(EMERGENCY_SIGNAL, RESTART);
            assertThat(small.handle().discarded()).isEqualTo(15);
        }

        @Test
        void clearsRequests() {
            cpu.cr0(0).emergency().deliver();
            cpu.pswMask(0).emergency().deliver();
            cpu.vcpu().reset();

            assertThat(cpu.vcpu().loadControlIntercepts()).isZero();
            assertThat(cpu.vcpu().flags()).isZero();
            assertThat(cpu.vcpu().loadPsw(-1, 0)).isFalse();
        }

        @Test
        void clearsTheCr0Request() {
            cpu.cr0(0).emergency().deliver();
            cpu.vcpu().reset();

            assertThat(cpu.vcpu().loadControl(0, -1)).isFalse();
        }

        @Test
        void clearsStopOnStopAndAttention() {
            cpu.stopOrder().emergency();
            for (int i = 0; i < 2; i++) { // so each vCPU is notified, and
                machine.virtio(i);
            }
            machine.cpu(1).deliver(); // has nothing to look at any more
            cpu.vcpu().reset();

            assertThat(cpu.handle().isStopOnStop()).isFalse();
            assertThat(cpu.vcpu().isAttention()).isFalse();
        }

        @Test
        void leavesAKick() {
            cpu.handle().kick();
            cpu.vcpu().reset();

            assertThat(cpu.handle().isKickPending()).isTrue();
            assertThat(cpu.vcpu().isAttention()).isTrue(); // until it is taken
            assertThat(cpu.beginWait()).isEqualTo(WaitOutcome.KICKED);
            assertThat(cpu.vcpu().isAttention()).isFalse();
        }

        @Test
        void leavesFloatingOnesAndTheirAttention() {
            machine.virtio(1);
            cpu.pswMask(0).deliver();
            cpu.vcpu().reset();

            assertThat(machine.machine().floatingQueued()).isEqualTo(1);
            assertThat(cpu.vcpu().isAttention()).isTrue(); // its request is gone
        }

        @Test
        void leavesRegistersAndOperation() {
            cpu.registers().ipa(3);
            cpu.vcpu().reset();

            assertThat(cpu.registers().pswAddress()).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
            assertThat(cpu.registers().ipa()).isEqualTo(3);
            assertThat(cpu.vcpu().isOperating()).isTrue();
            cpu.vcpu().stop();
            cpu.vcpu().reset();
            assertThat(cpu.vcpu().isOperating()).isFalse();
        }

        @Test
        void leavesOtherVcpus() {
            machine.cpu(1).restart();
            cpu.vcpu().reset();

            assertThat(machine.cpu(1).deliver()).containsExactly(RESTART);
        }

        @Test
        void aStoppedVcpuMayBeResetByAnyThread() throws InterruptedException {
            cpu.vcpu().stop();
            cpu.restart();
            Thread other = new Thread(cpu.vcpu()::reset);
            other.start();
            other.join();

            assertThat(cpu.handle().discarded()).isEqualTo(1);
        }

        @Test
        void whatComesAfterItIsDeliveredAsEver() {
            cpu.emergency().restart().vcpu().reset();

            assertThat(cpu.restart().emergency().deliver()).containsExactly(RESTART, EMERGENCY_SIGNAL);
        }
    }
}
