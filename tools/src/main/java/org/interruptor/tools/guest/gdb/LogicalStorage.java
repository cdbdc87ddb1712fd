package org.interruptor.tools.guest.gdb;

import java.io.ByteArrayOutputStream;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Prefixing;
import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.translation.AddressSpace;
import org.interruptor.tools.guest.translation.TableWalk;
import org.interruptor.tools.guest.translation.TranslationCode;

/**
 * Storage as a CPU's program sees it: by the tables of its address space, if its PSW has DAT on, then by its prefix. It uses no TLB,
 * sets no key and heeds no protection.
 *
 * <p>Threads: the session's, while the CPU is paused.
 */
final class LogicalStorage {
    private static final long OFFSET = GuestMemory.PAGE_LENGTH - 1;
    private static final long NOT_THERE = -1;

    private final GuestMemory storage;
    private final TableWalk tables;

    LogicalStorage(GuestMemory storage) {
        this.storage = storage;
        tables = new TableWalk(storage);
    }

    /** The bytes from an address on, up to the first that is not there. */
    byte[] read(Registers registers, long address, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
        for (int i = 0; i < length; i++) {
            long absolute = absolute(registers, address + i);
            if (absolute == NOT_THERE) {
                break;
            }
            bytes.write(storage.getByte(absolute));
        }
        return bytes.toByteArray();
    }

    /** Stores bytes, all of them or none; whether all are there. */
    boolean write(Registers registers, long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (absolute(registers, address + i) == NOT_THERE) {
                return false;
            }
        }
        for (int i = 0; i < bytes.length; i++) {
            storage.putByte(absolute(registers, address + i), bytes[i]);
        }
        return true;
    }

    private long absolute(Registers registers, long address) {
        long real = address;
        long mask = registers.pswMask();
        if ((mask & PswMask.DAT) != 0) {
            long asce = registers.control(AddressSpace.ofPsw(mask).controlRegister());
            if (tables.walk(asce, address) != TranslationCode.NONE) {
                return NOT_THERE;
            }
            real = tables.frame() | (address & OFFSET);
        }
        long absolute = Prefixing.realToAbsolute(real, registers.prefix());
        return storage.contains(absolute, 1) ? absolute : NOT_THERE;
    }
}
