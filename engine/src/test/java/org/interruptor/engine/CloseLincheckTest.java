package org.interruptor.engine;

import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Closing against passes and injections: once a machine is closed, its vCPUs have to leave guest code for good, whatever a pass
 * that began before has seen, and whatever an injector announces late.
 *
 * <p>Which ablation fails is shown by the stress test {@code AttentionSeenAgainstAnnounced.WithoutClosedBeingNeverSeen}.
 */
@Tag("lincheck")
class CloseLincheckTest {
    private static final String OWNER = "owner";

    @Test
    void inAllInterleavingsFoundAttentionStaysForGood() {
        LincheckForm.modelCheck(OneVcpu.class, Plain.class);
    }

    @Test
    void inAllRunsOfRealThreadsAttentionStaysForGood() {
        LincheckForm.stress(OneVcpu.class, Plain.class);
    }

    /** What the threads do. */
    public static class OneVcpu {
        private final Machine machine = Machine.builder(GuestMemory.wrap(new byte[0x4000]))
                .rules(Rules.ORIGINAL)
                .vcpus(1)
                .floatingCapacity(16)
                .localCapacity(16)
                .checked(false) // each operation comes from another thread
                .build();
        private final Vcpu vcpu = Guest.closed(machine.vcpu(0).owner());
        private volatile boolean isClosed;

        @Operation
        public void close() {
            machine.close();
            isClosed = true;
        }

        /** Masked: a pass finds nothing to do. */
        @Operation
        public void emergency() {
            vcpu.handle().injectEmergency();
        }

        @Operation
        public void kick() {
            vcpu.handle().kick();
        }

        @Operation(nonParallelGroup = OWNER)
        public void takeKick() {
            vcpu.takeKick();
        }

        @Operation(nonParallelGroup = OWNER)
        public void deliver() {
            vcpu.deliverPending();
        }

        /** Whether a vCPU would run on, although the machine has been closed: never. */
        @Operation
        public boolean isForgotten() {
            return isClosed && !vcpu.isAttention();
        }
    }

    /** One after the other. */
    public static class Plain {
        public void close() {}

        public void emergency() {}

        public void kick() {}

        public void takeKick() {}

        public void deliver() {}

        public boolean isForgotten() {
            return false;
        }
    }
}
