package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ALL_GATES;
import static org.interruptor.engine.TestMachine.ENABLED;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The paths that count allocate nothing: by the JVM's own account of what a thread has allocated. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int OPERATIONS = 20_000;

    /** Two vCPUs with their gates open, without a listener, on the host's clock. */
    private final Machine machine = Machine.builder(GuestMemory.wrap(new byte[0x4000]))
            .vcpus(2)
            .localCapacity(2)
            .floatingCapacity(2)
            .waitStrategy(WaitStrategy.park())
            .build();

    private final Vcpu vcpu = open(machine.vcpu(0));
    private final Vcpu other = open(machine.vcpu(1));
    private final Runnable callback = this::wokenUp;

    private static Vcpu open(Vcpu vcpu) {
        Lowcore lowcore = new Lowcore();
        lowcore.wrap(vcpu.machine().storage(), 0);
        lowcore.externalNewPswMask(ENABLED);
        lowcore.programNewPswMask(ENABLED);
        lowcore.restartNewPswMask(ENABLED);
        vcpu.registers().psw(ENABLED, 0);
        vcpu.registers().control(0, ALL_GATES);
        return vcpu;
    }

    private void wokenUp() {}

    private static void assertAllocatesNothing(Runnable operation) {
        repeat(operation); // links what is linked at the first call
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && least > 0; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            repeat(operation);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in %d operations", OPERATIONS).isZero();
    }

    private static void repeat(Runnable operation) {
        for (int i = 0; i < OPERATIONS; i++) {
            operation.run();
        }
    }

    private void inject(InterruptionType type) {
        switch (type) {
            case PROGRAM -> vcpu.injectProgram(1);
            case STOP -> vcpu.injectStop();
            case SET_PREFIX -> vcpu.injectSetPrefix(0);
            case RESTART -> vcpu.injectRestart();
            case EMERGENCY_SIGNAL -> vcpu.injectEmergency();
            case CLOCK_COMPARATOR -> vcpu.registers().clockComparator(0);
            case SERVICE_SIGNAL -> machine.injectService(1);
            case VIRTIO -> machine.injectVirtio(1, 2);
        }
    }

    @Test
    void theAccountNoticesAnAllocation() {
        Object[] kept = new Object[1];
        repeat(() -> kept[0] = new long[1]);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(() -> kept[0] = new long[1]);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isGreaterThanOrEqualTo(8L * OPERATIONS);
    }

    @ParameterizedTest
    @EnumSource
    void injectAskAndDeliver(InterruptionType type) {
        assertAllocatesNothing(() -> {
            inject(type);
            if (!vcpu.isPending() || vcpu.deliverPending() != 1) {
                throw new AssertionError("not delivered");
            }
            vcpu.registers().clockComparator(-1);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOCK_COMPARATOR")
    void injectByRawNumber(InterruptionType type) {
        assertAllocatesNothing(() -> {
            if (type.isFloating()) {
                machine.inject(type.rawNumber(), 1, 2);
            } else {
                vcpu.inject(type.rawNumber(), 0);
            }
            vcpu.deliverPending();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aWaitThatIsCalledBackAndEnded(InterruptionType type) {
        assertAllocatesNothing(() -> {
            if (vcpu.beginWait(callback) != WaitOutcome.WAITING) {
                throw new AssertionError("not waiting");
            }
            if (type == InterruptionType.CLOCK_COMPARATOR) {
                vcpu.kick();
            } else {
                inject(type);
            }
            vcpu.endWait();
            vcpu.deliverPending();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aBlockingWaitThatIsReadyAtOnce(InterruptionType type) {
        assertAllocatesNothing(() -> {
            inject(type);
            vcpu.enterWait();
            vcpu.deliverPending();
            vcpu.registers().clockComparator(-1);
        });
    }

    static Stream<Named<Consumer<AllocationTest>>> refusals() {
        return Stream.of(
                Named.of("full floating queue", test -> test.machine.injectVirtio(1, 2)),
                Named.of("full local queue", test -> test.vcpu.injectStop()),
                Named.of("full, of the vCPU's own", test -> test.vcpu.raiseProgram(1)),
                Named.of("unknown floating type", test -> test.machine.inject(7, 1, 2)),
                Named.of("unknown local type", test -> test.vcpu.inject(7, 1)),
                Named.of("program code", test -> test.vcpu.injectProgram(-1)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsRefused(Consumer<AllocationTest> injection) {
        machine.injectService(1);
        machine.injectService(2);
        vcpu.injectRestart();
        vcpu.injectRestart();

        assertAllocatesNothing(() -> injection.accept(this));
    }

    @Test
    void whatAClosedMachineRefuses() {
        machine.close();

        assertAllocatesNothing(() -> {
            machine.injectVirtio(1, 2);
            vcpu.injectEmergency();
            vcpu.enterWait();
            vcpu.deliverPending();
        });
    }

    @Test
    void passingOverHandingOnAndAskingWhetherToLeave() {
        machine.injectService(1);
        vcpu.injectEmergency();
        vcpu.registers().control(0, 0);
        other.registers().control(0, 0);

        assertAllocatesNothing(() -> {
            vcpu.deliverPending();
            vcpu.beginWait(callback);
            other.deliverPending();
            vcpu.kick();
            vcpu.endWait();
            vcpu.loadPsw(ENABLED, 0);
            vcpu.loadControl(0, 0);
            vcpu.isAttention();
            vcpu.flags();
            vcpu.nanosToClockComparator();
            vcpu.counter(Counter.WAKEUPS);
        });
    }

    @Test
    void stoppingStartingResettingAndKicking() {
        assertAllocatesNothing(() -> {
            vcpu.injectStop();
            vcpu.stop();
            vcpu.reset();
            vcpu.start();
            vcpu.kick();
            vcpu.takeKick();
            vcpu.takeStopOnStop();
        });
    }

    @Test
    void aProgramInterruptionOfTheVcpusOwn() {
        assertAllocatesNothing(() -> {
            vcpu.raiseProgram(1);
            vcpu.deliverPending();
        });
    }
}
