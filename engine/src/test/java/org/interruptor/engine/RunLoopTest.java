package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link Vcpu#run} on a thread of its own, and {@link Vcpu#step}: every reason to return, and every call of the guest. */
@Timeout(60)
class RunLoopTest {
    private final TestMachine machine = ArchitectureMachine.of(1);
    private final TestVcpu cpu = machine.cpu(0);
    private final VcpuHandle handle = cpu.handle();
    private final AtomicReference<RunOutcome> outcome = new AtomicReference<>();
    private final Guest guest = new Guest();
    private Thread thread;

    /** Executes until attention, and counts what it is told. */
    private static final class Guest implements GuestCpu {
        private final AtomicInteger executing = new AtomicInteger();
        private final AtomicInteger stopped = new AtomicInteger();
        private final AtomicInteger disabled = new AtomicInteger();
        private final AtomicInteger loops = new AtomicInteger();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger goOns = new AtomicInteger();
        private volatile boolean isLooping;
        private volatile Runnable atLoop = () -> {};

        @Override
        public long execute(Vcpu vcpu) {
            if (isLooping) {
                vcpu.raiseProgram(1);
                return 0;
            }
            executing.incrementAndGet();
            while (!vcpu.isAttention() && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return 1;
        }

        @Override
        public void stopped(Vcpu vcpu) {
            stopped.incrementAndGet();
        }

        @Override
        public void disabledWait(Vcpu vcpu) {
            disabled.incrementAndGet();
        }

        @Override
        public void interruptionLoop(Vcpu vcpu) {
            loops.incrementAndGet();
            atLoop.run();
        }

        @Override
        public void requested(Vcpu vcpu) {
            requests.incrementAndGet();
        }

        @Override
        public void goOn(VcpuHandle vcpu) {
            goOns.incrementAndGet();
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private void run() {
        handle.unbind();
        thread = new Thread(() -> {
            Vcpu own = handle.bind();
            outcome.set(own.run(guest));
            own.unbind();
        });
        thread.start();
    }

    private void runs() {
        run();
        await(() -> guest.executing.get() > 0);
    }

    private void assertReturns(RunOutcome expected) {
        await(() -> outcome.get() != null);
        assertThat(outcome.get()).isEqualTo(expected);
    }

    private long signal(int order) {
        return machine.machine().signalProcessor(0, 0, order, 0);
    }

    @AfterEach
    void end() throws InterruptedException {
        machine.machine().close();
        if (thread != null) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void stopStartAndRestart() {
        runs();
        signal(0x05);
        await(() -> guest.stopped.get() == 1);
        assertThat(handle.isOperating()).isFalse();
        int executed = guest.executing.get();
        handle.start();
        await(() -> guest.executing.get() > executed);
        signal(0x05);
        await(() -> guest.stopped.get() == 2);
        signal(0x06);
        await(() -> guest.executing.get() > executed + 1);
        assertThat(outcome.get()).isNull();
        handle.exit();
        assertReturns(RunOutcome.EXIT);
        assertThat(cpu.registers().pswAddress()).isEqualTo(TestMachine.RESTART_NEW_ADDRESS);
    }

    @Test
    void exitWhileItExecutes() {
        runs();
        handle.exit();
        assertReturns(RunOutcome.EXIT);
    }

    @Test
    void exitOfAStoppedCpu() {
        cpu.vcpu().stop();
        run();
        await(handle::isWaiting);
        handle.exit();
        assertReturns(RunOutcome.EXIT);
    }

    @Test
    void closeInAWait() {
        cpu.pswMask(TestMachine.ENABLED | PswMask.WAIT);
        run();
        await(handle::isWaiting);
        machine.machine().close();
        assertReturns(RunOutcome.CLOSED);
    }

    @Test
    void interruptInADisabledWait() {
        cpu.pswMask(PswMask.WAIT);
        run();
        await(() -> guest.disabled.get() == 1 && handle.isWaiting());
        thread.interrupt();
        assertReturns(RunOutcome.INTERRUPTED);
    }

    @Test
    void aFaultIsAnswered() {
        cpu.prefix(machine.storage().size());
        cpu.emergency();
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.FAULT);
        assertThat(cpu.vcpu().fault()).isNotNull();
    }

    @Test
    void aRequestIsToldInGuestCodeInAWaitAndOfAStoppedCpu() {
        runs();
        handle.request();
        await(() -> guest.requests.get() == 1);
        signal(0x05);
        await(() -> guest.stopped.get() == 1 && handle.isWaiting());
        handle.request();
        await(() -> guest.requests.get() == 2 && handle.isWaiting());
        handle.kick(); // nothing is to be done
        await(() -> !handle.isKickPending() && handle.isWaiting());
        assertThat(outcome.get()).isNull();
    }

    @Test
    void aDisabledWaitIsToldOnceEachTimeItIsLoadedOrStarted() {
        cpu.restartNewPsw(PswMask.WAIT);
        cpu.pswMask(PswMask.WAIT);
        run();
        await(() -> guest.disabled.get() == 1 && handle.isWaiting());
        handle.kick();
        await(() -> !handle.isKickPending() && handle.isWaiting());
        machine.machine().injectService(1);
        assertThat(guest.disabled.get()).isEqualTo(1);
        signal(0x06);
        await(() -> guest.disabled.get() == 2 && handle.isWaiting());
        signal(0x05);
        await(() -> guest.stopped.get() == 1 && handle.isWaiting());
        signal(0x04);
        await(() -> guest.disabled.get() == 3);
        assertThat(guest.executing.get()).isZero();
    }

    @Test
    void anInterruptionLoopIsToldAndAStopEndsIt() {
        guest.isLooping = true;
        guest.atLoop = () -> signal(0x05);
        run();
        await(() -> guest.stopped.get() == 1);
        assertThat(guest.loops.get()).isEqualTo(1);
    }

    /** The external new PSW waits too. */
    private void waitsAlways() {
        cpu.externalNewPsw(TestMachine.ENABLED | PswMask.WAIT);
        cpu.pswMask(TestMachine.ENABLED | PswMask.WAIT);
    }

    @Test
    void aConditionThatStaysAndAPswThatWaitsAreAnInterruptionLoop() {
        waitsAlways();
        cpu.comparator(0); // due for good
        guest.atLoop = handle::exit;
        run();
        assertReturns(RunOutcome.EXIT);
        assertThat(guest.loops.get()).isEqualTo(1);
    }

    @Test
    void waitsThatWaitAreNoInterruptionLoop() {
        waitsAlways();
        for (int i = 0; i < 3000; i++) {
            assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.WAITING);
            assertThat(guest.goOns.get()).isEqualTo(i);
            cpu.emergency();
            assertThat(guest.goOns.get()).isEqualTo(i + 1);
        }
        assertThat(guest.loops.get()).isZero();
    }

    @Test
    void aRequestThatComesBetweenTheLookAndThePassIsNotLost() {
        machine.recorder().atNextDelivery(handle::request);
        cpu.emergency();
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.AGAIN);
        assertThat(cpu.vcpu().isAttention() || guest.executing.get() == 0).isTrue();
        handle.exit();
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.EXIT);
    }

    // Pauses.

    @Test
    void aPauseBringsItOutOfGuestCodeAndResumeLetsItGoOn() throws InterruptedException {
        runs();
        assertThat(machine.machine().pause(TimeUnit.SECONDS.toNanos(20))).isTrue();
        assertThat(machine.machine().pause(TimeUnit.SECONDS.toNanos(20))).isTrue();
        int executed = guest.executing.get();
        cpu.emergency();
        machine.machine().resume();
        assertThat(guest.executing.get()).isEqualTo(executed);
        assertThat(machine.recorder().delivered()).isEmpty();
        machine.machine().resume();
        await(() -> guest.executing.get() > executed);
        assertThat(machine.recorder().delivered()).hasSize(1);
    }

    @Test
    void aPauseThatTakesTooLongPausesNothing() throws InterruptedException {
        AtomicInteger mayGo = new AtomicInteger();
        handle.unbind();
        thread = new Thread(() -> {
            Vcpu own = handle.bind();
            own.run(vcpu -> {
                guest.executing.incrementAndGet();
                await(() -> mayGo.get() > 0);
                return 1;
            });
        });
        thread.start();
        await(() -> guest.executing.get() > 0);
        assertThat(machine.machine().pause(TimeUnit.MILLISECONDS.toNanos(5))).isFalse();
        mayGo.set(1);
        await(() -> guest.executing.get() > 3);
    }

    @Test
    void exitAndCloseReachAPausedLoop() throws InterruptedException {
        runs();
        machine.machine().pause(TimeUnit.SECONDS.toNanos(20));
        handle.exit();
        assertReturns(RunOutcome.EXIT);
        outcome.set(null);
        thread.join();
        thread = new Thread(() -> outcome.set(handle.bind().run(guest)));
        thread.start();
        await(() -> thread.getState() == Thread.State.WAITING);
        machine.machine().close();
        assertReturns(RunOutcome.CLOSED);
    }

    @Test
    void aStepThatAnswersPausedIsCalledAtTheResume() throws InterruptedException {
        assertThat(machine.machine().pause(0)).isTrue();
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.PAUSED);
        cpu.emergency();
        assertThat(guest.goOns.get()).isZero();
        machine.machine().resume();
        assertThat(guest.goOns.get()).isEqualTo(1);
        cpu.pswMask(TestMachine.ENABLED | PswMask.WAIT);
        assertThat(cpu.vcpu().step(vcpu -> 1)).isEqualTo(RunOutcome.AGAIN);
        assertThat(machine.recorder().delivered()).hasSize(1);
    }

    @Test
    void stepsWaitAndAreCalled() {
        cpu.pswMask(TestMachine.ENABLED | PswMask.WAIT);
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.WAITING);
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.WAITING);
        cpu.emergency();
        assertThat(guest.goOns.get()).isEqualTo(1);
        assertThat(cpu.vcpu().step(vcpu -> 1)).isEqualTo(RunOutcome.AGAIN);
        assertThat(machine.recorder().delivered()).hasSize(1);
        cpu.vcpu().stop();
        assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.STOPPED);
    }
}
