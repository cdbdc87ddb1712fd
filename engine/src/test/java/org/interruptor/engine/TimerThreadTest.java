package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The thread that sets attention when an open timer is due. Nothing here waits for a time: only for what must come. */
@Timeout(120)
class TimerThreadTest {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private TestMachine machine;

    @AfterEach
    void close() {
        if (machine != null) {
            machine.machine().close();
        }
    }

    private TestMachine machine(int vcpus) {
        machine = ArchitectureMachine.of(vcpus, builder -> builder.timerThread(NANOS));
        machine.cpus().forEach(cpu -> {
            cpu.pswMask(TestMachine.ENABLED);
            cpu.deliver();
        });
        return machine;
    }

    private static void await(TestVcpu cpu) {
        while (!cpu.vcpu().isAttention()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClockComparatorThatIsDueSetsAttention(Rules rules) {
        machine = TestMachine.of(1, builder -> builder.rules(rules).timerThread(NANOS));
        TestVcpu cpu = machine.cpu(0);
        cpu.pswMask(TestMachine.ENABLED);
        cpu.registers().control(0, TestMachine.COMPARATOR);
        cpu.deliver();
        cpu.comparator(TestMachine.CLOCK_AT_FIRST);
        machine.clock().set(TestMachine.CLOCK_AT_FIRST + 1);
        await(cpu);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.CLOCK_COMPARATOR);
    }

    @Test
    void aCpuTimerThatIsDueSetsAttention() {
        TestVcpu cpu = machine(1).cpu(0);
        cpu.vcpu().cpuTimer(5);
        machine.clock().set(TestMachine.CLOCK_AT_FIRST + 6);
        await(cpu);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.CPU_TIMER);
    }

    /** In one look the vCPUs are looked at in order: behind the attention of the last one the others have been looked at. */
    @Test
    void aClosedGateAndAStoppedCpuGetNone() {
        machine(3);
        machine.cpu(0).registers().control(0, 0);
        machine.cpu(1).vcpu().stop();
        machine.cpus().forEach(cpu -> cpu.deliver());
        machine.cpus().forEach(cpu -> cpu.vcpu().cpuTimer(-1));
        await(machine.cpu(2));
        assertThat(machine.cpu(0).vcpu().isAttention()).isFalse();
        assertThat(machine.cpu(1).vcpu().isAttention()).isFalse();
    }

    @Test
    void theNextTimerIsSeenToo() {
        TestVcpu cpu = machine(1).cpu(0);
        for (int i = 0; i < 3; i++) {
            cpu.vcpu().cpuTimer(-1);
            await(cpu);
            assertThat(cpu.deliver()).containsExactly(InterruptionType.CPU_TIMER);
            cpu.vcpu().cpuTimer(Long.MAX_VALUE);
            cpu.pswMask(TestMachine.ENABLED);
            cpu.deliver();
        }
    }

    @Test
    void guestCodeThatReadsNoClockIsLeft() {
        TestVcpu cpu = machine(1).cpu(0);
        cpu.vcpu().cpuTimer(-1);
        cpu.pswMask(0); // closed in front of the loop
        RunOutcome outcome = cpu.vcpu().run(vcpu -> {
            if (machine.recorder().delivered().contains(InterruptionType.CPU_TIMER)) {
                vcpu.handle().exit();
                return 1;
            }
            vcpu.registers().psw(TestMachine.ENABLED, 0);
            while (!vcpu.isAttention()) {
                Thread.onSpinWait();
            }
            return 1;
        });
        assertThat(outcome).isEqualTo(RunOutcome.EXIT);
    }

    @Test
    void itEndsWithTheMachine() {
        machine(1);
        String name = String.format(
                Locale.ROOT, "interruptor-timers-%d", machine.machine().number());
        assertThat(isThere(name)).isTrue();
        machine.machine().close();
        while (isThere(name)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isThere(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 1_000_000_001})
    void otherTimesAreRefused(long nanos) {
        assertThatThrownBy(() -> TestMachine.of(1, builder -> builder.timerThread(nanos)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("mostNanosLate=" + nanos + ": expected 1000 to 1000000000");
    }
}
