package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.ALL_GATES;
import static org.interruptor.engine.TestMachine.ENABLED;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.junit.jupiter.api.BeforeEach;
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
            .rules(Rules.ORIGINAL)
            .vcpus(2)
            .localCapacity(2)
            .floatingCapacity(2)
            .waitStrategy(WaitStrategy.park())
            .build();

    private final VcpuHandle handle = machine.vcpu(0);
    private final VcpuHandle otherHandle = machine.vcpu(1);
    private final Runnable callback = this::wokenUp;

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    private Vcpu other() {
        return Guest.own(otherHandle);
    }

    @BeforeEach
    void open() {
        for (int i = 0; i < machine.vcpuCount(); i++) {
            Vcpu vcpu = machine.vcpu(i).owner();
            Lowcore lowcore = new Lowcore();
            lowcore.wrap(machine.storage(), 0);
            lowcore.externalNewPswMask(ENABLED);
            lowcore.programNewPswMask(ENABLED);
            lowcore.restartNewPswMask(ENABLED);
            vcpu.registers().psw(ENABLED, 0);
            vcpu.registers().control(0, ALL_GATES);
        }
    }

    private void wokenUp() {}

    /** Runs an operation often, and asserts that its thread allocated nothing. */
    static void assertAllocatesNothing(Runnable operation) {
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
            case PROGRAM -> handle.injectProgram(1);
            case STOP -> handle.injectStop();
            case SET_PREFIX -> handle.injectSetPrefix(0);
            case RESTART -> handle.injectRestart();
            case EMERGENCY_SIGNAL -> handle.injectEmergency();
            case CLOCK_COMPARATOR -> vcpu().registers().clockComparator(0);
            case SERVICE_SIGNAL -> machine.injectService(1);
            case VIRTIO -> machine.injectVirtio(1, 2);
            default -> throw new IllegalArgumentException(type + " is not one of the original's");
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
    @EnumSource(
            names = "PROGRAM|STOP|SET_PREFIX|RESTART|EMERGENCY_SIGNAL|CLOCK_COMPARATOR|SERVICE_SIGNAL|VIRTIO",
            mode = EnumSource.Mode.MATCH_ALL)
    void injectAskAndDeliver(InterruptionType type) {
        assertAllocatesNothing(() -> {
            inject(type);
            if (!vcpu().isPending() || vcpu().deliverPending() != 1) {
                throw new AssertionError("not delivered");
            }
            vcpu().registers().clockComparator(-1);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"PROGRAM", "STOP", "SET_PREFIX", "RESTART", "EMERGENCY_SIGNAL", "SERVICE_SIGNAL", "VIRTIO"})
    void injectByRawNumber(InterruptionType type) {
        assertAllocatesNothing(() -> {
            if (type.isFloating()) {
                machine.inject(type.rawNumber(), 1, 2);
            } else {
                handle.inject(type.rawNumber(), 0);
            }
            vcpu().deliverPending();
        });
    }

    @ParameterizedTest
    @EnumSource(
            names = "PROGRAM|STOP|SET_PREFIX|RESTART|EMERGENCY_SIGNAL|CLOCK_COMPARATOR|SERVICE_SIGNAL|VIRTIO",
            mode = EnumSource.Mode.MATCH_ALL)
    void aWaitThatIsCalledBackAndEnded(InterruptionType type) {
        assertAllocatesNothing(() -> {
            if (vcpu().beginWait(callback) != WaitOutcome.WAITING) {
                throw new AssertionError("not waiting");
            }
            if (type == InterruptionType.CLOCK_COMPARATOR) {
                handle.kick();
            } else {
                inject(type);
            }
            vcpu().endWait();
            vcpu().deliverPending();
        });
    }

    @ParameterizedTest
    @EnumSource(
            names = "PROGRAM|STOP|SET_PREFIX|RESTART|EMERGENCY_SIGNAL|CLOCK_COMPARATOR|SERVICE_SIGNAL|VIRTIO",
            mode = EnumSource.Mode.MATCH_ALL)
    void aBlockingWaitThatIsReadyAtOnce(InterruptionType type) {
        assertAllocatesNothing(() -> {
            inject(type);
            vcpu().enterWait();
            vcpu().deliverPending();
            vcpu().registers().clockComparator(-1);
        });
    }

    static Stream<Named<Consumer<AllocationTest>>> refusals() {
        return Stream.of(
                Named.of("full floating queue", test -> test.machine.injectVirtio(1, 2)),
                Named.of("full local queue", test -> test.handle.injectStop()),
                Named.of("full, of the vCPU's own", test -> test.vcpu().raiseProgram(1)),
                Named.of("unknown floating type", test -> test.machine.inject(7, 1, 2)),
                Named.of("unknown local type", test -> test.handle.inject(7, 1)),
                Named.of("program code", test -> test.handle.injectProgram(-1)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsRefused(Consumer<AllocationTest> injection) {
        machine.injectService(1);
        machine.injectService(2);
        handle.injectRestart();
        handle.injectRestart();

        assertAllocatesNothing(() -> injection.accept(this));
    }

    @Test
    void whatAClosedMachineRefuses() {
        machine.close();

        assertAllocatesNothing(() -> {
            machine.injectVirtio(1, 2);
            handle.injectEmergency();
            vcpu().enterWait();
            vcpu().deliverPending();
        });
    }

    @Test
    void passingOverHandingOnAndAskingWhetherToLeave() {
        machine.injectService(1);
        handle.injectEmergency();
        vcpu().registers().control(0, 0);
        other().registers().control(0, 0);

        assertAllocatesNothing(() -> {
            vcpu().deliverPending();
            vcpu().beginWait(callback);
            other().deliverPending();
            handle.kick();
            vcpu().endWait();
            vcpu().loadPsw(ENABLED, 0);
            vcpu().loadControl(0, 0);
            vcpu().isAttention();
            vcpu().flags();
            vcpu().nanosToTimer();
            handle.counter(Counter.WAKEUPS);
        });
    }

    @Test
    void stoppingStartingResettingAndKicking() {
        assertAllocatesNothing(() -> {
            handle.injectStop();
            vcpu().stop();
            vcpu().reset();
            handle.start();
            handle.kick();
            vcpu().takeKick();
            handle.takeStopOnStop();
        });
    }

    @Test
    void aProgramInterruptionOfTheVcpusOwn() {
        assertAllocatesNothing(() -> {
            vcpu().raiseProgram(1);
            vcpu().deliverPending();
        });
    }
}
