package org.interruptor.tools.guest.instruction;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.DataException;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * The floating-point-control register (FPC):
 *
 * <pre>
 *   bits  0    5    8    13   16       24    29  31
 *        +----+----+----+----+--------+-----+-----+
 *        |mask|  0 |flag|  0 |  DXC   |  0  | BRM |
 *        +----+----+----+----+--------+-----+-----+
 * </pre>
 *
 * <p>Masks and flags are, from the left: invalid operation, division by zero, overflow, underflow, inexact. BRM is the binary
 * rounding mode: 0 to nearest, 1 to 0, 2 to +infinity, 3 to -infinity, 7 to prepare for a shorter precision. There is no decimal
 * rounding mode, since there is no decimal floating point.
 *
 * <p>Source: Principles of Operation, chapter Floating-Point Overview and Support Instructions.
 */
final class FloatingPointControl {
    private static final int ASSIGNED = 0xf8f8_ff07;
    private static final int FLAGS = 0x00f8_0000;
    private static final int MASK_TO_FLAG_SHIFT = 8;
    private static final int ROUNDING_MODE = 7;

    // The flags, from the left.
    private static final int INVALID = 0x0080_0000;
    private static final int DIVISION_BY_ZERO = 0x0040_0000;
    private static final int OVERFLOW = 0x0020_0000;
    private static final int UNDERFLOW = 0x0010_0000;
    private static final int INEXACT = 0x0008_0000;

    /** Is added to a data-exception code that stands for one of the past, and inexact with it. */
    private static final int SURROGATE = 0x03;

    private static final int SURROGATE_INEXACT = 0x08;

    private FloatingPointControl() {}

    /** The lines. Each is a binary floating-point instruction, refused without the AFP-register control. */
    static void define(Definitions on) {
        on.s(0xb29d, "lfpc", (c, m, a) -> c.fpc(valid(m.load32(a))));
        on.s(0xb29c, "stfpc", (c, m, a) -> m.store32(a, c.fpc()));
        on.rre(0xb384, "sfpc", (c, r1, r2) -> c.fpc(valid(c.gr32(r1))));
        on.rre(0xb38c, "efpc", (c, r1, r2) -> c.gr32(r1, c.fpc()));
        on.s(0xb299, "srnm", (c, m, a) -> c.fpc((c.fpc() & ~ROUNDING_MODE) | ((int) a & 3)));
        on.s(0xb2b8, "srnmb", (c, m, a) -> {
            int mode = (int) a & 0xff;
            if (!isRoundingMode(mode)) {
                throw ProgramException.SPECIFICATION;
            }
            c.fpc((c.fpc() & ~ROUNDING_MODE) | mode);
        });
        on.s(0xb2bd, "lfas", FloatingPointControl::loadAndSignal);
        on.rre(0xb385, "sfasr", (c, r1, r2) -> setAndSignal(c, c.gr32(r1)));
    }

    private static boolean isRoundingMode(int mode) {
        return mode <= 3 || mode == 7;
    }

    private static int valid(int fpc) {
        if ((fpc & ~ASSIGNED) != 0 || !isRoundingMode(fpc & ROUNDING_MODE)) {
            throw ProgramException.SPECIFICATION;
        }
        return fpc;
    }

    private static void loadAndSignal(Cpu c, Storage m, long a) {
        setAndSignal(c, m.load32(a));
    }

    /** Keeps the flags that there are, and traps for one of them that the new masks enable. */
    private static void setAndSignal(Cpu c, int source) {
        int flags = c.fpc() & FLAGS;
        c.fpc(valid(source) | flags);
        int enabled = flags & (source >>> MASK_TO_FLAG_SHIFT);
        if (enabled != 0) {
            throw c.dataException(surrogate(enabled, flags));
        }
    }

    private static int surrogate(int enabled, int flags) {
        int inexact = (flags & INEXACT) != 0 ? SURROGATE_INEXACT : 0;
        if ((enabled & INVALID) != 0) {
            return DataException.INVALID_OPERATION | SURROGATE;
        }
        if ((enabled & DIVISION_BY_ZERO) != 0) {
            return DataException.DIVISION_BY_ZERO | SURROGATE;
        }
        if ((enabled & OVERFLOW) != 0) {
            return DataException.OVERFLOW | inexact | SURROGATE;
        }
        if ((enabled & UNDERFLOW) != 0) {
            return DataException.UNDERFLOW | inexact | SURROGATE;
        }
        return SURROGATE_INEXACT | SURROGATE;
    }
}
