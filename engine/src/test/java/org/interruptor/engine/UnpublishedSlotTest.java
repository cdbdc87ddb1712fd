package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What an injector that is stopped between claiming a slot of the floating queue and publishing it may delay. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnpublishedSlotTest {
    private final GuestMemory storage = Guest.storage(2);
    private final Machine machine = Machine.builder(storage)
            .rules(Rules.ORIGINAL)
            .vcpus(2)
            .floatingCapacity(4)
            .build();
    private final FloatingRing queue = machine.floating().service();
    private final VcpuHandle handle = machine.vcpu(0);
    private final VcpuHandle otherHandle = machine.vcpu(1);

    @BeforeEach
    void open() {
        Guest.open(handle.owner());
        Guest.open(otherHandle.owner());
    }

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    private Vcpu other() {
        return Guest.own(otherHandle);
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    private void publish(long sequence) {
        queue.publish(sequence, InterruptionType.SERVICE_SIGNAL, (int) sequence, 0);
    }

    @Test
    void it_hides_what_is_behind_it_and_holds_up_no_injector() {
        long unpublished = queue.claim();
        for (int i = 1; i < 4; i++) {
            assertThat(machine.injectService(i)).isEqualTo(InjectResult.ACCEPTED);
        }
        assertThat(machine.injectService(4)).isEqualTo(InjectResult.FULL);
        assertThat(vcpu().deliverPending()).isZero();
        assertThat(machine.floatingQueued()).isEqualTo(4);

        publish(unpublished);
        assertThat(vcpu().deliverPending()).isEqualTo(4);
    }

    @Test
    void it_is_not_handed_on() {
        queue.claim();
        machine.injectService(1); // tells vCPU 0
        other().deliverPending();
        vcpu().deliverPending();
        assertThat(vcpu().isAttention()).isFalse();
        assertThat(other().isAttention()).isFalse();
        assertThat(other().beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);
        vcpu().deliverPending();
        assertThat(other().endWait()).isEqualTo(WaitOutcome.WAITING);
    }

    @Test
    void it_keeps_local_interruptions_of_no_vcpu_waiting() {
        queue.claim();
        machine.injectService(1);
        handle.injectEmergency();
        handle.injectRestart();
        assertThat(vcpu().deliverPending()).isEqualTo(2);
    }

    @Test
    void a_list_of_what_is_queued_leaves_out_it_alone() {
        queue.claim();
        machine.injectService(1);
        machine.injectService(2);
        assertThat(machine.queuedFloating())
                .extracting(QueuedInterruption::parameter)
                .containsExactly(1, 2);
    }
}
