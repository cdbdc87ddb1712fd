package org.interruptor.engine;

import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.memory.GuestMemory;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The wait with a callback against counts and flags: injections and kicks of all threads, and beginning and ending the wait
 * on the vCPU's own, are as if one came after the other. {@link Vcpu#endWait} looks only where the wait was claimed, so a
 * lost wake-up shows as a wait that goes on although its reason was there before it was asked.
 *
 * <p>One thread at a time injects floating interruptions: one that is claimed and not yet published hides those behind it,
 * see {@code FloatingRingLincheckTest}. A delivery is all passes until nothing comes, since a kick ends one early.
 *
 * <p>Model checking was seen to fail with a wait that does not look again after opening.
 */
@Tag("lincheck")
class WaitLincheckTest {
    private static final String OWNER = "owner";

    @Test
    void inAllInterleavingsFoundNoWaitSleepsOnItsReason() {
        LincheckForm.modelCheck(OneVcpu.class, Plain.class);
    }

    @Test
    void inAllRunsOfRealThreadsNoWaitSleepsOnItsReason() {
        LincheckForm.stress(OneVcpu.class, Plain.class);
    }

    /** What the threads do. */
    @Param(name = "gate", gen = BooleanGen.class)
    public static class OneVcpu {
        private final Machine machine = Machine.builder(GuestMemory.wrap(new byte[0x4000]))
                .rules(Rules.ORIGINAL)
                .vcpus(1)
                .floatingCapacity(16)
                .localCapacity(16)
                .checked(false) // each operation comes from another thread
                .build();
        private final Vcpu vcpu = Guest.open(machine.vcpu(0).bind());
        private boolean inWait;

        @Operation
        public void emergency() {
            vcpu.handle().injectEmergency();
        }

        @Operation(nonParallelGroup = "injector")
        public void virtio() {
            machine.injectVirtio(1, 2);
        }

        @Operation
        public void kick() {
            vcpu.handle().kick();
        }

        @Operation(nonParallelGroup = OWNER)
        public boolean takeKick() {
            return vcpu.takeKick();
        }

        @Operation(nonParallelGroup = OWNER)
        public String beginWait(
                @Param(name = "gate") boolean isEmergencyOpen, @Param(name = "gate") boolean isFloatingOpen) {
            if (inWait) {
                return "in the wait";
            }
            vcpu.registers()
                    .control(
                            0,
                            (isEmergencyOpen ? TestMachine.EMERGENCY : 0)
                                    | (isFloatingOpen ? TestMachine.FLOATING : 0));
            return ended(vcpu.beginWait(() -> {}));
        }

        @Operation(nonParallelGroup = OWNER)
        public String endWait() {
            if (!inWait) {
                return "not in the wait";
            }
            return ended(vcpu.endWait());
        }

        /** A kick that comes behind the look for kicks, and before the look at the queues, is left to whoever asks next. */
        private String ended(WaitOutcome outcome) {
            inWait = outcome == WaitOutcome.WAITING;
            return (outcome == WaitOutcome.READY && vcpu.takeKick() ? WaitOutcome.KICKED : outcome).name();
        }

        /** With all gates open. */
        @Operation(nonParallelGroup = OWNER)
        public int deliver() {
            if (inWait) {
                return 0;
            }
            vcpu.registers().control(0, TestMachine.EMERGENCY | TestMachine.FLOATING);
            int all = 0;
            for (int some; (some = vcpu.deliverPending()) != 0; ) {
                all += some;
            }
            return all;
        }
    }

    /** One after the other. */
    public static class Plain {
        private int emergencies;
        private int virtios;
        private boolean kicked;
        private boolean inWait;
        private boolean isEmergencyOpen;
        private boolean isFloatingOpen;

        public void emergency() {
            emergencies++;
        }

        public void virtio() {
            virtios++;
        }

        public void kick() {
            kicked = true;
        }

        public boolean takeKick() {
            boolean wasKicked = kicked;
            kicked = false;
            return wasKicked;
        }

        public String beginWait(boolean emergencyOpen, boolean floatingOpen) {
            if (inWait) {
                return "in the wait";
            }
            inWait = true;
            isEmergencyOpen = emergencyOpen;
            isFloatingOpen = floatingOpen;
            return endWait();
        }

        public String endWait() {
            if (!inWait) {
                return "not in the wait";
            }
            if (takeKick()) {
                inWait = false;
                return "KICKED";
            }
            if ((isEmergencyOpen && emergencies > 0) || (isFloatingOpen && virtios > 0)) {
                inWait = false;
                return "READY";
            }
            return "WAITING";
        }

        public int deliver() {
            if (inWait) {
                return 0;
            }
            int all = emergencies + virtios;
            emergencies = 0;
            virtios = 0;
            return all;
        }
    }
}
