package org.interruptor.tools.guest.sigp;

import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Where a CPU's status is stored, all big-endian, at an absolute address:
 *
 * <pre>
 *   offset  bytes
 *    0x000   128   floating-point registers
 *    0x080   128   general registers
 *    0x100    16   PSW
 *    0x118     4   prefix
 *    0x11c     4   floating-point control register
 *    0x124     4   TOD programmable register
 *    0x128     8   CPU timer
 *    0x131     7   clock comparator, bits 0 to 55
 *    0x140    64   access registers
 *    0x180   128   control registers
 * </pre>
 *
 * <p>Source: Principles of Operation, chapters Storage (Assigned Storage Locations) and Control (Store-Status Operation).
 */
final class StatusArea {
    /** Where stop and store status puts it. */
    static final long ASSIGNED = 0x1200;

    static final int LENGTH = 0x200;

    /** Absolute address of the byte that says z/Architecture, beside an area at {@link #ASSIGNED}. */
    private static final long ARCHITECTURAL_MODE_IDENTIFICATION = 0xa3;

    private static final int GENERAL_REGISTERS = 0x80;
    private static final int PSW = 0x100;
    private static final int PREFIX = 0x118;
    private static final int FLOATING_POINT_CONTROL = 0x11c;
    private static final int TOD_PROGRAMMABLE = 0x124;
    private static final int CPU_TIMER = 0x128;
    private static final int CLOCK_COMPARATOR = 0x130;
    private static final int ACCESS_REGISTERS = 0x140;
    private static final int CONTROL_REGISTERS = 0x180;

    private StatusArea() {}

    /** Stores at the assigned place. */
    static void store(Cpu cpu, GuestMemory memory) {
        memory.putByte(ARCHITECTURAL_MODE_IDENTIFICATION, (byte) 1);
        store(cpu, memory, ASSIGNED);
    }

    static void store(Cpu cpu, GuestMemory memory, long area) {
        Registers registers = cpu.registers();
        memory.putBytes(area, new byte[LENGTH], 0, LENGTH);
        for (int i = 0; i < 16; i++) {
            memory.putLong(area + 8L * i, cpu.fpr(i));
            memory.putLong(area + GENERAL_REGISTERS + 8L * i, cpu.gr(i));
            memory.putInt(area + ACCESS_REGISTERS + 4L * i, cpu.ar(i));
            memory.putLong(area + CONTROL_REGISTERS + 8L * i, registers.control(i));
        }
        memory.putLong(area + PSW, registers.pswMask());
        memory.putLong(area + PSW + 8, registers.pswAddress());
        memory.putInt(area + PREFIX, (int) registers.prefix());
        memory.putInt(area + FLOATING_POINT_CONTROL, cpu.fpc());
        memory.putInt(area + TOD_PROGRAMMABLE, cpu.programmableField());
        memory.putLong(area + CPU_TIMER, cpu.timer().value());
        memory.putLong(area + CLOCK_COMPARATOR, registers.clockComparator() >>> 8);
    }
}
