package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Counter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an embedder does wrong is told in one sentence that says what to do instead, and changes nothing. */
class MisuseTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void oneVcpu() {
        machine = TestMachine.of(1);
        cpu = machine.cpu(0);
    }

    /** What only the vCPU's own thread may call. */
    private interface Call {
        void on(Vcpu vcpu);
    }

    static Stream<Named<Call>> notInTheWait() {
        return Stream.of(
                Named.of("deliverPending", Vcpu::deliverPending),
                Named.of("isPending", Vcpu::isPending),
                Named.of("raiseProgram", vcpu -> vcpu.raiseProgram(1)),
                Named.of("enterWait", Vcpu::enterWait),
                Named.of("beginWait", vcpu -> vcpu.beginWait(() -> {})),
                Named.of("stop", Vcpu::stop),
                Named.of("reset", Vcpu::reset));
    }

    static Stream<Named<Call>> onItsOwnThread() {
        return Stream.concat(
                notInTheWait(),
                Stream.of(
                        Named.of("endWait", Vcpu::endWait),
                        Named.of("takeKick", Vcpu::takeKick),
                        Named.of("queuedLocal", Vcpu::queuedLocal)));
    }

    @ParameterizedTest
    @MethodSource("notInTheWait")
    void inTheWait(Call call) {
        cpu.waits();

        assertThatIllegalStateException()
                .isThrownBy(() -> call.on(cpu.vcpu()))
                .withMessage("vCPU 0 is in the wait: call endWait() after its callback, or kick() it out first");
        assertThat(cpu.handle().isWaiting()).isTrue();
        assertThat(machine.recorder().events()).containsExactly("wait 0");
    }

    @Test
    void aResetOfAStoppedVcpuInTheWait() {
        cpu.vcpu().stop();
        cpu.waits();

        assertThatIllegalStateException().isThrownBy(cpu.vcpu()::reset).withMessageContaining("is in the wait");
    }

    /** A callback or a timer may come late: that is no misuse. */
    @Test
    void endingAWaitThatHasNotBegunIsNone() {
        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.NOT_WAITING);
        cpu.waits().emergency();
        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.READY);
        assertThat(cpu.endWait()).isEqualTo(WaitOutcome.NOT_WAITING);
    }

    @ParameterizedTest
    @MethodSource("onItsOwnThread")
    void onAnotherThread(Call call) throws InterruptedException {
        Vcpu vcpu = cpu.vcpu();

        assertThat(thrownElsewhere(() -> call.on(vcpu)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "vCPU 0 is bound to thread '"
                                + Thread.currentThread().getName()
                                + "', called by 'elsewhere': call it on its own thread, or unbind() it there and bind() it here");
        assertThat(machine.recorder().events()).isEmpty();
    }

    @Test
    void whatOtherThreadsMayDoTheyMayDoWithABoundVcpu() throws InterruptedException {
        Vcpu vcpu = cpu.vcpu();

        assertThat(thrownElsewhere(() -> {
                    vcpu.handle().injectEmergency();
                    vcpu.handle().injectProgram(1);
                    vcpu.handle().inject(0xfffe0003, 0);
                    vcpu.handle().kick();
                    vcpu.handle().start();
                    vcpu.flags();
                    vcpu.handle().takeStopOnStop();
                    vcpu.handle().counter(Counter.REFUSED);
                    machine.machine().injectVirtio(1, 2);
                    machine.machine().queuedFloating();
                    machine.machine().close();
                }))
                .isNull();
    }

    @Test
    void anUnboundVcpuMayGoToAnotherThread() throws InterruptedException {
        Vcpu vcpu = cpu.vcpu();
        vcpu.unbind();

        assertThat(thrownElsewhere(() -> {
                    cpu.handle().bind();
                    vcpu.deliverPending();
                }))
                .isNull();
        assertThatIllegalStateException()
                .isThrownBy(vcpu::deliverPending)
                .withMessageContaining("bound to thread 'elsewhere'");
    }

    @Test
    void aBoundVcpuWorksOnItsOwnThread() {
        assertThatCode(() -> cpu.emergency().deliver()).doesNotThrowAnyException();
    }

    private static Throwable thrownElsewhere(ThrowingCallable call) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> thrown.set(catchThrowable(call)), "elsewhere");
        thread.start();
        thread.join();
        return thrown.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aVcpuThatDoesNotExist(int id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> machine.machine().vcpu(id))
                .withMessage("vCPU " + id + " does not exist: expected 0 to 0");
    }

    @Test
    void aVcpuOfAMachineWithoutVcpus() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestMachine.of(0).machine().vcpu(0))
                .withMessageStartingWith("vCPU 0 does not exist");
    }

    @Test
    void aWaitWithoutACallback() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpu.vcpu().beginWait(null))
                .withMessage("onWakeUp=null: expected what to call on wake-up");
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16, Integer.MIN_VALUE})
    void aControlRegisterThatDoesNotExist(int number) {
        String message = "control register " + number + ": expected 0 to 15";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpu.registers().control(number))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cpu.vcpu().loadControl(number, 0))
                .withMessage(message);
    }
}
