package org.interruptor.engine.deliver;

import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.queue.TakenInterruption;
import org.interruptor.memory.Lowcore;

/**
 * What an interruption stores in the lowcore, and its PSW swap: the old PSW is stored, then the new one is loaded. Source:
 * {@code interruptions.md}, section 2; Principles of Operation, chapter Interruptions.
 *
 * <p>Threads: the vCPU's own; only where the lowcore is in storage.
 */
final class PswSwap {
    /** Written to the CPU-address field by a virtio interruption. */
    static final int VIRTIO_CPU_ADDRESS = 0x0d00;

    private final Registers registers;

    PswSwap(Registers registers) {
        this.registers = registers;
    }

    void program(int code) {
        program(code, registers.instructionLength());
    }

    void program(int code, int length) {
        Lowcore lowcore = registers.lowcore();
        lowcore.programIlc(length);
        lowcore.programCode(code);
        lowcore.programOldPswMask(registers.pswMask());
        lowcore.programOldPswAddress(registers.pswAddress());
        registers.psw(lowcore.programNewPswMask(), lowcore.programNewPswAddress());
    }

    void restart() {
        Lowcore lowcore = registers.lowcore();
        lowcore.restartOldPswMask(registers.pswMask());
        lowcore.restartOldPswAddress(registers.pswAddress());
        registers.psw(lowcore.restartNewPswMask(), lowcore.restartNewPswAddress());
    }

    void external(InterruptionType type, TakenInterruption taken) {
        Lowcore lowcore = registers.lowcore();
        InterruptionType.Stores stores = type.stores();
        if (stores == InterruptionType.Stores.BOTH_PARAMETERS) {
            lowcore.external(taken.parameter, VIRTIO_CPU_ADDRESS, type.externalCode());
            lowcore.externalParameter64(taken.parameter64);
        } else {
            lowcore.externalCode(type.externalCode());
            if (stores != InterruptionType.Stores.CODE) {
                lowcore.externalParameter(taken.parameter);
            }
        }
        lowcore.externalOldPswMask(registers.pswMask());
        lowcore.externalOldPswAddress(registers.pswAddress());
        registers.psw(lowcore.externalNewPswMask(), lowcore.externalNewPswAddress());
    }
}
