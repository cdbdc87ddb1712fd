package org.interruptor.tools.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Short soaks find nothing; a ledger that is told something false finds it. */
class SoakTest {
    private static final long MILLIS = 1_000_000;

    /** Of soaks that end as soon as they find what they have to. */
    private static final long LONG_MILLIS = 120_000;

    private final long seed = new SplittableRandom().nextLong();

    private SoakPlan plan(
            SoakMode mode, int vcpus, int injectors, int floatingCapacity, int localCapacity, long millis) {
        return plan(mode, Rules.ORIGINAL, vcpus, injectors, floatingCapacity, localCapacity, millis, Long.MAX_VALUE);
    }

    private SoakPlan plan(
            SoakMode mode,
            Rules rules,
            int vcpus,
            int injectors,
            int floatingCapacity,
            int localCapacity,
            long millis,
            long count) {
        System.out.println("SoakTest: seed " + seed);
        return new SoakPlan(
                mode,
                rules,
                vcpus,
                injectors,
                millis * MILLIS,
                count,
                600 * MILLIS,
                seed,
                floatingCapacity,
                localCapacity,
                WaitStrategy.spinThenPark(100),
                null,
                TimeUnit.SECONDS.toNanos(120));
    }

    private Soak soak(SoakPlan plan, UnaryOperator<EngineListener> wrapping) throws InterruptedException {
        Soak soak = new Soak(plan, (nanos, delivered, machines) -> {}, wrapping);
        soak.run();
        return soak;
    }

    @ParameterizedTest(name = "{0}, {1} vCPUs, {2} injectors, {3} and {4} places")
    @CsvSource({
        "FAULTS, 1, 1, 1024, 64",
        "FAULTS, 2, 2, 64, 16",
        "FAULTS, 2, 3, 2, 2",
        "FAULTS, 64, 3, 1024, 64",
        "SPIN, 1, 1, 1024, 64",
        "SPIN, 2, 2, 1024, 64",
        "SPIN, 64, 2, 1024, 64"
    })
    void nothingIsLostDoubledReorderedOrSleptThrough(
            SoakMode mode, int vcpus, int injectors, int floatingCapacity, int localCapacity)
            throws InterruptedException {
        Soak soak = soak(plan(mode, vcpus, injectors, floatingCapacity, localCapacity, 1500), UnaryOperator.identity());
        for (long millis = 3000; soak.totals().delivered() == 0 && millis < 60_000; millis *= 2) { // it had no core
            soak = soak(
                    plan(mode, vcpus, injectors, floatingCapacity, localCapacity, millis), UnaryOperator.identity());
        }

        assertThat(soak.violations().descriptions()).as("seed " + seed).isEmpty();
        assertThat(soak.totals().delivered()).isPositive();
        assertThat(soak.totals().quietPhases).isPositive();
        assertThat(soak.totals().machines()).isPositive();
    }

    @ParameterizedTest(name = "{0} vCPUs, {1} injectors, {2} and {3} places")
    @CsvSource({"1, 1, 1024, 64", "2, 2, 64, 16", "2, 3, 2, 2", "16, 3, 1024, 64"})
    void ofAllClassesNothingIsLostDoubledReorderedOrSleptThrough(
            int vcpus, int injectors, int floatingCapacity, int localCapacity) throws InterruptedException {
        Soak soak = null;
        for (long millis = 1500;
                soak == null || (soak.totals().delivered() == 0 && millis < 60_000);
                millis *= 2) { // else it had no core
            SoakPlan plan = plan(
                    SoakMode.FAULTS,
                    Rules.ARCHITECTURE,
                    vcpus,
                    injectors,
                    floatingCapacity,
                    localCapacity,
                    millis,
                    Long.MAX_VALUE);
            soak = soak(plan, UnaryOperator.identity());
        }

        assertThat(soak.violations().descriptions()).as("seed " + seed).isEmpty();
        assertThat(soak.totals().delivered()).isPositive();
        assertThat(soak.totals().machines()).isPositive();
    }

    @ParameterizedTest(name = "{0} told {1} times")
    @CsvSource({
        "IO, 0",
        "IO, 2",
        "ADAPTER, 0",
        "TIMING_ALERT, 2",
        "MEASUREMENT_ALERT, 0",
        "EMERGENCY_SIGNAL, 2",
        "EXTERNAL_CALL, 0",
        "PAGE_FAULT_INITIAL, 2",
        "PAGE_FAULT_COMPLETION, 0",
        "MACHINE_CHECK, 0",
        "SERVICE_SIGNAL, 2"
    })
    void ofAllClassesOneThatIsLostOrDoubledIsFound(InterruptionType type, int times) throws InterruptedException {
        SoakPlan plan = plan(SoakMode.FAULTS, Rules.ARCHITECTURE, 2, 2, 1024, 64, LONG_MILLIS, Long.MAX_VALUE);
        Soak soak = soak(plan, ledger -> losing(ledger, type, times));

        assertThat(soak.violations().any()).isTrue();
    }

    /** What the ledger hears instead of the delivery with a certain number, of a type. */
    private abstract static class Falsified implements EngineListener {
        private static final long AT = 100;

        private final InterruptionType type;
        private final AtomicLong heard = new AtomicLong();

        Falsified(InterruptionType type) {
            this.type = type;
        }

        @Override
        public void onDeliver(int vcpu, InterruptionType delivered, int parameter, long parameter64) {
            if (delivered == type && heard.incrementAndGet() == AT) {
                falsify(vcpu, delivered, parameter, parameter64);
            } else {
                tell(vcpu, delivered, parameter, parameter64);
            }
        }

        abstract void tell(int vcpu, InterruptionType delivered, int parameter, long parameter64);

        abstract void falsify(int vcpu, InterruptionType delivered, int parameter, long parameter64);
    }

    private static EngineListener losing(EngineListener ledger, InterruptionType type, int times) {
        return new Falsified(type) {
            @Override
            void tell(int vcpu, InterruptionType delivered, int parameter, long parameter64) {
                ledger.onDeliver(vcpu, delivered, parameter, parameter64);
            }

            @Override
            void falsify(int vcpu, InterruptionType delivered, int parameter, long parameter64) {
                for (int i = 0; i < times; i++) {
                    tell(vcpu, delivered, parameter, parameter64);
                }
            }
        };
    }

    @ParameterizedTest(name = "{0} told {1} times")
    @CsvSource({
        "VIRTIO, 0",
        "VIRTIO, 2",
        "SERVICE_SIGNAL, 0",
        "SERVICE_SIGNAL, 2",
        "EMERGENCY_SIGNAL, 0",
        "EMERGENCY_SIGNAL, 2",
        "RESTART, 0",
        "PROGRAM, 0",
        "PROGRAM, 2",
        "SET_PREFIX, 0",
        "SET_PREFIX, 2",
        "STOP, 2"
    })
    void oneThatIsLostOrDoubledIsFound(InterruptionType type, int times) throws InterruptedException {
        Soak soak = soak(plan(SoakMode.FAULTS, 2, 2, 1024, 64, LONG_MILLIS), ledger -> losing(ledger, type, times));

        assertThat(soak.violations().any()).isTrue();
    }

    @Test
    void oneThatChangesOnItsWayIsFound() throws InterruptedException {
        Soak soak = soak(
                plan(SoakMode.SPIN, 1, 1, 1024, 64, LONG_MILLIS), ledger -> new Falsified(InterruptionType.VIRTIO) {
                    @Override
                    void tell(int vcpu, InterruptionType delivered, int parameter, long parameter64) {
                        ledger.onDeliver(vcpu, delivered, parameter, parameter64);
                    }

                    @Override
                    void falsify(int vcpu, InterruptionType delivered, int parameter, long parameter64) {
                        tell(vcpu, delivered, parameter, parameter64 ^ 1);
                    }
                });

        assertThat(soak.violations().any()).isTrue();
    }

    @Test
    @Timeout(400)
    void oneThatAllocatesIsFound() throws InterruptedException {
        byte[][] last = new byte[1][];
        int[] count = new int[1];
        Soak soak;
        do { // on a busy host the quiet phases, between which it is measured, may be few
            SoakPlan plan = plan(SoakMode.SPIN, Rules.ORIGINAL, 1, 1, 1024, 64, 600_000, 4_000_000);
            soak = soak(plan, ledger -> new EngineListener() {
                @Override
                public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
                    if (++count[0] % 17 == 0) {
                        last[0] = new byte[0];
                    }
                    ledger.onDeliver(vcpu, type, parameter, parameter64);
                }
            });
        } while (!soak.totals().isAllocationMeasured());

        assertThat(soak.violations().descriptions()).singleElement().asString().contains("bytes for each interruption");
    }

    @Test
    void aViolationIsPrintedAndStatus1() throws InterruptedException {
        StringWriter out = new StringWriter();
        SoakReport report = new SoakReport(new PrintWriter(out), LONG_MILLIS * MILLIS, 0);
        SoakPlan plan = plan(SoakMode.FAULTS, 2, 2, 1024, 64, LONG_MILLIS);
        int status =
                SoakCommand.run(new Soak(plan, report, ledger -> losing(ledger, InterruptionType.VIRTIO, 2)), report);

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).contains("\nviolation: vCPU ").endsWith(" violations\n");
    }

    @ParameterizedTest
    @CsvSource({"200", "40", "2"})
    void progressStaysInOneRowOfTheTerminal(int columns) {
        StringWriter out = new StringWriter();
        SoakReport report = new SoakReport(new PrintWriter(out), MILLIS, columns);
        report.at(500_000, 1, 0);
        report.at(300 * MILLIS, 1_000_000_000, 1000);

        assertThat(out.toString().split("\r", -1))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(columns).doesNotContain("\n"));
    }

    @Test
    void anExceptionOfTheConductorIsAViolation() throws InterruptedException {
        Soak soak = soak(plan(SoakMode.FAULTS, 1, 1, 1024, 64, LONG_MILLIS), ledger -> {
            throw new IllegalStateException("no ledger");
        });

        assertThat(soak.violations().descriptions())
                .containsExactly("the conductor threw java.lang.IllegalStateException: no ledger");
    }

    @Test
    void theCommandPrintsSeedCountsAndThatThereIsNoViolation() {
        CommandRun run = CommandRun.of("soak", "--seconds", "1", "--life", "1", "--seed", "7", "--count", "1000");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("seed 7\n")
                .containsPattern("\ndelivered in all +[0-9,]+\n")
                .endsWith("\nno violation\n");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --vcpus 0              | --vcpus 0: expected 1 to 1024
                    --injectors 64         | --injectors 64: expected 1 to 63
                    --local-capacity 3     | --local-capacity 3: expected a power of two, 2 to 1048576
                    --count 0              | --count 0: expected 1 or more
                    --rules all            | --rules all: expected original or architecture
                    --mode spin --rules architecture | --rules architecture: expected original with --mode spin
                    --wait run             | --wait run: a soak's vCPUs wait; expected spin or park, for example
                    """)
    void aWrongOptionIsOneSentenceAndStatus2(String options, String sentence) {
        assertThat(CommandRun.of(("soak " + options).split(" ")))
                .isEqualTo(new CommandRun("", "interruptor soak: " + sentence + "\n", 2));
    }
}
