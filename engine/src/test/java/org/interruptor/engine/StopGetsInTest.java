package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Emergency signals that are masked, sent without end: stop, restart and program interruptions get in, and are delivered. */
class StopGetsInTest {
    private static final int ROUNDS = 500;

    /** Less than the rounds: nothing is accepted in the end because of places that were never needed. */
    private static final int PLACES = 4;

    private final Machine machine = Machine.builder(Guest.storage(1))
            .rules(Rules.ORIGINAL)
            .localCapacity(PLACES)
            .build();
    private final VcpuHandle handle = machine.vcpu(0);
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Thread storm = new Thread(this::storm, "storm");

    @BeforeEach
    void open() {
        Guest.open(handle.owner());
    }

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    private void storm() {
        while (!isOver.get()) {
            handle.injectEmergency();
        }
    }

    private void run(boolean isStopped) {
        vcpu().registers().control(0, 0);
        if (isStopped) {
            vcpu().stop();
        }
        do {
            vcpu().deliverPending();
            handle.takeStopOnStop();
        } while (vcpu().enterWait() != WaitOutcome.CLOSED);
    }

    private long delivered(InterruptionType type) {
        return handle.counter(type.counter());
    }

    @ParameterizedTest(name = "stopped: {0}")
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void toAVcpuThatWaitsClosedOrIsStopped(boolean isStopped) throws InterruptedException {
        Thread runner = new Thread(() -> run(isStopped), "vCPU 0");
        runner.start();
        storm.start();
        try {
            for (int i = 1; i <= ROUNDS; i++) {
                long round = i;
                assertThat(handle.injectStop()).isEqualTo(InjectResult.ACCEPTED);
                assertThat(handle.injectRestart()).isEqualTo(InjectResult.ACCEPTED);
                assertThat(handle.injectProgram(0x11)).isEqualTo(InjectResult.ACCEPTED);
                Waiter.await(
                        "stop, restart and program interruption",
                        () -> delivered(InterruptionType.STOP) == round
                                && delivered(InterruptionType.RESTART) == round
                                && delivered(InterruptionType.PROGRAM) == round);
            }
        } finally {
            isOver.set(true);
            machine.close();
            storm.join();
            runner.join();
        }
        assertThat(delivered(InterruptionType.EMERGENCY_SIGNAL)).isZero();
    }

    @Test
    @Timeout(60)
    void toAVcpuWithoutAThread() throws InterruptedException {
        storm.start();
        try {
            Waiter.await("signals", () -> handle.queued() > 1 << 20);
            assertThat(handle.injectStop()).isEqualTo(InjectResult.ACCEPTED);
            assertThat(handle.injectRestart()).isEqualTo(InjectResult.ACCEPTED);
            assertThat(handle.injectProgram(0x11)).isEqualTo(InjectResult.ACCEPTED);
        } finally {
            isOver.set(true);
            storm.join();
        }
        vcpu().registers().control(0, 0);
        assertThat(vcpu().deliverPending()).isEqualTo(3);
        assertThat(delivered(InterruptionType.STOP)).isEqualTo(1);
    }
}
