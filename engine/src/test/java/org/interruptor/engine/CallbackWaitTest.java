package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.CLOCK_AT_FIRST;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.contract.WaitOutcome.CLOSED;
import static org.interruptor.engine.contract.WaitOutcome.DISABLED;
import static org.interruptor.engine.contract.WaitOutcome.KICKED;
import static org.interruptor.engine.contract.WaitOutcome.READY;
import static org.interruptor.engine.contract.WaitOutcome.TIMER;
import static org.interruptor.engine.contract.WaitOutcome.WAITING;

import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.wake.Claims;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6: the wait, in the form that calls back, which needs no second thread to be looked at. */
class CallbackWaitTest {
    private TestMachine machine;
    private TestVcpu cpu;

    @BeforeEach
    void twoVcpus() {
        machine = TestMachine.of(2);
        cpu = machine.cpu(0);
    }

    // Entering.

    @ParameterizedTest
    @EnumSource
    void itIsReadyWhereOneMayBeTaken(InterruptionType type) {
        assertThat(cpu.inject(type).beginWait()).isEqualTo(READY);
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isEqualTo(1);
        assertThat(cpu.handle().isWaiting()).isFalse();
        assertThat(machine.machine().idleCount()).isZero();
    }

    @Test
    void itIsReadyEvenWithAPswThatDisablesAllIfOneMayBeTaken() {
        assertThat(cpu.pswMask(0).restart().beginWait()).isEqualTo(READY);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMERGENCY_SIGNAL", "SERVICE_SIGNAL", "VIRTIO"})
    void itWaitsWhereNoneMayBeTaken(InterruptionType type) {
        assertThat(cpu.cr0(~type.subclassMask()).inject(type).beginWait()).isEqualTo(WAITING);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PswMask.PER, ~(PswMask.IO | PswMask.EXTERNAL | PswMask.MACHINE_CHECK)})
    void itIsDisabledWhereThePswEnablesNothingThatCouldEndIt(long mask) {
        assertThat(cpu.pswMask(mask).beginWait()).isEqualTo(DISABLED);
        assertThat(cpu.handle().isWaiting()).isFalse();
        assertThat(cpu.vcpu().flags()).isZero();
        assertThat(machine.machine().idleCount()).isZero();
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {PswMask.IO, PswMask.EXTERNAL, PswMask.MACHINE_CHECK})
    void anyOneOfTheThreeMasksKeepsItFromBeingDisabled(long mask) {
        assertThat(cpu.pswMask(mask).beginWait()).isEqualTo(WAITING);
    }

    @Test
    void whileItLastsTheVcpuIsIdleWithItsWaitFlagSet() {
        cpu.waits();

        assertThat(cpu.handle().isWaiting()).isTrue();
        assertThat(cpu.vcpu().flags()).isEqualTo(CpuFlags.WAIT);
        assertThat(machine.machine().idleCount()).isEqualTo(1);
    }

    @Test
    void whenItHasEndedTheVcpuIsNotIdleAnyMore() {
        cpu.waits().emergency();

        assertThat(cpu.endWait()).isEqualTo(READY);
        assertThat(cpu.handle().isWaiting()).isFalse();
        assertThat(cpu.vcpu().flags()).isEqualTo(CpuFlags.EXT);
        assertThat(machine.machine().idleCount()).isZero();
        cpu.deliver();
        assertThat(cpu.waits().vcpu().flags()).isEqualTo(CpuFlags.WAIT); // and can wait again
    }

    // Being called back, and the answers to it.

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOCK_COMPARATOR")
    void anInterruptionThatMayBeTakenCallsBackOnceAndIsReady(InterruptionType type) {
        cpu.waits().inject(type);

        assertThat(machine.woken()).containsExactly(0);
        assertThat(cpu.endWait()).isEqualTo(READY);
        assertThat(cpu.counter(Counter.WAKEUPS)).isEqualTo(1);
        assertThat(cpu.counter(Counter.WAKEUPS_FOR_NOTHING)).isZero();
    }

    @Test
    void aKickCallsBackOnceAndIsTakenByTheWait() {
        cpu.waits().handle().kick();
        cpu.handle().kick();

        assertThat(machine.woken()).containsExactly(0);
        assertThat(cpu.endWait()).isEqualTo(KICKED);
        assertThat(cpu.vcpu().takeKick()).isFalse();
        assertThat(cpu.beginWait()).isEqualTo(WAITING);
    }

    @Test
    void aKickFromBeforeEndsItAtOnceAndSeveralMerge() {
        cpu.handle().kick();
        cpu.handle().kick();

        assertThat(cpu.beginWait()).isEqualTo(KICKED);
        assertThat(cpu.beginWait()).isEqualTo(WAITING);
        assertThat(machine.woken()).isEmpty();
    }

    @Test
    void aKickThatTheEmbedderHasTakenDoesNotEndIt() {
        cpu.handle().kick();
        assertThat(cpu.vcpu().takeKick()).isTrue();
        assertThat(cpu.vcpu().takeKick()).isFalse();

        assertThat(cpu.beginWait()).isEqualTo(WAITING);
    }

    @Test
    void aKickGoesToItsVcpuAlone() {
        machine.cpu(1).waits();
        cpu.waits().handle().kick();

        assertThat(machine.woken()).containsExactly(0);
        assertThat(machine.cpu(1).handle().isKickPending()).isFalse();
    }

    @Test
    void closingCallsBackOnceAndIsClosed() {
        cpu.waits();
        machine.machine().close();
        machine.machine().close();

        assertThat(machine.woken()).containsExactly(0);
        assertThat(cpu.endWait()).isEqualTo(CLOSED);
        assertThat(cpu.beginWait()).isEqualTo(CLOSED);
    }

    @Test
    void closedComesBeforeKickedAndKickedBeforeReady() {
        cpu.waits().restart().handle().kick();
        assertThat(cpu.endWait()).isEqualTo(KICKED);

        machine.cpu(1).waits().restart().handle().kick();
        machine.machine().close();
        assertThat(machine.cpu(1).endWait()).isEqualTo(CLOSED);
    }

    @Test
    void anInterruptOfTheThreadMeansNothingToIt() {
        Thread.currentThread().interrupt();
        try {
            assertThat(cpu.beginWait()).isEqualTo(WAITING);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    // Going on.

    @Test
    void itGoesOnWhereAnotherVcpuWasFasterAndIsNotCountedAgain() {
        cpu.waits();
        machine.virtio(1);
        machine.cpu(1).deliver();
        assertThat(machine.woken()).containsExactly(0);

        assertThat(cpu.endWait()).isEqualTo(WAITING);
        assertThat(cpu.handle().isWaiting()).isTrue();
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isEqualTo(1);
        assertThat(cpu.counter(Counter.WAKEUPS)).isEqualTo(1);
        assertThat(cpu.counter(Counter.WAKEUPS_FOR_NOTHING)).isEqualTo(1);
        assertThat(machine.virtio(2).woken()).containsExactly(0); // another claim, another callback
        assertThat(cpu.endWait()).isEqualTo(READY);
        assertThat(cpu.counter(Counter.WAKEUPS)).isEqualTo(2);
    }

    @Test
    void itGoesOnWhereNobodyHasEndedIt() {
        cpu.waits();

        assertThat(cpu.endWait()).isEqualTo(WAITING);
        assertThat(cpu.endWait()).isEqualTo(WAITING);
        assertThat(cpu.counter(Counter.WAKEUPS)).isZero();
        assertThat(cpu.counter(Counter.EXIT_WAIT_STATE)).isEqualTo(1);
    }

    @Test
    void aMaskedInterruptionNeitherCallsBackNorEndsIt() {
        cpu.mask(EMERGENCY | FLOATING).waits().emergency();
        machine.cpu(1).vcpu().stop();
        machine.virtio(1);

        assertThat(machine.woken()).isEmpty();
        assertThat(cpu.endWait()).isEqualTo(WAITING);
    }

    @Test
    void aDeadlineThatPassesTogetherWithAWakeUpForNothingIsNotLost() {
        cpu.comparator(CLOCK_AT_FIRST).waits();
        machine.virtio(1);
        machine.cpu(1).deliver();
        machine.clock().advance(1);

        // The embedder calls once for both: its timer has fired, and it has been called back.
        assertThat(cpu.endWait()).isEqualTo(TIMER);
    }

    // Callbacks.

    @Test
    void aCallbackThatThrowsHarmsNeitherInjectorNorWait() {
        RuntimeException thrown = new IllegalStateException("from the callback");
        assertThat(cpu.vcpu().beginWait(() -> {
                    throw thrown;
                }))
                .isEqualTo(WAITING);

        cpu.emergency(); // accepted
        assertThat(machine.errors()).containsExactly(thrown);
        assertThat(cpu.endWait()).isEqualTo(READY);
    }

    @Test
    void aCallbackMayComeAndTheWaitBeEndedOnTheWakingThread() {
        WaitOutcome[] outcome = new WaitOutcome[1];
        cpu.vcpu().beginWait(() -> outcome[0] = cpu.endWait());
        cpu.emergency();

        assertThat(outcome).containsExactly(READY);
        assertThat(machine.errors()).isEmpty();
    }

    @Test
    void eachWaitHasACallbackOfItsOwn() {
        cpu.vcpu().beginWait(() -> {
            throw new AssertionError("the first wait's");
        });
        Claims.claim(cpu.handle().waitWord()); // claimed, and not called back yet
        cpu.emergency();
        assertThat(cpu.endWait()).isEqualTo(READY);
        cpu.deliver();
        cpu.waits().emergency();

        assertThat(machine.woken()).containsExactly(0);
        assertThat(machine.errors()).isEmpty();
    }
}
