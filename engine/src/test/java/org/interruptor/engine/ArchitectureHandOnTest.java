package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.interruptor.engine.contract.InjectResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handing on with more than one floating gate: it comes to an end, and everyone knows then. */
class ArchitectureHandOnTest {
    private static final Set<PendingClass> FLOATING = Collections.unmodifiableSet(EnumSet.of(
            PendingClass.INTERRUPT_KEY,
            PendingClass.TIMING_ALERT,
            PendingClass.SERVICE_SIGNAL,
            PendingClass.VIRTIO,
            PendingClass.IO_0,
            PendingClass.IO_3,
            PendingClass.ADAPTER_3,
            PendingClass.IO_7));

    /** All run, with every gate of a floating class closed. */
    private static TestMachine closed(int vcpus) {
        TestMachine machine = ArchitectureMachine.of(vcpus);
        machine.cpus().forEach(cpu -> FLOATING.forEach(pending -> pending.close(cpu)));
        machine.cpus().forEach(TestVcpu::deliver);
        return machine;
    }

    private static void put(TestMachine machine, PendingClass pending) {
        assertThat(pending.put(machine, machine.cpu(0))).isEqualTo(InjectResult.ACCEPTED);
    }

    /** Deliveries until no vCPU has attention: at most one for each head and vCPU, and one for each announcement. */
    private static void deliverUntilQuiet(TestMachine machine, int heads) {
        int passes = 0;
        for (List<Integer> next = machine.attentive(); !next.isEmpty(); next = machine.attentive()) {
            for (int vcpu : next) {
                machine.cpu(vcpu).deliver();
                passes++;
            }
            assertThat(passes)
                    .as("passes")
                    .isLessThanOrEqualTo((heads + 1) * (machine.cpus().size() + 1));
        }
    }

    @Test
    void twoThatHandOnTheKeyAndAnIoInterruptionComeToRest() {
        TestMachine machine = closed(2);
        put(machine, PendingClass.INTERRUPT_KEY);
        put(machine, PendingClass.IO_3);

        deliverUntilQuiet(machine, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void soDoManyThatHandOnEveryClass(int vcpus) {
        TestMachine machine = closed(vcpus);
        FLOATING.forEach(pending -> put(machine, pending));

        deliverUntilQuiet(machine, FLOATING.size());
        assertThat(machine.cpus())
                .allSatisfy(
                        cpu -> assertThat(cpu.vcpu().loadControlIntercepts()).isEqualTo(0x8200));
    }

    @Test
    void whatIsLeftIsDeliveredWhereAGateOpens() {
        TestMachine machine = closed(2);
        FLOATING.forEach(pending -> put(machine, pending));
        deliverUntilQuiet(machine, FLOATING.size());
        TestVcpu last = machine.cpu(1);

        last.registers().control(0, 0x2_0000_fe70L);
        assertThat(last.vcpu().loadControl(6, 0xff00_0000L)).isTrue();
        assertThat(last.deliver())
                .containsExactlyElementsOf(
                        FLOATING.stream().map(PendingClass::type).toList());
    }
}
