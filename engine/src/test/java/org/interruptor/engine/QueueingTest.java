package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.PROGRAM;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.SERVICE_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.SET_PREFIX;
import static org.interruptor.engine.gate.InterruptionType.STOP;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 3: the order of the queues. */
class QueueingTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    private List<String> delivered() {
        cpu.deliver();
        return machine.recorder().events().stream()
                .filter(event -> event.startsWith("deliver"))
                .toList();
    }

    @Test
    void programInterruptionsAreTakenNewestFirst() {
        cpu.program(1).program(2).program(3);

        assertThat(delivered())
                .containsExactly("deliver 0 program 3 0", "deliver 0 program 2 0", "deliver 0 program 1 0");
    }

    @Test
    void programInterruptionsGoInFrontOfAllOthers() {
        cpu.restart().emergency().stopOrder().program(1);

        assertThat(cpu.deliver()).containsExactly(PROGRAM, RESTART, EMERGENCY_SIGNAL, STOP);
    }

    @Test
    void otherLocalOnesGoToTheBack() {
        cpu.emergency()
                .stopOrder()
                .emergency()
                .emergency()
                .restart()
                .setPrefix(0x2000)
                .emergency();

        assertThat(cpu.deliver())
                .containsExactly(
                        EMERGENCY_SIGNAL,
                        STOP,
                        EMERGENCY_SIGNAL,
                        EMERGENCY_SIGNAL,
                        RESTART,
                        SET_PREFIX,
                        EMERGENCY_SIGNAL);
    }

    @Test
    void floatingOnesGoToTheBack() {
        machine.virtio(1);
        machine.machine().injectService(2);
        machine.virtio(3);

        assertThat(delivered())
                .containsExactly("deliver 0 virtio 1 0", "deliver 0 service 2 0", "deliver 0 virtio 3 0");
    }

    @Test
    void parametersThatATypeDoesNotHaveAreDroppedAtTheTableDrivenWayIn() {
        machine.machine().inject(SERVICE_SIGNAL.rawNumber(), 1, 2);
        cpu.handle().inject(RESTART.rawNumber(), 3);
        cpu.handle().inject(EMERGENCY_SIGNAL.rawNumber(), 4);
        cpu.handle().inject(SET_PREFIX.rawNumber(), 0x2000);
        cpu.handle().inject(PROGRAM.rawNumber(), 5);

        assertThat(machine.machine().queuedFloating()).containsExactly(new QueuedInterruption(SERVICE_SIGNAL, 1, 0, 1));
        assertThat(cpu.vcpu().queuedLocal())
                .containsExactly(
                        new QueuedInterruption(PROGRAM, 5, 0, 1),
                        new QueuedInterruption(RESTART, 0, 0, 1),
                        new QueuedInterruption(EMERGENCY_SIGNAL, 0, 0, 1),
                        new QueuedInterruption(SET_PREFIX, 0x2000, 0, 1));
        assertThat(machine.recorder().events())
                .containsExactly(
                        "inject -1 service 1 0",
                        "inject 0 restart 0 0",
                        "inject 0 emergency 0 0",
                        "inject 0 set-prefix 8192 0",
                        "inject 0 program 5 0");
    }

    @Test
    void aProgramInterruptionOfTheVcpusOwnGoesInFrontOfAllThatWasInjectedBefore() {
        cpu.program(1).restart().raise(2);

        assertThat(delivered())
                .containsExactly("deliver 0 program 2 0", "deliver 0 program 1 0", "deliver 0 restart 0 0");
    }

    @Test
    void aProgramInterruptionInjectedLaterGoesInFrontOfTheVcpusOwn() {
        cpu.raise(1).program(2);

        assertThat(delivered()).containsExactly("deliver 0 program 2 0", "deliver 0 program 1 0");
    }

    @Test
    void aProgramInterruptionOfTheVcpusOwnSetsNoFlag() {
        cpu.raise(1);

        assertThat(cpu.vcpu().isAttention()).isFalse();
        assertThat(cpu.vcpu().flags()).isZero();
    }

    @Test
    void aProgramInterruptionOfTheVcpusOwnHidesNoAttentionForOthers() {
        cpu.restart().raise(1);

        assertThat(cpu.vcpu().isAttention()).isTrue();
    }

    @Test
    void everyLocalInjectionFromOutsideSetsTheExtFlag() {
        for (InterruptionType type : List.of(PROGRAM, STOP, SET_PREFIX, RESTART, EMERGENCY_SIGNAL)) {
            TestVcpu target = TestMachine.of(1).cpu(0).cr0(0).inject(type);
            assertThat(target.vcpu().flags()).as("%s", type).isEqualTo(CpuFlags.EXT);
            assertThat(target.vcpu().isAttention()).as("%s", type).isTrue();
        }
    }

    @Test
    void aLocalInjectionConcernsItsTargetAlone() {
        TestMachine three = TestMachine.of(3);
        three.cpu(0).waits();
        three.cpu(1).program(1).emergency();

        assertThat(three.attentive()).containsExactly(1);
        assertThat(three.woken()).isEmpty();
        assertThat(three.cpu(2).deliver()).isEmpty();
        assertThat(three.cpu(1).deliver()).containsExactly(PROGRAM, EMERGENCY_SIGNAL);
    }

    @Test
    void aStopSetsTheStopOnStopActionAtOnceAndDeliveryLeavesItSet() {
        assertThat(cpu.handle().isStopOnStop()).isFalse();
        cpu.stopOrder();

        assertThat(cpu.handle().isStopOnStop()).isTrue();
        cpu.deliver();
        assertThat(cpu.handle().takeStopOnStop()).isTrue();
        assertThat(cpu.handle().takeStopOnStop()).isFalse();
        assertThat(cpu.handle().isStopOnStop()).isFalse();
    }

    @Test
    void noOtherLocalTypeSetsTheStopOnStopAction() {
        cpu.program(1).restart().setPrefix(0).emergency();

        assertThat(cpu.handle().isStopOnStop()).isFalse();
    }

    @Test
    void maskedEmergencySignalsKeepTheirPlaces() {
        cpu.mask(EMERGENCY).emergency().restart();
        assertThat(cpu.deliver()).containsExactly(RESTART);
        cpu.emergency().stopOrder().emergency().cr0(EMERGENCY);

        assertThat(cpu.deliver()).containsExactly(EMERGENCY_SIGNAL, EMERGENCY_SIGNAL, STOP, EMERGENCY_SIGNAL);
    }

    /** Against lists that are kept as the specification says, with the gate opening and closing in between. */
    @Test
    void theOrderIsThatOfAPlainListWhateverIsMaskedMeanwhile() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            TestVcpu target =
                    TestMachine.of(1, options -> options.localCapacity(16)).cpu(0);
            List<InterruptionType> list = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                step(random, target, list, seed);
            }
        }
    }

    private static void step(Random random, TestVcpu target, List<InterruptionType> list, long seed) {
        boolean isFull = list.stream().filter(type -> type != EMERGENCY_SIGNAL).count() == 16;
        switch (random.nextInt(isFull ? 4 : 10)) {
            case 0, 1 -> append(EMERGENCY_SIGNAL, target, list);
            case 2 -> target.cr0(random.nextBoolean() ? EMERGENCY : 0);
            case 3 -> {
                boolean isOpen = target.registers().control(0) != 0;
                List<InterruptionType> expected = new ArrayList<>(list);
                expected.removeIf(type -> type == EMERGENCY_SIGNAL && !isOpen);
                list.removeIf(type -> type != EMERGENCY_SIGNAL || isOpen);
                assertThat(target.deliver()).as("interruptor.seed=%d", seed).isEqualTo(expected);
                assertThat(target.handle().queued())
                        .as("interruptor.seed=%d", seed)
                        .isEqualTo(list.size());
            }
            case 4 -> {
                target.program(1);
                list.add(0, PROGRAM);
            }
            case 5 -> {
                target.raise(1);
                list.add(0, PROGRAM);
            }
            case 6 -> target.vcpu().isPending(); // drains, and changes nothing
            case 7 -> append(STOP, target, list);
            case 8 -> append(SET_PREFIX, target, list);
            default -> append(RESTART, target, list);
        }
    }

    private static void append(InterruptionType type, TestVcpu target, List<InterruptionType> list) {
        target.inject(type);
        list.add(type);
    }
}
