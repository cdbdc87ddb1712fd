package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machines whose CPUs are stopped from the beginning. */
class BuiltStoppedTest {
    @ParameterizedTest
    @EnumSource(Rules.class)
    void aVcpuThatWasStartedIsToldOfFloatingInterruptionsWhileItRuns(Rules rules) {
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine machine =
                        Machine.builder(storage).rules(rules).stopped().build()) {
            Vcpu vcpu = machine.vcpu(0).bind();
            vcpu.handle().start();
            vcpu.deliverPending();
            assertThat(vcpu.isAttention()).as("before the injection").isFalse();
            machine.injectService(1);
            assertThat(vcpu.isAttention()).as("behind it").isTrue();
        }
    }
}
