package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.CLOCK_AT_FIRST;
import static org.interruptor.engine.TestMachine.COMPARATOR;
import static org.interruptor.engine.TestMachine.ENABLED;
import static org.interruptor.engine.contract.WaitOutcome.READY;
import static org.interruptor.engine.contract.WaitOutcome.TIMER;
import static org.interruptor.engine.contract.WaitOutcome.WAITING;

import java.math.BigInteger;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 6, step 3: the clock comparator in the wait. */
class ComparatorWaitTest {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    @Test
    void theDeadlineIsInNanosecondsFromTheBeginningOfTheWait() {
        cpu.comparator(CLOCK_AT_FIRST + 4096 * 1000L).waits();

        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(1_000_000);
    }

    @Test
    void theDeadlineCountsFromTheOneReadingNotFromWhenItIsAskedFor() {
        cpu.comparator(CLOCK_AT_FIRST + 4096).waits();
        machine.clock().advance(2048);

        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(1000);
    }

    @Test
    void theEpochMovesTheDeadline() {
        cpu.registers().epoch(-4096);
        cpu.comparator(CLOCK_AT_FIRST + 4096).waits();

        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(2000);
    }

    @Test
    void dueAtTheReadingIsReady() {
        assertThat(cpu.comparatorDue().beginWait()).isEqualTo(READY);
    }

    @Test
    void equalAtTheReadingIsNotDueYet() {
        assertThat(cpu.comparator(CLOCK_AT_FIRST).beginWait()).isEqualTo(WAITING);
        assertThat(cpu.vcpu().waitDeadlineNanos()).isZero();
    }

    @Test
    void theTimerIsNeverAUnitEarly() {
        cpu.comparator(CLOCK_AT_FIRST + 10).waits();

        machine.clock().advance(10);
        assertThat(cpu.endWait()).isEqualTo(WAITING);
        machine.clock().advance(1);
        assertThat(cpu.endWait()).isEqualTo(TIMER);
        assertThat(machine.machine().idleCount()).isZero();
        assertThat(cpu.deliver()).containsExactly(InterruptionType.CLOCK_COMPARATOR);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x4a00", // PSW
        "0x0200000000000000, 0x4a00",
        "0x0100000000000000, 0x4200" // CR0
    })
    void withItsGateClosedNoTimerIsSet(String psw, String cr0) {
        cpu.pswMask(GatesTest.bits(psw) | PswMask.IO)
                .cr0(GatesTest.bits(cr0))
                .comparatorDue()
                .waits();
        machine.clock().advance(1000);

        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(-1);
        assertThat(cpu.endWait()).isEqualTo(WAITING);
    }

    @Test
    void aWaitWithoutATimerHasNoneLeftFromTheWaitBefore() {
        cpu.comparator(CLOCK_AT_FIRST + 10).waits();
        machine.clock().advance(11);
        cpu.endWait();
        cpu.mask(COMPARATOR).waits();

        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(-1);
        assertThat(cpu.endWait()).isEqualTo(WAITING);
    }

    @Test
    void aComparatorThatWrapsAroundIsFarAhead() {
        machine.clock().set(-1); // all ones
        cpu.registers().epoch(3); // the guest's clock reads 2
        cpu.comparator(4098).waits();

        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(1000);
        machine.clock().set(4096);
        assertThat(cpu.endWait()).isEqualTo(TIMER);
    }

    @Test
    void aComparatorOfAllOnesNeverComes() {
        cpu.comparator(-1).waits();

        machine.clock().set(-1);
        assertThat(cpu.endWait()).isEqualTo(WAITING);
        machine.clock().set(0);
        assertThat(cpu.endWait()).isEqualTo(WAITING);
    }

    @Test
    void theFarthestComparatorDoesNotOverflow() {
        machine.clock().set(0);
        cpu.comparator(-1).waits();

        BigInteger exact = TWO_TO_64
                .subtract(BigInteger.ONE)
                .multiply(BigInteger.valueOf(125))
                .shiftRight(9);
        assertThat(cpu.vcpu().waitDeadlineNanos()).isEqualTo(exact.longValueExact());
    }

    @Test
    void theTimeToWaitIsExactForAnyComparatorEpochAndClock() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long clock = random.nextLong();
            long epoch = random.nextInt(4) == 0 ? random.nextInt(1000) : random.nextLong();
            long comparator = random.nextInt(4) == 0 ? clock + epoch + random.nextInt(10_000) : random.nextLong();
            machine.clock().set(clock);
            cpu.registers().epoch(epoch);
            long nanos = cpu.comparator(comparator).vcpu().nanosToTimer();

            BigInteger guestTime = unsigned(clock).add(unsigned(epoch)).mod(TWO_TO_64);
            BigInteger difference = unsigned(comparator).subtract(guestTime).max(BigInteger.ZERO);
            assertThat(nanos)
                    .as("interruptor.seed=%d", seed)
                    .isEqualTo(difference
                            .multiply(BigInteger.valueOf(125))
                            .shiftRight(9)
                            .longValueExact());
        }
    }

    private static BigInteger unsigned(long value) {
        return value < 0 ? BigInteger.valueOf(value).add(TWO_TO_64) : BigInteger.valueOf(value);
    }

    @Test
    void enteringReadsTheClockOnce() {
        AtomicInteger readings = new AtomicInteger();
        Machine counting = Machine.builder(GuestMemory.wrap(new byte[0x2000]))
                .rules(Rules.ORIGINAL)
                .clock(readings::incrementAndGet)
                .build();
        Vcpu vcpu = counting.vcpu(0).bind();
        vcpu.registers().control(0, COMPARATOR);
        vcpu.registers().psw(ENABLED, 0);

        assertThat(vcpu.beginWait(() -> {})).isEqualTo(WAITING);
        assertThat(readings).hasValue(1);
    }

    @Test
    void aLateCallbackOfAWaitThatItsDeadlineEndedChangesNothing() {
        cpu.comparator(CLOCK_AT_FIRST).waits();
        machine.clock().advance(1);
        cpu.endWait();
        cpu.mask(COMPARATOR).waits();

        assertThat(cpu.endWait()).isEqualTo(WAITING); // what the late callback of the first makes the embedder do
        cpu.emergency();
        assertThat(machine.woken()).containsExactly(0);
        assertThat(cpu.endWait()).isEqualTo(READY);
    }
}
