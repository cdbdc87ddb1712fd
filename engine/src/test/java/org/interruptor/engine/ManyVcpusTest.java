package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import java.util.List;
import java.util.stream.IntStream;
import org.interruptor.engine.contract.WaitOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 64 vCPUs must work, up to 1024 do: choosing and handing on go across the words of the sets. */
class ManyVcpusTest {
    private static TestMachine of(int vcpus) {
        return TestMachine.of(vcpus, options -> options.localCapacity(2).floatingCapacity(2048));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 128, 1024})
    void eachWaitingVcpuIsWokenInTurn(int vcpus) {
        TestMachine machine = of(vcpus);
        machine.cpus().forEach(TestVcpu::waits);
        assertThat(machine.machine().idleCount()).isEqualTo(vcpus);
        for (int i = 0; i < vcpus; i++) {
            machine.virtio(i);
        }

        assertThat(machine.woken()).isEqualTo(IntStream.range(0, vcpus).boxed().toList());
        machine.cpus().forEach(cpu -> assertThat(cpu.endWait()).isEqualTo(WaitOutcome.READY));
        assertThat(machine.machine().idleCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 128, 1024})
    void theHighestIsChosenWhereNoOtherMayTakeIt(int vcpus) {
        TestMachine machine = of(vcpus);
        machine.cpus().subList(0, vcpus - 1).forEach(cpu -> cpu.mask(FLOATING).waits());
        machine.cpu(vcpus - 1).waits();

        assertThat(machine.virtio(1).woken()).containsExactly(vcpus - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 130})
    void theRotationIsFairAcrossWords(int vcpus) {
        TestMachine machine = of(vcpus);
        int[] notified = new int[vcpus];
        for (int i = 0; i < 3 * vcpus; i++) {
            int next = machine.virtio(i).attentive().get(0);
            notified[next]++;
            assertThat(machine.cpu(next).deliver()).containsExactly(VIRTIO);
        }

        assertThat(notified).containsOnly(3);
    }

    @Test
    void theRotationFindsTheOneThatOperatesInAnotherWord() {
        TestMachine machine = of(200);
        machine.cpus().stream()
                .filter(cpu -> cpu.vcpu().id() != 130)
                .forEach(cpu -> cpu.vcpu().stop());
        for (int i = 0; i < 3; i++) {
            assertThat(machine.virtio(i).attentive()).containsExactly(130);
            machine.cpu(130).deliver();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 127, 129})
    void handingOnGoesToTheNextHigherNumberedAcrossWordsAndAroundTheEnd(int from) {
        TestMachine machine = of(130);
        machine.cpus().forEach(cpu -> cpu.vcpu().stop());
        machine.virtio(1);
        List<Integer> others = List.of(2, 66, 128);
        others.forEach(other -> machine.cpu(other).handle().start());
        others.forEach(other -> machine.cpu(other).mask(FLOATING).vcpu().reset());
        machine.cpus().forEach(TestVcpu::sees);
        machine.cpu(from).handle().start();
        machine.cpu(from).mask(FLOATING).deliver();

        int next = from == 129 ? 2 : from < 66 ? 66 : 128;
        assertThat(machine.attentive()).containsExactly(next);
    }

    @Test
    void closingReachesAll() {
        TestMachine machine = of(100);
        machine.cpus().forEach(TestVcpu::waits);
        machine.machine().close();

        assertThat(machine.woken()).hasSize(100);
        assertThat(machine.cpus()).allMatch(cpu -> cpu.endWait() == WaitOutcome.CLOSED);
    }
}
