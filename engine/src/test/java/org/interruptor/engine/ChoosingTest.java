package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.contract.InjectResult.ACCEPTED;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3: which vCPU hears of an injection, and which is woken. */
class ChoosingTest {
    @Test
    void theWaitingVcpuWithTheLowestNumberIsWoken() {
        TestMachine machine = TestMachine.of(4);
        machine.cpu(2).waits();
        machine.cpu(1).waits();

        assertThat(machine.virtio(1).woken()).containsExactly(1);
        assertThat(machine.attentive()).containsExactly(1);
        assertThat(machine.cpu(1).vcpu().flags()).isEqualTo(CpuFlags.EXT);
    }

    @Test
    void oneThatMayNotTakeItIsLeftOut() {
        TestMachine machine = TestMachine.of(3);
        machine.cpu(0).mask(FLOATING).waits();
        machine.cpu(1).pswMask(~PswMask.EXTERNAL).waits();
        machine.cpu(2).waits();

        assertThat(machine.virtio(1).woken()).containsExactly(2);
        assertThat(machine.attentive()).containsExactly(2);
    }

    @Test
    void aWokenOneHasLeftTheWaitAndTheNextInjectionChoosesAnother() {
        TestMachine machine = TestMachine.of(3);
        machine.cpus().forEach(TestVcpu::waits);

        assertThat(machine.virtio(1).woken()).containsExactly(0);
        assertThat(machine.cpu(0).handle().isWaiting()).isFalse();
        assertThat(machine.virtio(2).woken()).containsExactly(1);
        assertThat(machine.virtio(3).woken()).containsExactly(2);
        assertThat(machine.virtio(4).woken()).isEmpty();
        assertThat(machine.attentive()).containsExactly(0, 1, 2);
    }

    @Test
    void oneThatWasWokenForALocalOneIsNotChosen() {
        TestMachine machine = TestMachine.of(2);
        machine.cpus().forEach(TestVcpu::waits);
        machine.cpu(0).emergency();
        assertThat(machine.woken()).containsExactly(0);

        assertThat(machine.virtio(1).woken()).containsExactly(1);
    }

    @Test
    void notifiedIsNotOwnerWhoLooksFirstTakesItOnce() {
        TestMachine machine = TestMachine.of(2);
        machine.cpu(0).waits();
        machine.virtio(1);

        assertThat(machine.cpu(1).deliver()).containsExactly(VIRTIO);
        assertThat(machine.cpu(0).endWait()).isEqualTo(WaitOutcome.WAITING);
    }

    @Test
    void theRotationNotifiesExactlyOneRunningVcpu() {
        TestMachine machine = TestMachine.of(3).virtio(1);

        assertThat(machine.attentive()).hasSize(1);
        assertThat(machine.cpu(machine.attentive().get(0)).vcpu().flags()).isEqualTo(CpuFlags.EXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64})
    void theRotationIsFair(int vcpus) {
        TestMachine machine = TestMachine.of(vcpus);
        int[] notified = rotate(machine, 20 * vcpus);

        assertThat(notified).containsOnly(20);
    }

    @Test
    void theRotationIsFairWhereWaitingVcpusTakeEverySecondOne() {
        TestMachine machine = TestMachine.of(3);
        int[] notified = new int[3];
        for (int i = 0; i < 20; i++) {
            machine.cpu(0).waits();
            assertThat(machine.virtio(1).woken()).containsExactly(0);
            machine.cpu(0).endWait();
            machine.cpu(0).deliver();
            machine.cpu(0).mask(FLOATING).waits();
            machine.virtio(2);
            int next = machine.attentive().get(0);
            notified[next]++;
            machine.cpu(next).deliver();
            machine.cpu(0).handle().kick();
            machine.cpu(0).endWait();
            machine.cpu(0).deliver();
            machine.cpu(0).cr0(-1);
            machine.woken();
        }

        assertThat(notified).containsExactly(0, 10, 10);
    }

    @Test
    void theRotationLeavesOutTheStoppedAndTheWaiting() {
        TestMachine machine = TestMachine.of(5);
        machine.cpu(0).vcpu().stop();
        machine.cpu(2).mask(FLOATING).waits();
        machine.cpu(4).vcpu().stop();

        assertThat(rotate(machine, 10)).containsExactly(0, 5, 0, 5, 0);
        assertThat(machine.woken()).isEmpty();
    }

    @Test
    void aStartedVcpuTakesPartAgain() {
        TestMachine machine = TestMachine.of(3);
        machine.cpu(1).vcpu().stop();
        machine.cpu(1).handle().start();
        machine.cpu(1).deliver();

        assertThat(rotate(machine, 9)).containsOnly(3);
    }

    /** Injects; whoever is notified takes it; how often each was. */
    private static int[] rotate(TestMachine machine, int injections) {
        int[] notified = new int[machine.cpus().size()];
        for (int i = 0; i < injections; i++) {
            machine.virtio(i);
            assertThat(machine.attentive()).hasSize(1);
            int next = machine.attentive().get(0);
            notified[next]++;
            assertThat(machine.cpu(next).deliver()).containsExactly(VIRTIO);
        }
        return notified;
    }

    @Test
    void withNobodyToNotifyItIsAcceptedAndWhoeverLeavesItsWaitLooks() {
        TestMachine machine = TestMachine.of(2);
        machine.cpu(0).vcpu().stop();
        machine.cpu(1).mask(FLOATING).waits();

        assertThat(machine.virtio(1).attentive()).isEmpty();
        assertThat(machine.woken()).isEmpty();
        machine.cpu(1).emergency();
        assertThat(machine.cpu(1).endWait()).isEqualTo(WaitOutcome.READY);
        assertThat(machine.cpu(1).cr0(-1).deliver()).contains(VIRTIO);
    }

    @Test
    void whoeverLeavesItsWaitHasToLookEvenIfItWasForSomethingElse() {
        TestMachine machine = TestMachine.of(1);
        machine.cpu(0).mask(FLOATING).waits();
        machine.virtio(1);
        machine.cpu(0).handle().kick();
        machine.cpu(0).endWait();
        machine.cpu(0).vcpu().takeKick();

        assertThat(machine.attentive()).containsExactly(0);
    }

    @Test
    void aMachineWithoutVcpusAccepts() {
        TestMachine machine = TestMachine.of(0);

        assertThat(machine.machine().injectVirtio(1, 2)).isEqualTo(ACCEPTED);
        assertThat(machine.machine().injectService(1)).isEqualTo(ACCEPTED);
        assertThat(machine.machine().floatingQueued()).isEqualTo(2);
        machine.machine().close();
        assertThat(machine.machine().floatingDiscarded()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROGRAM", "STOP", "SET_PREFIX", "RESTART"})
    void aLocalOneThatIsTakenAlwaysWakesItsTargetWhateverIsMasked(InterruptionType type) {
        TestMachine machine = TestMachine.of(2);
        machine.cpu(0).waits();
        machine.cpu(1).pswMask(PswMask.IO).cr0(0).waits().inject(type);

        assertThat(machine.woken()).containsExactly(1);
        assertThat(machine.cpu(1).endWait()).isEqualTo(WaitOutcome.READY);
    }

    @Test
    void anEmergencySignalWakesOnlyWhereItMayBeTaken() {
        TestMachine machine = TestMachine.of(3);
        machine.cpu(0).mask(EMERGENCY).waits().emergency();
        machine.cpu(1).pswMask(PswMask.IO).waits().emergency();
        machine.cpu(2).cr0(EMERGENCY).waits().emergency();

        assertThat(machine.woken()).containsExactly(2);
        assertThat(machine.attentive()).containsExactly(0, 1, 2);
    }

    @Test
    void whatComesAfterTheWakeUpWakesNobodyAgain() {
        TestMachine machine = TestMachine.of(1);
        machine.cpu(0).waits().emergency().program(1).restart();
        machine.cpu(0).handle().kick();
        machine.virtio(1);

        assertThat(machine.woken()).containsExactly(0);
    }
}
