package org.interruptor.tools.guest.instruction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Ebcdic;
import org.interruptor.tools.guest.cpu.MachineIdentity;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * STORE SYSTEM INFORMATION: blocks of 4 KiB, named by function code and two selectors.
 *
 * <pre>
 *   1.1.1  basic machine: manufacturer, type, model, sequence code, plant
 *   1.2.1  basic machine, this CPU: its sequence code and plant, its address
 *   1.2.2  basic machine, CPUs: their number and capability
 *   2.2.1  logical partition, this CPU: the same
 *   2.2.2  logical partition: its name and CPUs
 *   3.2.2  virtual machines: one, with its name, CPUs, control program and UUID
 * </pre>
 *
 * <p>The configuration's level is 3, a virtual machine. Source: Principles of Operation, chapter Control Instructions.
 */
final class SystemInformation {
    private static final int LENGTH = 4096;

    /** Register 0: function code in bits 32 to 35, selector 1 in bits 56 to 63, zeros between. */
    private static final int FUNCTION_SHIFT = 28;

    private static final int FUNCTION = 0xf << FUNCTION_SHIFT;
    private static final int RESERVED_IN_R0 = 0x0fff_ff00;

    /** Register 1: zeros in bits 32 to 47, then selector 2. */
    private static final int RESERVED_IN_R1 = 0xffff_0000;

    private static final int LEVEL = 3;

    private static final int CAPABILITY = 1000;

    /** UTF-8, as an encoding of the extended name. */
    private static final byte UTF_8 = 2;

    private static final int EXTENDED_NAME_LENGTH = 256;

    private SystemInformation() {}

    static void store(Cpu c, Storage m, long a) {
        int function = c.gr32(0) >>> FUNCTION_SHIFT;
        if ((c.gr32(0) & RESERVED_IN_R0) != 0 || (c.gr32(1) & RESERVED_IN_R1) != 0) {
            throw ProgramException.SPECIFICATION;
        }
        if (function == 0) {
            c.gr32(0, (c.gr32(0) & ~FUNCTION) | LEVEL << FUNCTION_SHIFT);
            c.cc(0);
            return;
        }
        Storage.aligned(a, LENGTH);
        ByteBuffer block = block(c, function, c.gr32(0) & 0xff, c.gr32(1));
        if (block == null) {
            c.cc(3);
            return;
        }
        m.checkStore(a, LENGTH);
        for (int i = 0; i < LENGTH; i += Long.BYTES) {
            m.store64(a + i, block.getLong(i));
        }
        c.cc(0);
    }

    /** Null if there is none. */
    private static ByteBuffer block(Cpu c, int function, int selector1, int selector2) {
        MachineIdentity identity = c.platform().identity();
        ByteBuffer block = ByteBuffer.allocate(LENGTH);
        switch (function << 24 | selector1 << 16 | selector2) {
            case 0x01010001 -> basicMachine(block);
            case 0x01020001, 0x02020001 -> thisCpu(block, c.id());
            case 0x01020002 -> basicMachineCpus(block, identity);
            case 0x02020002 -> partition(block, identity);
            case 0x03020002 -> virtualMachine(block, identity);
            default -> {
                return null;
            }
        }
        return block;
    }

    private static void basicMachine(ByteBuffer block) {
        text(block, 32, MachineIdentity.MANUFACTURER, 16);
        text(block, 48, MachineIdentity.TYPE, 4);
        text(block, 64, MachineIdentity.MODEL, 16);
        text(block, 80, MachineIdentity.SEQUENCE_CODE, 16);
        text(block, 96, MachineIdentity.PLANT, 4);
        text(block, 100, MachineIdentity.MODEL, 16);
    }

    private static void thisCpu(ByteBuffer block, int cpu) {
        text(block, 80, MachineIdentity.SEQUENCE_CODE, 16);
        text(block, 96, MachineIdentity.PLANT, 4);
        block.putShort(100, (short) (MachineIdentity.cpuId(cpu) >>> 32)); // the last 16 bits of the CPU identification
        block.putShort(102, (short) cpu);
    }

    private static void basicMachineCpus(ByteBuffer block, MachineIdentity identity) {
        block.putInt(32, CAPABILITY);
        cpuCounts(block, 36, identity);
        // For each number of CPUs above 1, how much of one CPU each has, in 1/65536: all of it, as near as that can be
        // said.
        int most = Math.min(identity.cpus(), (LENGTH - 44) / Short.BYTES + 1);
        for (int i = 2; i <= most; i++) {
            block.putShort(44 + Short.BYTES * (i - 2), (short) 0xffff);
        }
    }

    private static void partition(ByteBuffer block, MachineIdentity identity) {
        block.putShort(32, (short) 1); // its number
        cpuCounts(block, 36, identity);
        text(block, 44, identity.name(), 8);
        block.putInt(52, CAPABILITY);
        block.putShort(74, (short) identity.cpus()); // shared ones
    }

    private static void virtualMachine(ByteBuffer block, MachineIdentity identity) {
        block.put(31, (byte) 1); // so many follow
        cpuCounts(block, 36, identity);
        text(block, 44, identity.name(), 8);
        block.putInt(52, CAPABILITY);
        text(block, 56, identity.controlProgram(), 16);
        block.put(75, UTF_8);
        block.putLong(80, identity.uuidHigh());
        block.putLong(88, identity.uuidLow());
        byte[] name = identity.name().getBytes(StandardCharsets.UTF_8);
        block.put(2048, name, 0, Math.min(name.length, EXTENDED_NAME_LENGTH - 1));
    }

    /** Total, configured; standby and reserved, of which there are none. */
    private static void cpuCounts(ByteBuffer block, int offset, MachineIdentity identity) {
        block.putShort(offset, (short) identity.cpus());
        block.putShort(offset + 2, (short) identity.cpus());
    }

    private static void text(ByteBuffer block, int offset, String text, int length) {
        block.put(offset, Ebcdic.bytes(text, length));
    }
}
