package org.interruptor.engine;

import static org.interruptor.engine.AllocationTest.assertAllocatesNothing;

import java.util.Arrays;
import java.util.stream.Stream;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link AllocationTest}, for each class under architecture rules: 0 bytes. */
class ArchitectureAllocationTest {
    private static final int SENSE = 1;

    private final TestMachine machine = ArchitectureMachine.of(2, options -> options.listener(new EngineListener() {}));
    private final TestVcpu cpu = machine.cpu(0);
    private final Runnable callback = ArchitectureAllocationTest::wokenUp;
    private final IoSource[] sources = new IoSource[8];

    ArchitectureAllocationTest() {
        machine.cpu(1).vcpu().stop(); // floating ones are for the first
        for (int i = 0; i < sources.length; i++) {
            sources[i] = machine.machine().subchannel(0x10000 + i);
        }
    }

    private static void wokenUp() {}

    private void put(PendingClass pending) {
        InjectResult answer = pending.type() == InterruptionType.IO
                ? sources[pending.subclass()].inject(PendingClass.PARAMETER, pending.subclass() << 27)
                : pending.put(machine, cpu);
        if (answer != InjectResult.ACCEPTED) {
            throw new AssertionError(pending + ": " + answer);
        }
    }

    private void deliver(PendingClass pending) {
        int delivered = cpu.vcpu().deliverPending();
        if (delivered != 1) {
            throw new AssertionError(pending + ": " + delivered + " delivered");
        }
    }

    /** A machine check is the one injection that allocates: its contents are a record. */
    static Stream<PendingClass> withoutMachineChecks() {
        return Arrays.stream(PendingClass.values()).filter(pending -> !pending.isMachineCheck());
    }

    static Stream<PendingClass> thatArrive() {
        return withoutMachineChecks().filter(pending -> !pending.isTimer());
    }

    @ParameterizedTest
    @MethodSource("withoutMachineChecks")
    void injectAskAndDeliver(PendingClass pending) {
        assertAllocatesNothing(() -> {
            put(pending);
            cpu.vcpu().isPending();
            deliver(pending);
        });
    }

    @ParameterizedTest
    @MethodSource("thatArrive")
    void aWaitThatIsCalledBackAndEnded(PendingClass pending) {
        assertAllocatesNothing(() -> {
            if (cpu.vcpu().beginWait(callback) != WaitOutcome.WAITING) {
                throw new AssertionError("not waiting");
            }
            put(pending);
            if (cpu.vcpu().endWait() != WaitOutcome.READY) {
                throw new AssertionError("not ready");
            }
            deliver(pending);
        });
    }

    @Test
    void signalsThatAreAnsweredAtOnce() {
        assertAllocatesNothing(() -> {
            machine.machine().signalProcessor(0, 1, SENSE, 0);
            cpu.vcpu().deliverPending();
        });
    }
}
