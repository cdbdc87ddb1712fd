package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The last line of an explanation, in each state that has one of its own: it says what is true now. */
class VerdictTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;
    private static final long WAIT = 0x0002_0000_0000_0000L;
    private static final long ALL_SUBCLASSES = 0x6a00;
    private static final long COMPARATOR = 0x800;
    private static final long OUTSIDE = 0x100000;

    private static final String CALL = "its thread has to call deliverPending()";

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private final SettableTodClock clock = new SettableTodClock(0);
    private Machine machine;
    private Vcpu vcpu;

    private void build(Rules rules, int vcpus) {
        machine =
                Machine.builder(storage).rules(rules).vcpus(vcpus).clock(clock).build();
        vcpu = machine.vcpu(0).bind();
        registers(EXTERNAL, ALL_SUBCLASSES);
    }

    private void registers(long pswMask, long control0) {
        Registers registers = vcpu.registers();
        registers.psw(pswMask, 0);
        registers.control(0, control0);
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    /** From inside, where the queue is listed, and from outside. */
    private void assertVerdict(String verdict) {
        assertThat(vcpu.explain()).endsWith("  so: " + verdict + "\n");
        assertThat(machine.explain()).contains("  so: " + verdict + "\n");
    }

    @Test
    void aProgramInterruptionThatItRaisedItselfIsToldByNobody() {
        for (Rules rules : Rules.values()) {
            build(rules, rules == Rules.ORIGINAL ? 2 : 1);
            vcpu.raiseProgram(5);

            assertVerdict(CALL + ": of a program interruption that it raised itself nobody tells it");
            machine.close();
        }
    }

    @Test
    void aComparatorThatIsDueIsAnnouncedByNobody() {
        build(Rules.ORIGINAL, 2);
        vcpu.registers().clockComparator(1);
        clock.set(2);

        assertVerdict(CALL + ": nobody announces a timer that is due, see nanosToTimer()");
        assertThat(vcpu.explain()).contains("pending: 1 clock-comparator, due, may be taken\n");
    }

    @Test
    void aCpuTimerThatIsDueIsAnnouncedByNobody() {
        build(Rules.ARCHITECTURE, 1);
        registers(EXTERNAL, 0x400);
        vcpu.cpuTimer(-1);

        assertVerdict(CALL + ": nobody announces a timer that is due, see nanosToTimer()");
    }

    @Test
    void aFaultIsToldOnlyWhileItIsOne() {
        build(Rules.ORIGINAL, 1);
        vcpu.registers().prefix(OUTSIDE);
        machine.vcpu(0).injectRestart();
        vcpu.deliverPending();
        assertVerdict(
                "the last delivery ended by a fault: the lowcore at prefix 0x00100000 is not in storage; the guest cannot go"
                        + " on unless another prefix is set");

        vcpu.registers().prefix(0);
        assertVerdict(
                "the last delivery ended by a fault, but the prefix 0x00000000 is in storage now: its thread has to call"
                        + " deliverPending() again");
        vcpu.deliverPending();
        assertThat(vcpu.explain()).doesNotContain("fault");
    }

    @Test
    void aResetEndsAFault() {
        build(Rules.ORIGINAL, 1);
        vcpu.registers().prefix(OUTSIDE);
        machine.vcpu(0).injectRestart();
        vcpu.deliverPending();
        vcpu.reset();

        assertThat(vcpu.explain()).doesNotContain("fault");
    }

    @Test
    void whatCameToAClosedGateIsToldByNobodyWhenItOpens() {
        build(Rules.ORIGINAL, 1);
        registers(0, ALL_SUBCLASSES);
        machine.vcpu(0).injectEmergency();
        vcpu.deliverPending();
        registers(EXTERNAL, ALL_SUBCLASSES);
        assertVerdict(CALL + ": the gate was closed when that came, and no attention tells of it");

        vcpu.deliverPending();
        registers(0, ALL_SUBCLASSES);
        machine.injectVirtio(1, 1);
        vcpu.deliverPending();
        registers(EXTERNAL, ALL_SUBCLASSES);
        assertVerdict(CALL + ": the gate was closed when that came, and no attention tells of it");
    }

    @Test
    void aFloatingOneMayBeAnotherVcpus() {
        build(Rules.ORIGINAL, 2);
        registers(0, ALL_SUBCLASSES);
        machine.vcpu(1).bind().registers().psw(0, 0);
        machine.injectVirtio(1, 1);
        vcpu.deliverPending();
        registers(EXTERNAL, ALL_SUBCLASSES);

        assertThat(vcpu.explain())
                .endsWith("so: " + CALL
                        + ", unless another vCPU does: that one was told, or the gate was closed when that"
                        + " came\n");
    }

    @Test
    void attentionHasToBeLookedAt() {
        build(Rules.ORIGINAL, 1);
        machine.vcpu(0).injectEmergency();
        assertVerdict(CALL);

        registers(0, ALL_SUBCLASSES);
        assertVerdict(CALL + ", and will find nothing that it may take");
    }

    @Test
    void inTheWaitItIsToldWhatEndsIt() {
        build(Rules.ORIGINAL, 1);
        registers(EXTERNAL | WAIT, ALL_SUBCLASSES & ~COMPARATOR);
        assertVerdict("its PSW is a wait PSW: its thread has to call enterWait() or beginWait()");
        vcpu.beginWait(() -> {});
        assertVerdict(
                "it sleeps until it is woken by program, stop, set-prefix, restart, emergency, service and virtio, a kick or"
                        + " closing");

        machine.vcpu(0).kick();
        assertVerdict("its thread has to come out of enterWait(), or call endWait() after the callback");
    }

    @Test
    void aTimerThatIsDueEndsABlockingWaitAlone() {
        build(Rules.ORIGINAL, 1);
        registers(EXTERNAL | WAIT, COMPARATOR);
        vcpu.registers().clockComparator(1);
        vcpu.beginWait(() -> {});
        clock.set(2);

        assertVerdict(
                "its timer is due: enterWait() ends by itself; after beginWait() its thread has to call endWait()");
    }

    @Test
    void withoutAnythingPendingTheGuestRuns() {
        build(Rules.ORIGINAL, 1);
        vcpu.registers().clockComparator(-1);
        vcpu.deliverPending();
        assertVerdict("it runs guest code, and nothing is pending");

        registers(EXTERNAL, 0);
        machine.vcpu(0).injectEmergency();
        vcpu.deliverPending();
        assertVerdict("it runs guest code; the guest has to open the gate");

        registers(WAIT, 0);
        assertVerdict("it is in a disabled wait: the guest has halted or crashed");
        vcpu.stop();
        assertVerdict("it takes no external interruption until start()");
        machine.close();
        assertVerdict("nothing will be delivered any more");
    }

    @Test
    void classesOfTheArchitectureAreTold() {
        build(Rules.ARCHITECTURE, 2);
        registers(EXTERNAL, 0);
        vcpu.deliverPending();
        machine.vcpu(0).injectExternalCall(1);
        assertThat(vcpu.explain())
                .contains("pending: 1 external-call, held back by CR0 0x2000\n")
                .doesNotContain("pending: nothing");

        vcpu.loadControl(0, 0x2000);
        assertThat(vcpu.explain())
                .contains("gates: external-call open\n")
                .contains("pending: 1 external-call, may be taken\n");
        machine.vcpu(0).injectRestart();
        assertThat(machine.explain()).contains("pending: 1 of program, stop, set-prefix and restart, may be taken\n");
    }

    @Test
    void inTheWaitItIsToldWhichClassesOfTheArchitectureEndIt() {
        build(Rules.ARCHITECTURE, 2);
        registers(EXTERNAL | WAIT, 0x2000);
        vcpu.deliverPending();
        vcpu.beginWait(() -> {});

        assertVerdict(
                "it sleeps until it is woken by program, stop, set-prefix, restart, external-call, a kick or closing");
    }
}
