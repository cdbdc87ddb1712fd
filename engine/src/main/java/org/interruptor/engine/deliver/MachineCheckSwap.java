package org.interruptor.engine.deliver;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.contract.StatusProvider;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.wake.Timers;
import org.interruptor.memory.GuestMemory;

/**
 * What a machine check stores, and its PSW swap. Source: Principles of Operation, chapter Machine-Check Handling.
 *
 * <pre>
 *  0x0a3  1, the architecture mode            0x1200  registers, as {@link StatusArea}
 *  0x0e8  interruption code                   0x1300  fixed logout, 16 bytes
 *  0x0f4  external-damage code                0x11b0  names the area of the vector registers
 *  0x0f8  failing-storage address             0x160   old PSW; new PSW at 0x1e0
 * </pre>
 *
 * <p>Threads: the vCPU's own; only where the lowcore is in storage.
 */
final class MachineCheckSwap {
    private static final int ARCHITECTURE_MODE = 0xa3;
    private static final int CODE = 0xe8;
    private static final int EXTERNAL_DAMAGE_CODE = 0xf4;
    private static final int FAILING_STORAGE_ADDRESS = 0xf8;
    private static final int OLD_PSW = 0x160;
    private static final int NEW_PSW = 0x1e0;
    private static final int EXTENDED_SAVE_AREA = 0x11b0;
    private static final int STATUS = 0x1200;
    private static final int LOGOUT = 0x1300;

    /** The extended save area begins at a multiple of 1,024; the low bits of its designation are a length code. */
    private static final long EXTENDED_ORIGIN = -1024;

    private static final int LENGTH_CODE = 0xf;

    /** WP, MS, PM, IA, CR, CT, CC: what the engine stores itself, or knows to be right. */
    private static final long ALWAYS_VALID = 0x800_0000_0000L
            | 0x400_0000_0000L
            | 0x200_0000_0000L
            | 0x100_0000_0000L
            | 0x4_0000_0000L
            | 0x2_0000L
            | 0x1_0000L;

    private static final long FLOATING_POINT_VALID = 0x10_0000_0000L;
    private static final long GENERAL_VALID = 0x8_0000_0000L;
    private static final long ACCESS_VALID = 0x4000_0000L;
    private static final long TOD_PROGRAMMABLE_VALID = 0x20_0000L;
    private static final long FLOATING_POINT_CONTROL_VALID = 0x10_0000L;
    private static final long VECTOR_VALID = 0x40_0000_0000L;
    private static final long MADE_AT_DELIVERY = ALWAYS_VALID
            | FLOATING_POINT_VALID
            | GENERAL_VALID
            | ACCESS_VALID
            | TOD_PROGRAMMABLE_VALID
            | FLOATING_POINT_CONTROL_VALID
            | VECTOR_VALID;

    /** A channel report alone: ST is one, FA and EC are zero. */
    private static final MachineCheck REPORT_ALONE =
            new MachineCheck(MachineCheck.CHANNEL_REPORT | MachineCheck.STORAGE_LOGICAL_VALID);

    private final Registers registers;
    private final Timers timers;
    private final GuestMemory storage;
    private final UnsafeBuffer status = new UnsafeBuffer(new byte[StatusArea.LENGTH]);
    private final UnsafeBuffer vectors = new UnsafeBuffer(new byte[StatusArea.VECTORS_LENGTH]);
    private final StatusArea area = new StatusArea(status, vectors);

    MachineCheckSwap(Registers registers, Timers timers, GuestMemory storage) {
        this.registers = registers;
        this.timers = timers;
        this.storage = storage;
    }

    /**
     * Stores, and loads the new PSW.
     *
     * @param local the conditions of the vCPU, or null.
     * @param isReport whether a floating channel report is part of it.
     * @return the code that was stored.
     */
    long swap(MachineCheck local, boolean isReport, StatusProvider embedder) {
        MachineCheck check = local == null ? REPORT_ALONE : local;
        int groups = collect(embedder);
        UnsafeBuffer lowcore = registers.lowcore().buffer();
        long code = (check.code() & ~MADE_AT_DELIVERY)
                | (isReport ? MachineCheck.CHANNEL_REPORT : 0)
                | ALWAYS_VALID
                | valid(groups, lowcore);
        lowcore.putBytes(STATUS, status, 0, StatusArea.LENGTH);
        putLong(lowcore, LOGOUT, check.logout());
        putLong(lowcore, LOGOUT + Long.BYTES, check.logout2());
        lowcore.putByte(ARCHITECTURE_MODE, (byte) 1);
        putLong(lowcore, CODE, code);
        lowcore.putInt(EXTERNAL_DAMAGE_CODE, check.externalDamageCode(), ByteOrder.BIG_ENDIAN);
        putLong(lowcore, FAILING_STORAGE_ADDRESS, check.failingStorageAddress());
        PswSwap.swap(registers, registers.lowcore(), OLD_PSW, NEW_PSW);
        return code;
    }

    private static void putLong(UnsafeBuffer lowcore, int offset, long value) {
        lowcore.putLong(offset, value, ByteOrder.BIG_ENDIAN);
    }

    /** Fills the area: first what the embedder has, then what the engine has. */
    private int collect(StatusProvider embedder) {
        status.setMemory(0, StatusArea.LENGTH, (byte) 0);
        vectors.setMemory(0, StatusArea.VECTORS_LENGTH, (byte) 0);
        int groups = embedder == null ? 0 : embedder.storeStatus(area);
        area.psw(0, 0, registers.prefix()); // the fixed logout takes the place of the PSW
        area.timers(timers.cpuTimer(), registers.clockComparator());
        for (int i = 0; i < StatusArea.CONTROL_REGISTERS; i++) {
            area.control(i, registers.control(i));
        }
        return groups;
    }

    private long valid(int groups, UnsafeBuffer lowcore) {
        return ((groups & StatusArea.HAS_FLOATING_POINT) != 0 ? FLOATING_POINT_VALID : 0)
                | ((groups & StatusArea.HAS_GENERAL) != 0 ? GENERAL_VALID : 0)
                | ((groups & StatusArea.HAS_ACCESS) != 0 ? ACCESS_VALID : 0)
                | ((groups & StatusArea.HAS_TOD_PROGRAMMABLE) != 0 ? TOD_PROGRAMMABLE_VALID : 0)
                | ((groups & StatusArea.HAS_FLOATING_POINT_CONTROL) != 0 ? FLOATING_POINT_CONTROL_VALID : 0)
                | ((groups & StatusArea.HAS_VECTOR) != 0 && isVectorStored(lowcore) ? VECTOR_VALID : 0);
    }

    /** Into the area that the guest has named, if it has named one in storage: its address is the guest's. */
    private boolean isVectorStored(UnsafeBuffer lowcore) {
        long designation = lowcore.getLong(EXTENDED_SAVE_AREA, ByteOrder.BIG_ENDIAN);
        long origin = designation & EXTENDED_ORIGIN;
        if (origin == 0 || (designation & LENGTH_CODE) != 0 || !storage.contains(origin, StatusArea.VECTORS_LENGTH)) {
            return false;
        }
        storage.putBytes(origin, vectors.byteArray(), 0, StatusArea.VECTORS_LENGTH);
        return true;
    }
}
