package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the embedder does to a machine or a CPU from outside: load, set the clock, and all of it on a closed machine. */
class ControlTest {
    private static final long LOADED = TestMachine.ENABLED | PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final int SENSE = 0x01;
    private static final int RESTART = 0x06;
    private static final int CPU_RESET = 0x0c;

    private final TestMachine machine = ArchitectureMachine.of(2);
    private final TestVcpu cpu = machine.cpu(0);
    private final AtomicInteger executed = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();
    private final GuestCpu guest = vcpu -> executed.incrementAndGet();

    private int sense() {
        return Machine.conditionCodeOf(machine.machine().signalProcessor(1, 0, SENSE, 0));
    }

    // Load.

    @Test
    void aStoppedCpuLoadsThePswAndStarts() {
        cpu.vcpu().stop();
        assertThat(cpu.handle().load(LOADED, 0x1_0000)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(cpu.handle().isOperating())
                .as("until its own thread has loaded it")
                .isFalse();
        assertThat(sense()).isEqualTo(2);
        assertThat(cpu.handle().load(LOADED, 0x2_0000)).isEqualTo(InjectResult.BUSY);
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.AGAIN);
        assertThat(executed).hasValue(1);
        assertThat(cpu.registers().pswAddress()).isEqualTo(0x1_0000);
        assertThat(sense()).isZero();
        assertThat(cpu.handle().load(LOADED, 0x1_0000)).as("it operates").isEqualTo(InjectResult.INVALID);
    }

    @Test
    void itEndsTheWaitOfAStoppedCpu() {
        cpu.vcpu().stop();
        AtomicInteger goOns = new AtomicInteger();
        GuestCpu waiting = new GuestCpu() {
            @Override
            public long execute(Vcpu vcpu) {
                return executed.incrementAndGet();
            }

            @Override
            public void goOn(VcpuHandle vcpu) {
                goOns.incrementAndGet();
            }
        };
        assertThat(cpu.vcpu().step(waiting)).isEqualTo(RunOutcome.STOPPED);
        cpu.handle().load(LOADED, 0x1_0000);
        assertThat(goOns).hasValue(1);
        cpu.vcpu().step(waiting);
        assertThat(executed).hasValue(1);
        machine.machine().injectService(1);
        machine.machine().injectService(2);
        assertThat(machine.attentive())
                .as("it takes part in floating interruptions")
                .contains(0);
    }

    @Test
    void aResetCancelsIt() {
        cpu.vcpu().stop();
        cpu.handle().load(LOADED, 0x1_0000);
        machine.machine().signalProcessor(1, 0, CPU_RESET, 0);
        cpu.vcpu().step(guest);
        assertThat(executed).hasValue(0);
        assertThat(cpu.registers().pswAddress()).isEqualTo(TestVcpu.ADDRESS_AT_FIRST);
        assertThat(cpu.handle().load(LOADED, 0x2_0000)).isEqualTo(InjectResult.ACCEPTED);
        cpu.vcpu().step(guest);
        assertThat(cpu.registers().pswAddress()).isEqualTo(0x2_0000);
    }

    @Test
    void aCheckStopCancelsIt() {
        cpu.vcpu().stop();
        cpu.handle().load(LOADED, 0x1_0000);
        cpu.vcpu().checkStop();
        cpu.vcpu().step(guest);
        machine.machine().signalProcessor(1, 0, CPU_RESET, 0);
        cpu.vcpu().step(guest);
        assertThat(executed).hasValue(0);
        assertThat(cpu.handle().load(LOADED, 0x2_0000)).isEqualTo(InjectResult.ACCEPTED);
        cpu.vcpu().step(guest);
        assertThat(cpu.registers().pswAddress()).isEqualTo(0x2_0000);
    }

    /** Loads and resets of several threads: none that was accepted is forgotten, and none keeps the next one out for good. */
    @Test
    @Timeout(300)
    @SuppressWarnings("ThreadPriorityCheck") // the CPU needs the core more
    void loadsAgainstResets() throws InterruptedException {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger loaded = new AtomicInteger();
        GuestCpu counting = new GuestCpu() {
            @Override
            public long execute(Vcpu vcpu) {
                loaded.incrementAndGet();
                vcpu.stop();
                return 1;
            }
        };
        cpu.vcpu().stop();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(new Thread(() -> {
                for (int left = 2000; left > 0; ) {
                    if (cpu.handle().load(LOADED, 0x1_0000) == InjectResult.ACCEPTED) {
                        accepted.incrementAndGet();
                        left--;
                    } else {
                        Thread.yield();
                    }
                }
            }));
        }
        threads.add(new Thread(() -> {
            for (int n = 0; n < 5000; n++) {
                machine.machine().signalProcessor(1, 0, CPU_RESET, 0);
                Thread.yield();
            }
        }));
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            cpu.vcpu().step(counting);
        }
        for (int i = 0; i < 10; i++) {
            cpu.vcpu().step(counting);
        }
        assertThat(loaded.get()).isLessThanOrEqualTo(accepted.get());
        int before = loaded.get();
        assertThat(cpu.handle().load(LOADED, 0x1_0000)).isEqualTo(InjectResult.ACCEPTED);
        cpu.vcpu().step(counting);
        cpu.vcpu().step(counting);
        assertThat(loaded.get()).isEqualTo(before + 1);
    }

    @Test
    void anInvalidPswIsFoundNext() {
        cpu.vcpu().stop();
        cpu.handle().load(1L << 63, 0x1_0000);
        cpu.vcpu().step(guest);
        assertThat(machine.recorder().delivered()).containsExactly(InterruptionType.PROGRAM);
        assertThat(cpu.registers().pswAddress()).isEqualTo(TestMachine.PROGRAM_NEW_ADDRESS);
    }

    @Test
    void loadNeedsArchitectureRules() {
        VcpuHandle original = TestMachine.of(1).machine().vcpu(0);
        assertThatThrownBy(() -> original.load(0, 0)).isInstanceOf(IllegalStateException.class);
    }

    /** The pass that restarts it is its last one for long: it executes guest code. */
    @Test
    void aRestartedCpuIsToldOfFloatingInterruptions() {
        machine.cpu(1).vcpu().stop();
        cpu.vcpu().stop();
        cpu.vcpu().deliverPending();
        machine.machine().signalProcessor(1, 0, RESTART, 0);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.RESTART);
        assertThat(machine.attentive()).isEmpty();
        machine.machine().injectService(1);
        assertThat(machine.attentive()).containsExactly(0);
        assertThat(cpu.deliver()).containsExactly(InterruptionType.SERVICE_SIGNAL);
    }

    // The clock.

    @Test
    void settingTheClockEndsAWaitThatTheClockCanEnd() {
        cpu.pswMask(TestMachine.ENABLED | PswMask.WAIT);
        cpu.comparator(TestMachine.CLOCK_AT_FIRST + 1_000_000);
        assertThat(cpu.vcpu().beginWait(called::incrementAndGet)).isEqualTo(WaitOutcome.WAITING);
        machine.machine().setClock(TestMachine.CLOCK_AT_FIRST + 2_000_000);
        assertThat(called).hasValue(1);
        assertThat(cpu.vcpu().endWait()).isEqualTo(WaitOutcome.READY);
        assertThat(cpu.vcpu().deliverPending()).isEqualTo(1);
        assertThat(machine.recorder().delivered()).containsExactly(InterruptionType.CLOCK_COMPARATOR);
    }

    @Test
    void settingTheClockLeavesAWaitThatItCannotEnd() {
        cpu.registers().control(0, TestMachine.FLOATING);
        cpu.pswMask(TestMachine.ENABLED | PswMask.WAIT);
        assertThat(cpu.vcpu().beginWait(called::incrementAndGet)).isEqualTo(WaitOutcome.WAITING);
        machine.machine().setClock(TestMachine.CLOCK_AT_FIRST + 2_000_000);
        assertThat(called).hasValue(0);
        assertThat(cpu.vcpu().endWait()).isEqualTo(WaitOutcome.WAITING);
        assertThat(cpu.vcpu().isAttention()).isTrue();
        machine.machine().injectService(1);
        assertThat(cpu.vcpu().endWait()).isEqualTo(WaitOutcome.READY);
    }

    @Test
    void settingTheClockMovesNoCpuTimer() {
        cpu.vcpu().cpuTimer(5000);
        machine.machine().setClock(TestMachine.CLOCK_AT_FIRST + 2_000_000);
        assertThat(cpu.vcpu().cpuTimer()).isEqualTo(5000);
    }

    // Closed.

    @Test
    void aClosedMachineHasNothingToReset() {
        machine.machine().close();
        machine.machine().reset(ResetKind.CLEAR, called::incrementAndGet);
        assertThat(called).hasValue(1);
    }

    @Test
    void closingEndsAResetThatIsUnderWay() {
        machine.machine().reset(ResetKind.CPU, called::incrementAndGet);
        machine.cpu(1).vcpu().step(guest);
        assertThat(called).hasValue(0);
        machine.machine().close();
        assertThat(called).hasValue(1);
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.CLOSED);
        assertThat(called).hasValue(1);
    }

    @Test
    void aClosedMachineIsAtRestWhenItsVcpusHaveReturned() throws InterruptedException {
        machine.machine().close();
        assertThat(machine.machine().pause(TimeUnit.MINUTES.toNanos(1))).isTrue();
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.CLOSED);
        machine.machine().resume();
        assertThatThrownBy(machine.machine()::resume).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theClockOfAClosedMachineIsSetAndNothingIsOrdered() {
        machine.machine().close();
        machine.machine().setClock(7);
        cpu.vcpu().stop();
        assertThat(cpu.handle().load(LOADED, 0)).isEqualTo(InjectResult.CLOSED);
        assertThat(sense()).isEqualTo(2);
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.CLOSED);
    }
}
