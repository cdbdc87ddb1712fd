package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.StopOnStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stop-on-stop action where stops and resets overtake each other. */
class StopOnStopTest {
    private final StopOnStop action = new StopOnStop();

    @Test
    void isSetByAStopUntilItIsTaken() {
        assertThat(action.isSet()).isFalse();
        assertThat(action.take()).isFalse();
        action.set(0);
        assertThat(action.isSet()).isTrue();
        assertThat(action.take()).isTrue();
        assertThat(action.isSet()).isFalse();
        assertThat(action.take()).isFalse();
        action.set(1);
        assertThat(action.take()).isTrue();
    }

    @Test
    void aStopThatTheResetDiscardsLeavesNoneBeforeOrAfter() {
        action.set(3);
        action.discard(5);
        assertThat(action.isSet()).isFalse();
        action.set(4); // its injector comes to this only now
        assertThat(action.isSet()).isFalse();
        assertThat(action.take()).isFalse();
    }

    @Test
    void aStopThatIsClaimedAfterTheLookOfTheResetKeepsIt() {
        action.set(5);
        action.discard(5);
        assertThat(action.isSet()).isTrue();
        assertThat(action.take()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 77})
    void aRestoredOneIsTakenOnceAndTheNextStopSetsItAnew(long records) {
        action.restore(true, records);
        assertThat(action.take()).isTrue();
        assertThat(action.take()).isFalse();
        action.set(records);
        assertThat(action.take()).isTrue();

        action.restore(false, records);
        assertThat(action.isSet()).isFalse();
        action.set(records);
        assertThat(action.isSet()).isTrue();
    }

    @Test
    void theOrderOfStopAndRestartSaysWhetherTheCpuIsToBeStopped() {
        TestMachine machine = TestMachine.of(1);
        Vcpu vcpu = machine.cpu(0).vcpu();
        vcpu.handle().injectRestart();
        vcpu.handle().injectStop();
        vcpu.deliverPending();
        assertThat(vcpu.isStopLast()).isTrue();

        vcpu.handle().injectStop();
        vcpu.handle().injectRestart();
        vcpu.deliverPending();
        assertThat(vcpu.isStopLast()).isFalse();
    }

    @Test
    void aResetMeetsAnInjectorBetweenItsClaimAndTheAction() {
        TestMachine machine = TestMachine.of(1);
        Vcpu vcpu = machine.cpu(0).vcpu();
        int index = vcpu.handle().queue().claim(InterruptionType.STOP, 0);
        vcpu.reset();
        vcpu.handle().stopOnStop().set(vcpu.handle().queue().recordAt(index));
        vcpu.handle().queue().commit(index);

        assertThat(vcpu.handle().isStopOnStop()).isFalse();
        assertThat(vcpu.deliverPending()).isZero();
        assertThat(vcpu.handle().discarded()).isEqualTo(1);

        assertThat(vcpu.handle().injectStop()).isEqualTo(InjectResult.ACCEPTED);
        assertThat(vcpu.handle().isStopOnStop()).isTrue();
    }
}
