package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.wake.WaitWord;
import org.junit.jupiter.api.Test;

/** Section 6: how long a wait spins before it parks. */
class WaitStrategyTest {
    /** A strategy that parks at once and notes what it is told. */
    private static final class Noting implements WaitStrategy {
        final List<String> told = new CopyOnWriteArrayList<>();
        private final int spins;
        private final long deadlineSpinNanos;

        Noting(int spins) {
            this(spins, 0);
        }

        Noting(int spins, long deadlineSpinNanos) {
            this.spins = spins;
            this.deadlineSpinNanos = deadlineSpinNanos;
        }

        @Override
        public long deadlineSpinNanos() {
            return deadlineSpinNanos;
        }

        @Override
        public int firstSpins() {
            return spins;
        }

        @Override
        public int nextSpins(int spun, long parkedNanos) {
            boolean isWithinAMinute = parkedNanos > 0 && parkedNanos < 60_000_000_000L;
            told.add(spun + (isWithinAMinute ? " parked" : parkedNanos == 0 ? " not parked" : " " + parkedNanos));
            return spun == WITHOUT_END ? spun : spun + 1;
        }
    }

    @Test
    void parkSpinsNeverNotEvenBeforeADeadline() {
        assertThat(WaitStrategy.park().firstSpins()).isZero();
        assertThat(WaitStrategy.park().nextSpins(0, 10)).isZero();
        assertThat(WaitStrategy.park().deadlineSpinNanos()).isZero();
    }

    @Test
    void spinNeverParks() {
        assertThat(WaitStrategy.spin().firstSpins()).isEqualTo(WaitStrategy.WITHOUT_END);
        assertThat(WaitStrategy.spin().nextSpins(WaitStrategy.WITHOUT_END, 0)).isEqualTo(WaitStrategy.WITHOUT_END);
    }

    @Test
    void spinThenParkSpinsAFixedNumberOfLooks() {
        WaitStrategy strategy = WaitStrategy.spinThenPark(7);

        assertThat(strategy.firstSpins()).isEqualTo(7);
        assertThat(strategy.nextSpins(7, 1)).isEqualTo(7);
        assertThat(strategy.nextSpins(7, 1_000_000_000)).isEqualTo(7);
        assertThat(strategy.deadlineSpinNanos()).isEqualTo(100_000);
    }

    @Test
    void spinYieldParkSpinsAndThenYieldsAFixedNumberOfTimes() {
        WaitStrategy strategy = WaitStrategy.spinYieldPark(7, 9);

        assertThat(strategy.firstSpins()).isEqualTo(7);
        assertThat(strategy.nextSpins(7, 1)).isEqualTo(7);
        assertThat(strategy.yields()).isEqualTo(9);
        assertThat(WaitStrategy.spinThenPark(7).yields()).isZero();
    }

    @Test
    void adaptiveDoublesAfterShortParksAndHalvesAfterLongOnesWithinItsBounds() {
        WaitStrategy strategy = WaitStrategy.adaptive(10, 100);

        assertThat(strategy.firstSpins()).isEqualTo(10);
        assertThat(strategy.nextSpins(10, 49_999)).isEqualTo(20);
        assertThat(strategy.nextSpins(80, 1)).isEqualTo(100);
        assertThat(strategy.nextSpins(40, 50_000)).isEqualTo(20);
        assertThat(strategy.nextSpins(15, 1_000_000_000)).isEqualTo(10);
        assertThat(strategy.nextSpins(33, 0)).isEqualTo(33);
    }

    @Test
    void adaptiveDoesNotOverflow() {
        WaitStrategy strategy = WaitStrategy.adaptive(1, Integer.MAX_VALUE);

        assertThat(strategy.nextSpins(Integer.MAX_VALUE - 1, 1)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void numbersOfLooksThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> WaitStrategy.spinThenPark(-1)).hasMessage("spins=-1: expected at least 0");
        assertThatThrownBy(() -> WaitStrategy.spinYieldPark(-1, 0)).hasMessage("spins=-1: expected at least 0");
        assertThatThrownBy(() -> WaitStrategy.spinYieldPark(0, -1)).hasMessage("yields=-1: expected at least 0");
        assertThatThrownBy(() -> WaitStrategy.adaptive(0, 1)).hasMessage("spins=0: expected at least 1");
        assertThatThrownBy(() -> WaitStrategy.adaptive(5, 4)).hasMessage("spins=4: expected at least 5");
    }

    @Test
    void aWaitTellsTheStrategyWhetherItWasParkedAndGivesTheNextItsAnswer() {
        Noting strategy = new Noting(0);
        TestVcpu cpu =
                TestMachine.of(1, options -> options.waitStrategy(strategy)).cpu(0);
        for (int i = 0; i < 3; i++) {
            Waiter waiter = Waiter.parked(cpu);
            cpu.emergency();
            waiter.outcome();
            cpu.deliver();
        }

        assertThat(strategy.told).containsExactly("0 parked", "1 parked", "2 parked");
    }

    @Test
    void aWaitThatSpunToItsEndWasNotParked() {
        Noting strategy = new Noting(WaitStrategy.WITHOUT_END);
        TestVcpu cpu =
                TestMachine.of(1, options -> options.waitStrategy(strategy)).cpu(0);
        Waiter waiter = Waiter.of(cpu);
        cpu.emergency();
        waiter.outcome();

        assertThat(strategy.told).containsExactly(WaitStrategy.WITHOUT_END + " not parked");
    }

    @Test
    void aWaitThatEndsAtItsFirstLookTellsTheStrategyNothing() {
        Noting strategy = new Noting(0);
        TestVcpu cpu =
                TestMachine.of(1, options -> options.waitStrategy(strategy)).cpu(0);
        cpu.emergency().vcpu().enterWait();

        assertThat(strategy.told).isEmpty();
    }

    @Test
    void theLastStretchBeforeTheClockComparatorIsSpun() {
        TestVcpu cpu = TestMachine.of(1, options -> options.waitStrategy(new Noting(0, Long.MAX_VALUE / 4)))
                .cpu(0)
                .comparator(Long.MAX_VALUE); // some 71 years; the stretch is 73
        Waiter waiter = Waiter.of(cpu);
        Waiter.await(
                "the wait to be past its spinning",
                () -> cpu.handle().waitWord().state() == WaitWord.PARKED);
        for (int i = 0; i < 100; i++) {
            assertThat(waiter.thread().getState()).isEqualTo(Thread.State.RUNNABLE);
        }

        cpu.emergency();
        assertThat(waiter.outcome()).isEqualTo(WaitOutcome.READY);
    }

    @Test
    void aSpinningVcpuIsAwake() {
        TestVcpu cpu = TestMachine.of(1, options -> options.waitStrategy(WaitStrategy.spin()))
                .cpu(0);
        Waiter waiter = Waiter.of(cpu);

        assertThat(waiter.thread().getState()).isEqualTo(Thread.State.RUNNABLE);
        assertThat(cpu.handle().waitWord().state()).isEqualTo(WaitWord.SPINNING);
        cpu.emergency();
        assertThat(waiter.outcome()).isEqualTo(WaitOutcome.READY);
    }

    private static TestVcpu yielding(int yields) {
        return TestMachine.of(1, options -> options.waitStrategy(WaitStrategy.spinYieldPark(3, yields)))
                .cpu(0);
    }

    @Test
    void aYieldingVcpuIsAwakeAndSeesThatItWasClaimed() {
        TestVcpu cpu = yielding(Integer.MAX_VALUE);
        Waiter waiter = Waiter.of(cpu);

        assertThat(waiter.thread().getState()).isEqualTo(Thread.State.RUNNABLE);
        assertThat(cpu.handle().waitWord().state()).isEqualTo(WaitWord.SPINNING);
        cpu.emergency();
        assertThat(waiter.outcome()).isEqualTo(WaitOutcome.READY);
    }

    @Test
    void aYieldingVcpuSeesThatItIsInterrupted() {
        Waiter waiter = Waiter.of(yielding(Integer.MAX_VALUE));

        waiter.thread().interrupt();
        assertThat(waiter.outcome()).isEqualTo(WaitOutcome.INTERRUPTED);
    }

    @Test
    void aYieldingVcpuSeesThatTheClockComparatorIsDue() {
        SettableTodClock clock = new SettableTodClock(0);
        TestVcpu cpu = TestMachine.of(
                        1,
                        options -> options.waitStrategy(WaitStrategy.spinYieldPark(0, Integer.MAX_VALUE))
                                .clock(clock))
                .cpu(0)
                .comparator(1000);
        Waiter waiter = Waiter.of(cpu);

        clock.set(1001);
        assertThat(waiter.outcome()).isEqualTo(WaitOutcome.TIMER);
    }

    @Test
    void aVcpuThatHasYieldedInVainParks() {
        TestVcpu cpu = yielding(10);
        Waiter waiter = Waiter.parked(cpu);

        cpu.emergency();
        assertThat(waiter.outcome()).isEqualTo(WaitOutcome.READY);
    }
}
