package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stopped vCPU takes no external interruption, although its gates are open; orders and restarts it takes. */
class StoppedVcpuTest {
    private static final long ALL_GATES = 0x4a00;
    private static final long RESTART_ADDRESS = 0x2000;
    private static final long EXTERNAL_ADDRESS = 0x3000;

    private final GuestMemory storage = GuestMemory.allocate(0x8000);
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).build();
    private final VcpuHandle handle = machine.vcpu(0);

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    @BeforeEach
    void stopWithOpenGates() {
        storage.putLong(Lowcore.RESTART_NEW_PSW_MASK_OFFSET, PswMask.EXTERNAL);
        storage.putLong(Lowcore.RESTART_NEW_PSW_ADDRESS_OFFSET, RESTART_ADDRESS);
        storage.putLong(Lowcore.EXTERNAL_NEW_PSW_ADDRESS_OFFSET, EXTERNAL_ADDRESS);
        vcpu().registers().psw(PswMask.EXTERNAL, 0);
        vcpu().registers().control(0, ALL_GATES);
        vcpu().stop();
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    @Test
    void keepsEmergencySignalsUntilItIsStarted() {
        handle.injectEmergency();
        assertThat(vcpu().isPending()).isFalse();
        assertThat(vcpu().deliverPending()).isZero();
        handle.start();
        assertThat(vcpu().isAttention()).isTrue();
        assertThat(vcpu().deliverPending()).isEqualTo(1);
        assertThat(vcpu().registers().pswAddress()).isEqualTo(EXTERNAL_ADDRESS);
    }

    @Test
    void takesRestartAndSetPrefixInFrontOfWhichEmergencySignalsStand() {
        handle.injectEmergency();
        handle.injectSetPrefix(0x4000);
        assertThat(vcpu().isPending()).isTrue();
        assertThat(vcpu().deliverPending()).isEqualTo(1);
        assertThat(vcpu().registers().prefix()).isEqualTo(0x4000);
        handle.injectSetPrefix(0);
        handle.injectRestart();
        assertThat(vcpu().deliverPending()).isEqualTo(2);
        assertThat(vcpu().registers().pswAddress()).isEqualTo(RESTART_ADDRESS);
        assertThat(handle.queued()).isEqualTo(1);
    }

    @Test
    void sleepsOnAtAnEmergencySignalAndWakesAtARestart() {
        int[] wakeUps = {0};
        assertThat(vcpu().beginWait(() -> wakeUps[0]++)).isEqualTo(WaitOutcome.WAITING);
        handle.injectEmergency();
        machine.injectService(8);
        assertThat(wakeUps[0]).isZero();
        handle.injectRestart();
        assertThat(wakeUps[0]).isEqualTo(1);
        assertThat(vcpu().endWait()).isEqualTo(WaitOutcome.READY);
    }

    @Test
    void doesNotBeginToWaitForAnEmergencySignalThatIsThere() {
        handle.injectEmergency();
        assertThat(vcpu().beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);
        handle.start();
        assertThat(vcpu().endWait()).isEqualTo(WaitOutcome.READY);
        assertThat(vcpu().deliverPending()).isEqualTo(1);
    }
}
