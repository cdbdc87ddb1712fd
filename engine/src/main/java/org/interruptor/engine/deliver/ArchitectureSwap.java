package org.interruptor.engine.deliver;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.interruptor.engine.contract.ProgramInterruption;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.queue.TakenInterruption;
import org.interruptor.memory.Lowcore;

/**
 * What an interruption stores under architecture rules, and its PSW swap. Differs from {@link PswSwap} in the CPU-address halfword
 * of external interruptions, which is stored as zero where no CPU address belongs to it, and knows more classes. Source:
 * Principles of Operation, chapter Interruptions.
 *
 * <p>Threads: the vCPU's own; only where the lowcore is in storage.
 */
final class ArchitectureSwap {
    /** Written to the CPU-address field by the two page-fault interruptions. */
    private static final int PAGE_FAULT_INITIAL = 0x0600;

    private static final int PAGE_FAULT_COMPLETION = 0x0680;

    private static final int SUPERVISOR_CALL_ILC_OFFSET = 0x88;
    private static final int SUPERVISOR_CALL_CODE_OFFSET = 0x8a;
    private static final int SUBSYSTEM_ID_OFFSET = 0xb8;
    private static final int IO_PARAMETER_OFFSET = 0xbc;
    private static final int IO_WORD_OFFSET = 0xc0;
    private static final int SUPERVISOR_CALL_OLD_PSW = 0x140;
    private static final int SUPERVISOR_CALL_NEW_PSW = 0x1c0;
    private static final int IO_OLD_PSW = 0x170;
    private static final int IO_NEW_PSW = 0x1f0;

    private final Registers registers;
    private final PswSwap original;

    ArchitectureSwap(Registers registers) {
        this.registers = registers;
        original = new PswSwap(registers);
    }

    void restart() {
        original.restart();
    }

    void program(ProgramInterruption program) {
        program.store(registers.lowcore());
        original.program(program.code(), program.length());
    }

    void external(InterruptionType type, TakenInterruption taken) {
        Lowcore lowcore = registers.lowcore();
        int address = 0;
        switch (type.stores()) {
            case PARAMETER -> lowcore.externalParameter(taken.parameter);
            case BOTH_PARAMETERS -> {
                lowcore.externalParameter(taken.parameter);
                lowcore.externalParameter64(taken.parameter64);
                address = PswSwap.VIRTIO_CPU_ADDRESS;
            }
            case SENDER -> address = taken.parameter;
            case TOKEN -> {
                lowcore.externalParameter64(taken.parameter64);
                address = type == InterruptionType.PAGE_FAULT_INITIAL ? PAGE_FAULT_INITIAL : PAGE_FAULT_COMPLETION;
            }
            default -> {} // the code alone
        }
        if (type == InterruptionType.EMERGENCY_SIGNAL) {
            address = taken.parameter;
        }
        lowcore.external(address, type.externalCode());
        PswSwap.swap(registers, lowcore, Lowcore.EXTERNAL_OLD_PSW_MASK_OFFSET, Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET);
    }

    void io(int subsystemId, long parameterAndWord) {
        UnsafeBuffer lowcore = registers.lowcore().buffer();
        lowcore.putInt(SUBSYSTEM_ID_OFFSET, subsystemId, ByteOrder.BIG_ENDIAN);
        lowcore.putInt(IO_PARAMETER_OFFSET, (int) (parameterAndWord >>> 32), ByteOrder.BIG_ENDIAN);
        lowcore.putInt(IO_WORD_OFFSET, (int) parameterAndWord, ByteOrder.BIG_ENDIAN);
        PswSwap.swap(registers, registers.lowcore(), IO_OLD_PSW, IO_NEW_PSW);
    }

    void supervisorCall(int code, int length) {
        UnsafeBuffer lowcore = registers.lowcore().buffer();
        lowcore.putShort(SUPERVISOR_CALL_ILC_OFFSET, (short) length, ByteOrder.BIG_ENDIAN);
        lowcore.putShort(SUPERVISOR_CALL_CODE_OFFSET, (short) code, ByteOrder.BIG_ENDIAN);
        PswSwap.swap(registers, registers.lowcore(), SUPERVISOR_CALL_OLD_PSW, SUPERVISOR_CALL_NEW_PSW);
    }
}
