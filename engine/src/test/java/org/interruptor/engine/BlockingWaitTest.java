package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.COMPARATOR;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.contract.WaitOutcome.CLOSED;
import static org.interruptor.engine.contract.WaitOutcome.DISABLED;
import static org.interruptor.engine.contract.WaitOutcome.INTERRUPTED;
import static org.interruptor.engine.contract.WaitOutcome.KICKED;
import static org.interruptor.engine.contract.WaitOutcome.READY;
import static org.interruptor.engine.contract.WaitOutcome.TIMER;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6: the wait, in the form that blocks the vCPU's thread; each way out with each strategy. */
class BlockingWaitTest {
    private static final long MILLISECOND = 4096 * 1000L;

    static Stream<Named<WaitStrategy>> strategies() {
        return Stream.of(
                Named.of("park", WaitStrategy.park()),
                Named.of("spin", WaitStrategy.spin()),
                Named.of("spinThenPark", WaitStrategy.spinThenPark(1000)),
                Named.of("adaptive", WaitStrategy.adaptive(1, 1000)));
    }

    private static TestMachine machine(WaitStrategy strategy) {
        return TestMachine.of(2, options -> options.waitStrategy(strategy));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aFloatingOneEndsIt(WaitStrategy strategy) {
        TestMachine machine = machine(strategy);
        Waiter waiter = Waiter.of(machine.cpu(0));
        machine.virtio(1);

        assertThat(waiter.outcome()).isEqualTo(READY);
        assertThat(machine.machine().idleCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aLocalOneEndsIt(WaitStrategy strategy) {
        TestMachine machine = machine(strategy);
        Waiter waiter = Waiter.of(machine.cpu(0));
        machine.cpu(0).emergency();

        assertThat(waiter.outcome()).isEqualTo(READY);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aDueClockComparatorThatIsMaskedDoesNotEndIt(WaitStrategy strategy) {
        TestVcpu cpu = machine(strategy).cpu(0).comparatorDue().mask(COMPARATOR);
        Waiter waiter = Waiter.of(cpu);
        cpu.handle().kick();

        assertThat(waiter.outcome()).isEqualTo(KICKED);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aKickEndsIt(WaitStrategy strategy) {
        TestMachine machine = machine(strategy);
        Waiter waiter = Waiter.of(machine.cpu(0));
        machine.cpu(0).handle().kick();

        assertThat(waiter.outcome()).isEqualTo(KICKED);
        assertThat(machine.cpu(0).handle().isKickPending()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void closingEndsIt(WaitStrategy strategy) {
        TestMachine machine = machine(strategy);
        Waiter waiter = Waiter.of(machine.cpu(0));
        machine.machine().close();

        assertThat(waiter.outcome()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anInterruptEndsItAndTheStatusIsKept(WaitStrategy strategy) throws InterruptedException {
        Waiter waiter = Waiter.of(machine(strategy).cpu(0));
        waiter.thread().interrupt();

        assertThat(waiter.outcome()).isEqualTo(INTERRUPTED);
        assertThat(waiter.isInterruptedAtTheEnd()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void theClockComparatorEndsItAndNeverAUnitEarly(WaitStrategy strategy) {
        TodClock clock = TodClock.system();
        TestVcpu cpu = TestMachine.of(
                        1, options -> options.waitStrategy(strategy).clock(clock))
                .cpu(0);
        Set<WaitOutcome> outcomes = EnumSet.noneOf(WaitOutcome.class);
        for (int i = 0; i < 20; i++) {
            long comparator = clock.tod() + MILLISECOND;
            outcomes.add(cpu.comparator(comparator).vcpu().enterWait());
            assertThat(clock.tod()).isGreaterThan(comparator);
        }

        // A thread that gets no processor for a millisecond enters when it is due already.
        assertThat(outcomes).contains(TIMER).isSubsetOf(TIMER, READY);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aDeadlineOfNoNanosecondsIsOne(WaitStrategy strategy) {
        TestMachine machine = machine(strategy);
        Waiter waiter = Waiter.of(machine.cpu(0).comparator(TestMachine.CLOCK_AT_FIRST)); // not due, by a unit
        machine.clock().advance(1);

        assertThat(waiter.outcome()).isEqualTo(TIMER);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anInterruptEndsOneWithATimerToo(WaitStrategy strategy) {
        TestMachine machine = machine(strategy);
        Waiter waiter = Waiter.of(machine.cpu(0).comparator(Long.MAX_VALUE));
        waiter.thread().interrupt();

        assertThat(waiter.outcome()).isEqualTo(INTERRUPTED);
    }

    @Test
    void anInterruptFromBeforeEndsItAtOnceAndTheStatusIsKept() throws InterruptedException {
        TestMachine machine = machine(WaitStrategy.park());
        Waiter waiter = Waiter.interrupted(machine.cpu(0));

        assertThat(waiter.outcome()).isEqualTo(INTERRUPTED);
        assertThat(waiter.isInterruptedAtTheEnd()).isTrue();
        assertThat(machine.machine().idleCount()).isZero();
        assertThat(machine.cpu(0).counter(Counter.EXIT_WAIT_STATE)).isEqualTo(1);
    }

    @Test
    void anInterruptTakesNoKick() {
        TestVcpu cpu = machine(WaitStrategy.park()).cpu(0);
        cpu.handle().kick();

        assertThat(Waiter.interrupted(cpu).outcome()).isEqualTo(INTERRUPTED);
        assertThat(cpu.handle().isKickPending()).isTrue();
    }

    @Test
    void closedComesBeforeAnInterrupt() {
        TestMachine machine = machine(WaitStrategy.park());
        machine.machine().close();

        assertThat(Waiter.interrupted(machine.cpu(0)).outcome()).isEqualTo(CLOSED);
    }

    @Test
    void aKickFromBeforeEndsItAtOnce() {
        TestVcpu cpu = machine(WaitStrategy.park()).cpu(0);
        cpu.handle().kick();

        assertThat(cpu.vcpu().enterWait()).isEqualTo(KICKED);
    }

    @Test
    void itIsReadyOrDisabledWithoutBlocking() {
        TestVcpu cpu = machine(WaitStrategy.park()).cpu(0);

        assertThat(cpu.emergency().vcpu().enterWait()).isEqualTo(READY);
        cpu.deliver();
        assertThat(cpu.comparatorDue().vcpu().enterWait()).isEqualTo(READY);
        assertThat(cpu.pswMask(0).vcpu().enterWait()).isEqualTo(DISABLED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE})
    void permitsFromElsewhereDoNotEndIt(long comparator) {
        TestVcpu cpu =
                machine(WaitStrategy.park()).cpu(0).comparator(comparator).mask(comparator == -1 ? COMPARATOR : 0);
        Waiter waiter = Waiter.parked(cpu);
        for (int i = 0; i < 100; i++) {
            long parks = waiter.parks();
            LockSupport.unpark(waiter.thread());
            Waiter.await("the thread to be parked again", () -> waiter.parks() > parks);
        }

        assertThat(waiter.isWaiting()).isTrue();
        assertThat(cpu.handle().isWaiting()).isTrue();
        assertThat(cpu.emergency().counter(Counter.WAKEUPS_FOR_NOTHING)).isZero();
        assertThat(waiter.outcome()).isEqualTo(READY);
    }

    @Test
    void whatMayNotBeTakenDoesNotEndIt() {
        TestMachine machine = machine(WaitStrategy.park());
        TestVcpu cpu = machine.cpu(0).mask(EMERGENCY | FLOATING);
        Waiter waiter = Waiter.parked(cpu);
        cpu.emergency();
        machine.virtio(1);
        cpu.restart();

        assertThat(waiter.outcome()).isEqualTo(READY);
        assertThat(cpu.counter(Counter.WAKEUPS)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void oneThatFindsNothingSleepsOnAndTheWaitIsNotCountedAgain(WaitStrategy strategy) {
        TestVcpu cpu = machine(strategy).cpu(0);
        Waiter waiter = Waiter.of(cpu);
        for (int i = 1; i <= 10; i++) {
            long wakeUps = i;
            notifyOfNothing(cpu.handle());
            Waiter.await("it to look", () -> cpu.counter(Counter.WAKEUPS_FOR_NOTHING) == wakeUps);
            Waiter.await("it to wait again", cpu.handle()::isWaiting);
        }

        assertThat(waiter.isWaiting()).isTrue();
        cpu.emergency();
        assertThat(waiter.outcome()).isEqualTo(READY);
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isEqualTo(1);
    }

    /** What an injector does whose interruption another vCPU takes before this one has looked. */
    private static void notifyOfNothing(VcpuHandle vcpu) {
        assertThat(vcpu.isWaiting()).isTrue();
        vcpu.waitWord().claimAndWake(Gate.SERVICE);
    }

    @Test
    void theClockComparatorStillEndsItAfterAWakeUpForNothing() {
        TestMachine machine = machine(WaitStrategy.spin());
        TestVcpu cpu = machine.cpu(0).comparator(TestMachine.CLOCK_AT_FIRST);
        Waiter waiter = Waiter.of(cpu);
        notifyOfNothing(cpu.handle());
        Waiter.await("it to look", () -> cpu.counter(Counter.WAKEUPS_FOR_NOTHING) == 1);
        machine.clock().advance(1);

        assertThat(waiter.outcome()).isEqualTo(TIMER);
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isEqualTo(1);
    }

    @Test
    void eachOfManyWaitersIsWokenByItsOwnInjection() {
        TestMachine machine = TestMachine.of(8);
        var waiters = machine.cpus().stream().map(Waiter::of).toList();
        for (int i = 0; i < 8; i++) {
            machine.virtio(i);
        }

        assertThat(waiters).extracting(Waiter::outcome).containsOnly(READY);
    }
}
