package org.interruptor.engine.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.time.SetTimeProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 1 and 6: TOD values, and the clocks that give them. */
class TodClockTest {
    /** TOD value of 2042-09-17T23:53:47.370496Z, where 64 bits wrap around; from the Principles of Operation. */
    private static final Instant WRAP = Instant.parse("2042-09-17T23:53:47.370496Z");

    private static long tod(Instant instant) {
        long nanos = ChronoUnit.NANOS.between(Instant.parse("1900-01-01T00:00:00Z"), instant);
        return ((nanos / 1000) << 12) + nanos % 1000 * 4096 / 1000;
    }

    @Test
    void aUnitIs2ToTheMinus12Microseconds() {
        assertThat(TodClock.fromNanos(1000)).isEqualTo(4096);
        assertThat(TodClock.fromNanos(125)).isEqualTo(512);
        assertThat(TodClock.fromNanos(1)).isEqualTo(4);
        assertThat(TodClock.fromNanos(0)).isZero();
    }

    @Test
    void theUnixEpochIs70YearsAndTheirLeapDaysAfter1900() {
        assertThat(TodClock.UNIX_EPOCH).isEqualTo(tod(Instant.EPOCH)).isEqualTo(0x7d91048bca000000L);
        assertThat(tod(WRAP)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, -124, -125, -126, 124, 126, 1L << 62})
    void spansAreConvertedExactlyAtTheEdges(long nanos) {
        assertExact(nanos, "edge");
    }

    @Test
    void spansAreConvertedExactlyAndCutOff() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            assertExact(random.nextLong() >> random.nextInt(64), "interruptor.seed=" + seed);
        }
    }

    private static void assertExact(long nanos, String what) {
        BigInteger product = BigInteger.valueOf(nanos).multiply(BigInteger.valueOf(512));
        BigInteger[] quotient = product.divideAndRemainder(BigInteger.valueOf(125));
        BigInteger floor = quotient[1].signum() < 0 ? quotient[0].subtract(BigInteger.ONE) : quotient[0];

        assertThat(TodClock.fromNanos(nanos)).as(what).isEqualTo(floor.longValue()); // modulo 2^64
    }

    @Test
    void theSystemClockIsNearTheWallClock() {
        long millisecond = TodClock.fromNanos(TimeUnit.MILLISECONDS.toNanos(1));
        for (int i = 0; i < 100; i++) {
            long before = tod(Instant.now());
            long now = TodClock.system().tod();
            long after = tod(Instant.now());

            assertThat(now - before).isGreaterThan(-millisecond);
            assertThat(after - now).isGreaterThan(-millisecond);
        }
    }

    @Test
    void theSystemClockNeverGoesBackwardsAndMovesWithTheHosts() {
        TodClock clock = TodClock.system();
        long startNanos = System.nanoTime();
        long start = clock.tod();
        long last = start;
        for (int i = 0; i < 100_000; i++) {
            long now = clock.tod();
            assertThat(now - last).isNotNegative();
            last = now;
        }
        long elapsed = TodClock.fromNanos(System.nanoTime() - startNanos);

        assertThat(last - start).isPositive().isLessThanOrEqualTo(elapsed + 1); // cut off
    }

    @Test
    void behindAClockCanStandATimeProvider() {
        SetTimeProvider provider = new SetTimeProvider();
        TodClock clock = TodClock.of(provider);
        provider.currentTimeNanos(0);
        assertThat(clock.tod()).isEqualTo(TodClock.UNIX_EPOCH);

        provider.advanceMicros(1);
        assertThat(clock.tod()).isEqualTo(TodClock.UNIX_EPOCH + 4096);
        provider.currentTimeNanos(1_700_000_000_123_456_789L);
        assertThat(clock.tod()).isEqualTo(tod(Instant.ofEpochSecond(1_700_000_000, 123_456_789)));
    }

    @Test
    void aTimeProviderMayBeBefore1970AndBehindTheWrap() {
        SetTimeProvider provider = new SetTimeProvider(-1000);
        TodClock clock = TodClock.of(provider);
        assertThat(clock.tod()).isEqualTo(TodClock.UNIX_EPOCH - 4096);

        provider.currentTimeNanos(ChronoUnit.NANOS.between(Instant.EPOCH, WRAP) + 1000);
        assertThat(clock.tod()).isEqualTo(4096);
    }

    @Test
    void aSettableClockStandsStillUntilItIsSet() {
        SettableTodClock clock = new SettableTodClock(-5);
        assertThat(clock.tod()).isEqualTo(-5);
        assertThat(clock.tod()).isEqualTo(-5);

        clock.advance(7);
        assertThat(clock.tod()).isEqualTo(2);
        clock.advance(-3);
        assertThat(clock.tod()).isEqualTo(-1);
        clock.set(42);
        assertThat(clock.tod()).isEqualTo(42);
    }
}
