package org.interruptor.tools.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each thing that the audit compares, wrong once: the books say what an engine with that fault would have them say. */
class AuditTest {
    private static final long ALL_GATES = 0x4a00;

    private final Violations violations = new Violations();
    private final InjectionBook injected = new InjectionBook(1);
    private final InjectionBook raised = new InjectionBook(1);
    private final DeliveryBook delivered = new DeliveryBook(0, 1, false, violations);
    private final GuestMemory storage = GuestMemory.allocate(2 * Lowcore.LENGTH);
    private final Machine machine = Machine.builder(storage)
            .rules(Rules.ORIGINAL)
            .localCapacity(2)
            .floatingCapacity(4)
            .listener(new EngineListener() {
                @Override
                public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
                    if (isHeard) {
                        delivered.delivered(type, parameter, parameter64);
                    }
                }
            })
            .build();
    private final Vcpu vcpu = machine.vcpu(0).bind();
    private boolean isHeard = true;

    AuditTest() {
        Lowcore lowcore = new Lowcore();
        lowcore.wrap(storage, Lowcore.LENGTH);
        lowcore.externalNewPswMask(PswMask.EXTERNAL);
        lowcore.programNewPswMask(PswMask.EXTERNAL);
        lowcore.restartNewPswMask(PswMask.EXTERNAL);
        vcpu.registers().prefix(Lowcore.LENGTH);
        vcpu.registers().psw(PswMask.EXTERNAL, 0);
        vcpu.registers().control(0, ALL_GATES);
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    /** As an injector does: with the number of those accepted before. */
    private void virtio() {
        long number = injected.floatingAccepted();
        InjectResult answer = Marks.isService(number)
                ? machine.injectService(Marks.serviceParameter(0, number))
                : machine.injectVirtio(0, number);
        injected.floating(answer);
    }

    private void restart() {
        injected.local(InterruptionType.RESTART, 0, vcpu.handle().injectRestart());
    }

    private void program() {
        int code = Marks.programCode(0, injected.accepted(InterruptionType.PROGRAM, 0));
        injected.local(InterruptionType.PROGRAM, 0, vcpu.handle().injectProgram(code));
    }

    private List<String> audit(boolean isDrained) {
        machine.close();
        new Audit(machine, List.of(injected), List.of(raised), List.of(delivered), violations).check(isDrained);
        return violations.descriptions();
    }

    @Test
    void whereAllIsRightItFindsNothing() {
        for (int i = 0; i < 3; i++) {
            virtio();
            restart();
            program();
            restart(); // is refused
            vcpu.deliverPending();
        }
        injected.local(InterruptionType.EMERGENCY_SIGNAL, 0, vcpu.handle().injectEmergency());
        vcpu.deliverPending();
        assertThat(audit(true)).isEmpty();
    }

    @Test
    void whatAResetDiscardsIsNoLossThoughTheMachineIsDrained() {
        restart();
        program();
        vcpu.reset();
        delivered.reset();
        program();
        vcpu.deliverPending();
        assertThat(audit(true)).isEmpty();
    }

    @Test
    void whatIsLeftInADrainedMachineIsNotTheResets() {
        restart();
        vcpu.reset();
        delivered.reset();
        program();
        assertThat(audit(true))
                .containsExactly("vCPU 0: local interruptions delivered and discarded by a reset: 1, expected 2");
    }

    @Test
    void whatIsDiscardedByClosingIsNoLoss() {
        virtio();
        restart();
        assertThat(audit(false)).isEmpty();
    }

    @Test
    void aFloatingOneThatWasPassedOverIsFound() {
        for (int i = 0; i < 3; i++) {
            virtio();
        }
        vcpu.deliverPending();
        DeliveryBook withAHole = new DeliveryBook(0, 1, false, violations);
        for (long number : new long[] {0, 2, 3}) {
            if (Marks.isService(number)) {
                withAHole.delivered(InterruptionType.SERVICE_SIGNAL, Marks.serviceParameter(0, number), 0);
            } else {
                withAHole.delivered(InterruptionType.VIRTIO, 0, number);
            }
        }
        machine.close();
        new Audit(machine, List.of(injected), List.of(raised), List.of(withAHole), violations).check(true);
        assertThat(violations.descriptions())
                .contains(
                        "the 3 floating interruptions of injector 0 that were delivered are not its first 3, each once");
    }

    @Test
    void aFloatingOneThatWasAcceptedAndIsNowhereIsFound() {
        virtio();
        vcpu.deliverPending();
        injected.floating(InjectResult.ACCEPTED);
        assertThat(audit(true))
                .contains(
                        "floating interruptions that the engine accepted: 1, expected 2",
                        "floating interruptions delivered, queued and discarded: 1, expected 2",
                        "floating interruptions of injector 0 delivered: 1, expected 2");
    }

    @Test
    void aFloatingRefusalThatNobodyCountedIsFound() {
        injected.floating(InjectResult.FULL);
        assertThat(audit(true)).containsExactly("floating injections that the engine refused: 0, expected 1");
    }

    @Test
    void aLocalOneThatWasAcceptedAndIsNowhereIsFound() {
        injected.local(InterruptionType.RESTART, 0, InjectResult.ACCEPTED);
        assertThat(audit(false))
                .containsExactly(
                        "vCPU 0: local interruptions that the engine accepted: 0, expected 1",
                        "vCPU 0: local interruptions delivered, queued and discarded: 0, expected 1");
    }

    @Test
    void oneThatLiesInADrainedMachineIsFound() {
        restart();
        assertThat(audit(true))
                .containsExactly("vCPU 0: " + InterruptionType.RESTART.label() + " delivered: 0, expected 1");
    }

    @Test
    void oneThatTheEngineHasTakenForAnotherIsFound() {
        restart();
        isHeard = false;
        vcpu.deliverPending();
        delivered.delivered(InterruptionType.STOP, 0, 0);
        assertThat(audit(false))
                .contains("vCPU 0: " + InterruptionType.STOP.label() + " delivered: 1, accepted only 0");
    }

    @Test
    void aProgramInterruptionWhoseCodeHasChangedIsFound() {
        program();
        isHeard = false;
        vcpu.deliverPending();
        delivered.delivered(InterruptionType.PROGRAM, Marks.programCode(0, 5), 0);
        assertThat(audit(true))
                .containsExactly(
                        "vCPU 0: the 1 program interruptions of injector 0 that were delivered are not the 1 that"
                                + " were accepted, each once");
    }

    @Test
    void aCounterOfTheEnginesThatSaysAnotherThingIsFound() {
        restart();
        isHeard = false;
        vcpu.deliverPending();
        assertThat(audit(false))
                .contains(
                        "vCPU 0: counter " + InterruptionType.RESTART.counter().label() + ": 1, expected 0");
    }

    @Test
    void aLocalRefusalThatNobodyCountedIsFound() {
        injected.local(InterruptionType.RESTART, 0, InjectResult.FULL);
        assertThat(audit(false)).containsExactly("vCPU 0: local injections refused: 0, expected 1");
    }
}
