package org.interruptor.tools.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;

/** What the watchdog sees of a real vCPU. A lost wake-up is made by opening gates behind the engine's back. */
class VcpuViewTest {
    private static final long ALL_GATES = 0x4a00;

    private final Machine machine = Machine.builder(GuestMemory.allocate(2 * Lowcore.LENGTH))
            .rules(Rules.ORIGINAL)
            .build();
    private final Vcpu vcpu = machine.vcpu(0).bind();

    private void sleepWithClosedGates() {
        vcpu.registers().psw(PswMask.EXTERNAL | PswMask.IO | PswMask.WAIT, 0);
        vcpu.registers().control(0, 0);
        assertThat(vcpu.beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);
    }

    private String reason(boolean isGuestResting) {
        return VcpuView.of(machine.snapshot(), 0, isGuestResting).reasonToStir();
    }

    @Test
    void oneThatSleepsOnAFloatingInterruptionIsSeen() {
        sleepWithClosedGates();
        machine.injectVirtio(1, 2);
        assertThat(reason(false)).isNull();
        vcpu.registers().control(0, ALL_GATES);
        assertThat(reason(false)).isEqualTo("1 floating interruptions");
    }

    @Test
    void oneThatSleepsOnEmergencySignalsIsSeen() {
        sleepWithClosedGates();
        vcpu.handle().injectEmergency();
        vcpu.handle().injectEmergency();
        assertThat(reason(false)).isNull();
        vcpu.registers().control(0, ALL_GATES);
        assertThat(reason(false)).isEqualTo("2 emergency signals");
        vcpu.registers().psw(PswMask.IO | PswMask.WAIT, 0);
        assertThat(reason(false)).isNull();
    }

    @Test
    void oneThatSleepsOnItsClockComparatorIsSeen() {
        sleepWithClosedGates();
        vcpu.registers().clockComparator(0);
        assertThat(reason(false)).isNull();
        vcpu.registers().control(0, ALL_GATES);
        assertThat(reason(false)).isEqualTo("its clock comparator");
    }

    @Test
    void oneThatSleepsOnAsAStoppedOneIsSeen() {
        sleepWithClosedGates();
        assertThat(reason(false)).isNull();
        vcpu.registers().psw(PswMask.EXTERNAL | PswMask.IO, 0);
        assertThat(reason(false)).isEqualTo("its start: it sleeps as a stopped one");
    }

    @Test
    void oneThatRunsIsToldOfSignalsByAttentionOrARequest() {
        vcpu.registers().psw(PswMask.IO, 0);
        vcpu.registers().prefix(Lowcore.LENGTH);
        vcpu.handle().injectEmergency();
        assertThat(reason(true)).isNull(); // attention
        assertThat(vcpu.deliverPending()).isZero();
        assertThat(vcpu.isAttention()).isFalse();
        assertThat(reason(true)).isNull(); // a request
        assertThat(reason(false)).isEqualTo("it does not come to rest");
    }

    @Test
    void ofOneThatWasWokenTheWaitIsOver() {
        sleepWithClosedGates();
        vcpu.handle().injectRestart();
        assertThat(reason(false)).isEqualTo("it does not come to rest");
    }

    @Test
    void stoppedItRestsOnWhatIsExternal() {
        vcpu.registers().psw(PswMask.EXTERNAL | PswMask.IO, 0);
        vcpu.registers().control(0, ALL_GATES);
        vcpu.stop();
        vcpu.handle().injectEmergency();
        machine.injectVirtio(1, 2);
        assertThat(reason(true)).isNull();
    }
}
