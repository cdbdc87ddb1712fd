package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.GuestCpu;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When program interruptions that follow one another are a loop that nothing can end, and when they are not. */
class InterpreterLoopTest {
    private static final long MASK = 0x0000_0001_8000_0000L;
    private static final int CODE = 0x400;
    private static final int OPERATION_EXCEPTION = 0x0000;
    private static final int BRANCH_TO_NEXT = 0xa7f4_0002; // jump 4 bytes on
    private static final int SET_CLOCK_COMPARATOR = 0xb206_0800; // sckc 0x800, which leaves guest code

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private final Machine machine = Machine.builder(storage).vcpus(1).build();
    private final Cpu cpu = new Cpu(machine.vcpu(0).bind(), new PlatformStub());
    private final Interpreter interpreter = new Interpreter(cpu, null, null);
    private boolean isLoop;

    private final GuestCpu guest = new GuestCpu() {
        @Override
        public long execute(Vcpu vcpu) {
            return interpreter.run();
        }

        @Override
        public void interruptionLoop(Vcpu vcpu) {
            isLoop = true;
        }
    };

    @BeforeEach
    void reset() {
        cpu.registers().initialReset();
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    private void programNewPsw(long mask, long address) {
        storage.putLong(Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET, mask);
        storage.putLong(Lowcore.PROGRAM_NEW_PSW_ADDRESS_OFFSET, address);
    }

    private void run(int turns) {
        for (int i = 0; i < turns && !isLoop; i++) {
            assertThat(cpu.vcpu().step(guest)).isEqualTo(RunOutcome.AGAIN);
        }
    }

    @Test
    void aProgramNewPswThatIsInvalidIsALoop() {
        programNewPsw(Long.MIN_VALUE, 0);
        run(1001);
        assertThat(isLoop).isTrue();
    }

    @Test
    void invalidPswsThatTakeTurnsAreALoop() {
        for (int i = 0; i < 1001; i++) {
            if (i % 2 == 0) {
                programNewPsw(Long.MIN_VALUE, 0x1000);
            } else {
                programNewPsw(0, 0x8000_0000L);
            }
            run(1);
        }
        assertThat(isLoop).isTrue();
    }

    @Test
    void aHandlerThatCompletesAnInstructionIsNone() {
        programNewPsw(MASK, CODE);
        storage.putInt(CODE, BRANCH_TO_NEXT);
        storage.putShort(CODE + 4, (short) OPERATION_EXCEPTION);
        run(3000);
        assertThat(isLoop).isFalse();
    }

    @Test
    void anInstructionThatWasCompletedBeforeGuestCodeWasLeftCountsToo() {
        programNewPsw(MASK, CODE);
        storage.putInt(CODE, SET_CLOCK_COMPARATOR);
        storage.putShort(CODE + 4, (short) OPERATION_EXCEPTION);
        run(6000);
        assertThat(isLoop).isFalse();
    }
}
