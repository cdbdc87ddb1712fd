package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ENABLED;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every class behind a gate, under architecture rules: open, closed, twice, in the wait, for a stopped CPU, by priority. */
class ArchitectureClassesTest {
    private final TestMachine machine = ArchitectureMachine.of(2);
    private final TestVcpu cpu = machine.cpu(0);

    ArchitectureClassesTest() {
        machine.cpu(1).vcpu().stop(); // floating ones are for the first
    }

    private void put(PendingClass pending) {
        assertThat(pending.put(machine, cpu)).isEqualTo(InjectResult.ACCEPTED);
    }

    /** All but timers, which the embedder looks at when they are due. */
    private void assertAttention(PendingClass pending) {
        assertThat(cpu.vcpu().isAttention()).isEqualTo(!pending.isTimer());
    }

    @ParameterizedTest
    @EnumSource
    void behindAnOpenGateItIsDelivered(PendingClass pending) {
        put(pending);
        assertAttention(pending);
        assertThat(cpu.vcpu().isPending()).isTrue();
        long others = ENABLED & ~pending.pswMask();
        machine.storage().putLong(cpu.lowcore() + pending.newPswOffset(), others);

        assertThat(cpu.deliver()).containsExactly(pending.type());
        assertThat(ArchitectureMachine.stored(machine, cpu)).isEqualTo(pending.stored());
        assertThat(cpu.registers().pswAddress()).isEqualTo(pending.newAddress());
        assertThat(machine.storage().getLong(cpu.lowcore() + pending.newPswOffset() - 0x80 + 8))
                .isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
        assertThat(cpu.vcpu().isAttention()).isFalse();
        assertThat(cpu.handle().counter(pending.type().counter())).isEqualTo(1);
    }

    /** No two announcements of another thread are alike: an own injection sets attention without one. */
    @ParameterizedTest
    @EnumSource(
            names = {"CLOCK_COMPARATOR", "CPU_TIMER"},
            mode = EnumSource.Mode.EXCLUDE)
    void eachOneOfAnotherThreadIsDelivered(PendingClass pending) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            AtomicReference<InjectResult> result = new AtomicReference<>();
            Thread other = new Thread(() -> result.set(pending.put(machine, cpu)));
            other.start();
            other.join();
            assertThat(result).hasValue(InjectResult.ACCEPTED);
            assertThat(cpu.vcpu().isAttention()).isTrue();
            assertThat(cpu.deliver()).containsExactly(pending.type());
            assertThat(cpu.vcpu().isAttention()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereThePswClosesTheGateARequestIsLeft(PendingClass pending) {
        cpu.pswMask(ENABLED & ~pending.pswMask());
        put(pending);

        assertThat(cpu.deliver()).isEmpty();
        assertThat(cpu.vcpu().isPending()).isFalse();
        assertThat(cpu.vcpu().flags() & (CpuFlags.EXT | CpuFlags.IO))
                .isEqualTo(
                        pending.isTimer() || pending.isMachineCheck()
                                ? 0
                                : pending.register() == 6 ? CpuFlags.IO : CpuFlags.EXT);
        assertThat(cpu.vcpu().loadControlIntercepts()).isZero();
        assertThat(cpu.vcpu().loadPsw(ENABLED, 0)).isTrue();
        assertThat(cpu.deliver()).contains(pending.type());
    }

    @ParameterizedTest
    @EnumSource(names = "EXIGENT", mode = EnumSource.Mode.EXCLUDE)
    void whereAControlRegisterClosesTheGateARequestIsLeft(PendingClass pending) {
        int register = pending.register();
        long open = cpu.registers().control(register);
        pending.close(cpu);
        put(pending);

        assertThat(cpu.deliver()).isEmpty();
        assertThat(cpu.vcpu().loadControlIntercepts()).isEqualTo(pending.intercept());
        assertThat(cpu.vcpu().flags() & (CpuFlags.EXT | CpuFlags.IO)).isZero();
        assertThat(cpu.vcpu().loadControl(register, open)).isTrue();
        assertThat(cpu.deliver()).contains(pending.type());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CLOCK_COMPARATOR", "CPU_TIMER"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatASecondInjectionAnswers(PendingClass pending) {
        cpu.pswMask(0);
        put(pending);

        assertThat(pending.put(machine, cpu)).isEqualTo(pending.second());
        cpu.pswMask(ENABLED);
        assertThat(cpu.deliver()).hasSize(pending.second() == InjectResult.ACCEPTED ? 2 : 1);
        assertThat(cpu.deliver()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CLOCK_COMPARATOR", "CPU_TIMER"},
            mode = EnumSource.Mode.EXCLUDE)
    void itEndsAWaitWhoseGateIsOpen(PendingClass pending) {
        cpu.waits();
        put(pending);

        assertThat(cpu.takeWakeUps()).isEqualTo(1);
        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.READY);
        assertThat(cpu.deliver()).containsExactly(pending.type());
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOCK_COMPARATOR", "CPU_TIMER"})
    void aTimerEndsAWaitByItsDeadline(PendingClass pending) {
        if (pending == PendingClass.CPU_TIMER) {
            cpu.deliver(); // the timer runs
            cpu.vcpu().cpuTimer(4096);
        } else {
            cpu.comparator(machine.clock().tod() + 4096);
        }
        cpu.waits();
        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(1000);
        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.WAITING);
        machine.clock().set(machine.clock().tod() + 4097);

        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.TIMER);
        assertThat(cpu.deliver()).containsExactly(pending.type());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CLOCK_COMPARATOR", "CPU_TIMER", "EXIGENT"},
            mode = EnumSource.Mode.EXCLUDE)
    void itEndsNoWaitWhoseGateIsClosed(PendingClass pending) {
        pending.close(cpu);
        cpu.waits();
        put(pending);

        assertThat(cpu.takeWakeUps()).isZero();
        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.WAITING);
        cpu.handle().kick();
        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.KICKED);
    }

    @ParameterizedTest
    @EnumSource
    void forAStoppedCpuItStaysPending(PendingClass pending) {
        cpu.vcpu().stop();
        put(pending);

        assertThat(cpu.deliver()).isEmpty();
        assertThat(cpu.vcpu().isPending()).isFalse();
        cpu.handle().start();
        assertThat(cpu.vcpu().isAttention()).isTrue();
        assertThat(cpu.deliver()).containsExactly(pending.type());
    }

    @Test
    void theHighestPriorityIsFirst() {
        List<PendingClass> all = Arrays.stream(PendingClass.values())
                .filter(pending -> !pending.isMachineCheck() || pending == PendingClass.EXIGENT) // others would merge
                .toList();
        cpu.pswMask(0);
        cpu.restart();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i) != PendingClass.VIRTIO && all.get(i) != PendingClass.PAGE_FAULT_COMPLETION) {
                put(all.get(i));
            }
            if (all.get(i) == PendingClass.SERVICE_SIGNAL) { // one queue, in the order of arrival
                put(PendingClass.VIRTIO);
                put(PendingClass.PAGE_FAULT_COMPLETION);
            }
        }
        cpu.program(0x11);
        cpu.pswMask(ENABLED);

        List<InterruptionType> expected = new ArrayList<>();
        all.forEach(pending -> expected.add(pending.type()));
        expected.add(1, InterruptionType.PROGRAM);
        expected.add(InterruptionType.RESTART);
        assertThat(cpu.deliver()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptionThatClosesTheGateKeepsTheNextOneOut(PendingClass pending) {
        put(pending);
        put(PendingClass.IO_7 == pending ? PendingClass.IO_0 : PendingClass.IO_7);
        if (!pending.isMachineCheck()) {
            put(PendingClass.INTERRUPT_KEY == pending ? PendingClass.EMERGENCY_SIGNAL : PendingClass.INTERRUPT_KEY);
        }
        cpu.externalNewPsw(0);
        machine.storage().putLong(cpu.lowcore() + pending.newPswOffset(), 0);

        assertThat(cpu.deliver()).hasSize(1);
        assertThat(cpu.vcpu().flags() & CpuFlags.IO).isEqualTo(CpuFlags.IO);
    }

    @Test
    void nothingOfItIsThereUnderOriginalRules() {
        TestMachine original = TestMachine.of(2);

        for (PendingClass pending : PendingClass.values()) {
            if (!pending.type().isOriginal() && !pending.isTimer() && pending.type() != InterruptionType.IO) {
                assertThat(pending.put(original, original.cpu(0)))
                        .as(pending.name())
                        .isEqualTo(InjectResult.INVALID);
            }
        }
        assertThat(original.machine().inject(InterruptionType.INTERRUPT_KEY.rawNumber(), 0, 0))
                .isEqualTo(InjectResult.INVALID);
        assertThat(original.machine().inject(InterruptionType.TIMING_ALERT.rawNumber(), 1, 0))
                .isEqualTo(InjectResult.INVALID);
    }

    @Test
    void rawNumbersOfFloatingConditions() {
        assertThat(machine.machine().inject(0xffff_0040, 0, 0)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0xffff_1406, 3, 0)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(machine.machine().inject(0xffff_1004, 0, 0)).isEqualTo(InjectResult.INVALID);
        assertThat(machine.machine().inject(0xffff_1005, 0, 0)).isEqualTo(InjectResult.INVALID);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.INTERRUPT_KEY, InterruptionType.TIMING_ALERT);
        assertThat(machine.storage().getInt(cpu.lowcore() + 0x80)).isEqualTo(3);
    }
}
