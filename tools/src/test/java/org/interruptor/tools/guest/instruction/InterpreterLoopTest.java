package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
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
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(1).build();
    private final PlatformStub platform = new PlatformStub();
    private final Cpu cpu = new Cpu(machine.vcpu(0), platform);
    private final Interpreter interpreter = new Interpreter(cpu, null);

    @BeforeEach
    void reset() {
        cpu.initialReset();
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

    /** As the main loop does. */
    private void runAndDeliver(int times) {
        for (int i = 0; i < times && platform.stuck() == null; i++) {
            interpreter.run();
            assertThat(cpu.vcpu().deliverPending()).isNotEqualTo(Vcpu.FAULT);
        }
    }

    @Test
    void aProgramNewPswThatIsInvalidIsALoop() {
        programNewPsw(Long.MIN_VALUE, 0);
        runAndDeliver(1001);
        assertThat(platform.stuck())
                .isEqualTo(
                        "1000 program interruptions, the last with code 0x06, and no instruction completed in between");
    }

    @Test
    void invalidPswsThatTakeTurnsAreALoop() {
        for (int i = 0; i < 1001; i++) {
            if (i % 2 == 0) {
                programNewPsw(Long.MIN_VALUE, 0x1000);
            } else {
                programNewPsw(0, 0x8000_0000L);
            }
            runAndDeliver(1);
        }
        assertThat(platform.stuck()).contains("code 0x06");
    }

    @Test
    void aHandlerThatCompletesAnInstructionIsNone() {
        programNewPsw(MASK, CODE);
        storage.putInt(CODE, BRANCH_TO_NEXT);
        storage.putShort(CODE + 4, (short) OPERATION_EXCEPTION);
        runAndDeliver(3000);
        assertThat(platform.stuck()).isNull();
    }

    @Test
    void anInstructionThatWasCompletedBeforeGuestCodeWasLeftCountsToo() {
        programNewPsw(MASK, CODE);
        storage.putInt(CODE, SET_CLOCK_COMPARATOR);
        storage.putShort(CODE + 4, (short) OPERATION_EXCEPTION);
        runAndDeliver(6000);
        assertThat(platform.stuck()).isNull();
    }
}
