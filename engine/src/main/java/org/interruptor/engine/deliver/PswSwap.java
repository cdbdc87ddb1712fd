package org.interruptor.engine.deliver;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
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
        swap(registers, lowcore.buffer(), Lowcore.PROGRAM_OLD_PSW_MASK_OFFSET, Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET);
    }

    void restart() {
        swap(
                registers,
                registers.lowcore().buffer(),
                Lowcore.RESTART_OLD_PSW_MASK_OFFSET,
                Lowcore.RESTART_NEW_PSW_MASK_OFFSET);
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
        swapExternal(registers, lowcore);
    }

    static void swapExternal(Registers registers, Lowcore lowcore) {
        swap(registers, lowcore.buffer(), Lowcore.EXTERNAL_OLD_PSW_MASK_OFFSET, Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET);
    }

    /**
     * Stores the old PSW and loads the new one, at any places of the lowcore. One check that the lowcore is whole stands for those of the
     * four doublewords: each delivery comes by here.
     */
    static void swap(Registers registers, UnsafeBuffer lowcore, int oldPsw, int newPsw) {
        lowcore.boundsCheck(0, Lowcore.LENGTH);
        byte[] array = lowcore.byteArray(); // null where storage is not in the heap
        long start = lowcore.addressOffset();
        UnsafeApi.putLong(array, start + oldPsw, bigEndian(registers.pswMask()));
        UnsafeApi.putLong(array, start + oldPsw + Long.BYTES, bigEndian(registers.pswAddress()));
        registers.psw(
                bigEndian(UnsafeApi.getLong(array, start + newPsw)),
                bigEndian(UnsafeApi.getLong(array, start + newPsw + Long.BYTES)));
    }

    private static long bigEndian(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }
}
