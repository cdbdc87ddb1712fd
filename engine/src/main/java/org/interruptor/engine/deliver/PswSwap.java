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

    private static final long VIRTIO_SOURCE = (long) VIRTIO_CPU_ADDRESS << Short.SIZE;

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
        swap(registers, lowcore, Lowcore.PROGRAM_OLD_PSW_MASK_OFFSET, Lowcore.PROGRAM_NEW_PSW_MASK_OFFSET);
    }

    void restart() {
        swap(registers, registers.lowcore(), Lowcore.RESTART_OLD_PSW_MASK_OFFSET, Lowcore.RESTART_NEW_PSW_MASK_OFFSET);
    }

    void external(InterruptionType type, TakenInterruption taken) {
        UnsafeBuffer lowcore = whole(registers.lowcore());
        byte[] array = lowcore.byteArray();
        long start = lowcore.addressOffset();
        InterruptionType.Stores stores = type.stores();
        if (stores == InterruptionType.Stores.BOTH_PARAMETERS) {
            long sourceAndCode = VIRTIO_SOURCE | type.externalCode();
            long parameter = (long) taken.parameter << Integer.SIZE;
            UnsafeApi.putLong(array, start + Lowcore.EXTERNAL_PARAMETER_OFFSET, bigEndian(parameter | sourceAndCode));
            UnsafeApi.putLong(array, start + Lowcore.EXTERNAL_PARAMETER_64_OFFSET, bigEndian(taken.parameter64));
        } else {
            UnsafeApi.putShort(array, start + Lowcore.EXTERNAL_CODE_OFFSET, bigEndian((short) type.externalCode()));
            if (stores != InterruptionType.Stores.CODE) {
                UnsafeApi.putInt(array, start + Lowcore.EXTERNAL_PARAMETER_OFFSET, bigEndian(taken.parameter));
            }
        }
        swap(registers, array, start, Lowcore.EXTERNAL_OLD_PSW_MASK_OFFSET, Lowcore.EXTERNAL_NEW_PSW_MASK_OFFSET);
    }

    /**
     * Stores the old PSW and loads the new one, at any places of the lowcore.
     *
     * @param lowcore that is in storage.
     */
    static void swap(Registers registers, Lowcore lowcore, int oldPsw, int newPsw) {
        UnsafeBuffer whole = whole(lowcore);
        swap(registers, whole.byteArray(), whole.addressOffset(), oldPsw, newPsw);
    }

    /** One check that the lowcore is whole stands for those of all accesses: each delivery comes by here. */
    private static UnsafeBuffer whole(Lowcore lowcore) {
        UnsafeBuffer buffer = lowcore.buffer();
        buffer.boundsCheck(0, Lowcore.LENGTH);
        return buffer;
    }

    /** Where the array is null, storage is not in the heap. */
    private static void swap(Registers registers, byte[] array, long start, int oldPsw, int newPsw) {
        UnsafeApi.putLong(array, start + oldPsw, bigEndian(registers.pswMask()));
        UnsafeApi.putLong(array, start + oldPsw + Long.BYTES, bigEndian(registers.pswAddress()));
        registers.psw(
                bigEndian(UnsafeApi.getLong(array, start + newPsw)),
                bigEndian(UnsafeApi.getLong(array, start + newPsw + Long.BYTES)));
    }

    private static long bigEndian(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }

    private static int bigEndian(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private static short bigEndian(short value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
    }
}
