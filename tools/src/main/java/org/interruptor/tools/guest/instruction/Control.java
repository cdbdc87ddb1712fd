package org.interruptor.tools.guest.instruction;

import org.interruptor.memory.Prefixing;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Operand;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.PswFormat;
import org.interruptor.tools.guest.cpu.Storage;

/** Privileged instructions. Source: Principles of Operation, chapter Control Instructions. */
final class Control {
    /** CR0: SET SYSTEM MASK is suppressed. */
    private static final long SSM_SUPPRESSION = 0x4000_0000L;

    /** Of TEST BLOCK. */
    private static final int BLOCK = 4096;

    private static final int PREFIX_BITS = 0x7fff_e000;

    private Control() {}

    static void define(Definitions on) {
        psw(on);
        controlRegisters(on);
        prefix(on);
        timing(on);
        platform(on);
    }

    private static void psw(Definitions on) {
        on.si(0x82, "lpsw", (c, m, a, i) -> {
            long psw = Loads.aligned64(m, a);
            if ((psw & PswFormat.SHORT_FORM) == 0) {
                throw ProgramException.SPECIFICATION;
            }
            c.loadPsw(PswFormat.longMask(psw), PswFormat.longAddress(psw));
        });
        on.s(0xb2b2, "lpswe", (c, m, a) -> {
            Storage.aligned(a, 8);
            m.check(a, 16);
            c.loadPsw(m.load64(a), m.load64(a + 8));
        });
        on.si(0x80, "ssm", (c, m, a, i) -> {
            if ((c.registers().control(0) & SSM_SUPPRESSION) != 0) {
                throw ProgramException.SPECIAL_OPERATION;
            }
            c.systemMask(m.load8(a));
        });
        on.si(0xac, "stnsm", (c, m, a, i) -> {
            int old = systemMask(c);
            m.store8(a, old);
            c.systemMask(old & i);
        });
        on.si(0xad, "stosm", (c, m, a, i) -> {
            int old = systemMask(c);
            m.store8(a, old);
            c.systemMask(old | i);
        });
    }

    private static int systemMask(Cpu c) {
        return (int) (c.registers().pswMask() >>> 56);
    }

    private static void controlRegisters(Definitions on) {
        on.rs(0xb7, "lctl", (c, m, r1, r3, a) -> {
            int count = Loads.count(r1, r3);
            Storage.aligned(a, 4);
            Operand values = m.source(m.spaces().operands(), a, 4 * count);
            for (int i = 0; i < count; i++) { // a register that is loaded may change the address space
                int number = (r1 + i) & 15;
                long high = c.registers().control(number) & ~0xffff_ffffL;
                c.loadControl(number, high | Integer.toUnsignedLong(values.load32(4 * i)));
            }
        });
        on.rsy(0xeb2f, "lctlg", (c, m, r1, r3, a) -> {
            int count = Loads.count(r1, r3);
            Storage.aligned(a, 8);
            Operand values = m.source(m.spaces().operands(), a, 8 * count);
            for (int i = 0; i < count; i++) {
                c.loadControl((r1 + i) & 15, values.load64(8 * i));
            }
        });
        on.rs(0xb6, "stctl", (c, m, r1, r3, a) -> {
            int count = Loads.count(r1, r3);
            Storage.aligned(a, 4);
            m.checkStore(a, 4 * count);
            for (int i = 0; i < count; i++) {
                m.store32(a + 4L * i, (int) c.registers().control((r1 + i) & 15));
            }
        });
        on.rsy(0xeb25, "stctg", (c, m, r1, r3, a) -> {
            int count = Loads.count(r1, r3);
            Storage.aligned(a, 8);
            m.checkStore(a, 8 * count);
            for (int i = 0; i < count; i++) {
                m.store64(a + 8L * i, c.registers().control((r1 + i) & 15));
            }
        });
    }

    private static void prefix(Definitions on) {
        on.s(0xb210, "spx", (c, m, a) -> {
            int prefix = Loads.aligned32(m, a) & PREFIX_BITS;
            if (!m.isThere(prefix, Prefixing.AREA_LENGTH)) {
                throw ProgramException.ADDRESSING;
            }
            c.registers().prefix(prefix);
            m.purge();
            m.serialize();
        });
        on.s(0xb211, "stpx", (c, m, a) -> {
            Storage.aligned(a, 4);
            m.store32(a, (int) c.registers().prefix());
        });
        on.s(0xb212, "stap", (c, m, a) -> {
            Storage.aligned(a, 2);
            m.store16(a, c.id());
        });
        on.rre(0xb22c, "tb", (c, r1, r2) -> testBlock(c, c.grAddress(r2) & -BLOCK));
    }

    /** Clears a block at a real address: none of it is ever found unusable. */
    private static void testBlock(Cpu c, long real) {
        long absolute = c.storage().absolute(c.storage().spaces().realWithoutKey(), real, true);
        c.storage().main().memory().putBytes(absolute, new byte[BLOCK], 0, BLOCK);
        c.storage().serialize();
        c.gr(0, 0);
        c.cc(0);
    }

    private static void timing(Definitions on) {
        on.s(0xb206, "sckc", (c, m, a) -> {
            c.registers().clockComparator(Loads.aligned64(m, a));
            c.leave(); // it may be due, or due earlier than what was waited for
        });
        on.s(0xb207, "stckc", (c, m, a) -> storeAligned(m, a, c.registers().clockComparator()));
        on.s(0xb204, "sck", (c, m, a) -> {
            c.platform().setClock(Loads.aligned64(m, a));
            c.leave(); // as above
            c.cc(0);
        });
        on.e(0x0107, "sckpf", c -> {
            if ((c.gr32(0) & 0xffff_0000) != 0) {
                throw ProgramException.SPECIFICATION;
            }
            c.programmableField(c.gr32(0));
        });
        on.s(0xb208, "spt", (c, m, a) -> {
            c.vcpu().cpuTimer(Loads.aligned64(m, a));
            c.leave(); // as above
        });
        on.s(0xb209, "stpt", (c, m, a) -> storeAligned(m, a, c.vcpu().cpuTimer()));
    }

    private static void storeAligned(Storage m, long a, long value) {
        Storage.aligned(a, 8);
        m.store64(a, value);
    }

    private static void platform(Definitions on) {
        on.rs(0xae, "sigp", (c, m, r1, r3, a) -> {
            m.serialize();
            c.cc(c.platform().signalProcessor(c, (int) a & 0xff, (int) c.gr(r3) & 0xffff, r1, c.gr(r1 | 1)));
            m.serialize();
        });
        on.rre(0xb220, "servc", (c, r1, r2) -> {
            c.storage().serialize();
            c.cc(c.platform().serviceCall(c, c.gr32(r1), c.grAddress(r2)));
        });
        on.rs(0x83, "diag", (c, m, r1, r3, a) -> c.cc(c.platform().diagnose(c, (int) a & 0xffff, r1, r3)));
    }
}
