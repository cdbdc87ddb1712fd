package org.interruptor.tools.guest.instruction;

import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.Operand;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;
import org.interruptor.tools.guest.translation.AddressSpace;
import org.interruptor.tools.guest.translation.ControlBits;
import org.interruptor.tools.guest.translation.Space;
import org.interruptor.tools.guest.translation.Spaces;
import org.interruptor.tools.guest.translation.TranslationCode;

/**
 * Moves whose operands have address spaces or access keys of their own. All of both operands is accessible before the first byte is
 * moved. Source: Principles of Operation, chapters Control Instructions and General Instructions.
 *
 * <pre>
 *   operand-access control of MOVE WITH OPTIONAL SPECIFICATIONS, general register 0: bits 32 to 47 first operand, 48 to 63 second
 *   0     4        8    10          14  15
 *  +-----+--------+----+-----------+---+---+
 *  | key |        | AS |           | K | A |      K: key is used; A: AS is used; else those of the PSW
 *  +-----+--------+----+-----------+---+---+
 * </pre>
 */
final class MovesBetweenSpaces {
    private static final int LONGEST_MVCOS = 4096;
    private static final int LONGEST = 256;

    // An operand-access control.
    private static final int KEY_SHIFT = 12;
    private static final int SPACE_SHIFT = 6;
    private static final int USE_KEY = 2;
    private static final int USE_SPACE = 1;

    // MOVE PAGE, general register 0.
    private static final int MUST_BE_ZERO = 0xf000;
    private static final int KEY_OF_FIRST = 0x800;
    private static final int KEY_OF_SECOND = 0x400;
    private static final int CONDITION_CODE_OPTION = 0x100;

    private MovesBetweenSpaces() {}

    static void define(Definitions on) {
        on.ssf(0xc80, "mvcos", (c, m, r3, a1, a2) -> withOptionalSpecifications(c, r3, a1, a2));
        on.rre(0xb254, "mvpg", MovesBetweenSpaces::movePage);
        on.ssd(0xda, "mvcp", (c, r1, r3, a1, a2) -> betweenSpaces(c, r1, r3, a1, a2, AddressSpace.PRIMARY));
        on.ssd(0xdb, "mvcs", (c, r1, r3, a1, a2) -> betweenSpaces(c, r1, r3, a1, a2, AddressSpace.SECONDARY));
        on.ssd(0xd9, "mvck", (c, r1, r3, a1, a2) -> {
            Spaces spaces = c.storage().spaces();
            moveAtMost(c, r1, spaces.operands(), a1, spaces.operands(2, key(c, c.gr32(r3) >>> 4)), a2);
        });
        on.sse(0xe50e, "mvcsk", (c, m, length, a1, a2) -> {
            Spaces spaces = m.spaces();
            move(m, spaces.operands(), a1, spaces.operands(2, key(c, c.gr32(1) >>> 4)), a2, (c.gr32(0) & 0xff) + 1);
        });
        on.sse(0xe50f, "mvcdk", (c, m, length, a1, a2) -> {
            Spaces spaces = m.spaces();
            move(m, spaces.operands(1, key(c, c.gr32(1) >>> 4)), a1, spaces.operands(), a2, (c.gr32(0) & 0xff) + 1);
        });
    }

    /** An access key that the program names: in the problem state the PSW-key mask must permit it. */
    private static int key(Cpu c, int value) {
        int key = value & 0xf;
        if (c.isProblemState() && ((int) c.registers().control(3) << key) >= 0) {
            throw ProgramException.PRIVILEGED_OPERATION;
        }
        return key;
    }

    private static void requireDat(Cpu c) {
        if ((c.registers().pswMask() & PswMask.DAT) == 0) {
            throw ProgramException.SPECIAL_OPERATION;
        }
    }

    private static void requireSecondarySpace(Cpu c) {
        if ((c.registers().control(0) & ControlBits.SECONDARY_SPACE) == 0) {
            throw ProgramException.SPECIAL_OPERATION;
        }
    }

    /** A length in a register: 64 bits in the 64-bit addressing mode, else 32, without sign. */
    private static long length(Cpu c, int register) {
        boolean isWide = (c.registers().pswMask() & PswMask.EXTENDED_ADDRESSING) != 0;
        return isWide ? c.gr(register) : c.gr32(register) & 0xffff_ffffL;
    }

    private static void move(Storage m, Space to, long a1, Space from, long a2, int length) {
        if (length > 0) {
            Operand source = m.source(from, a2, length);
            m.target(to, a1, length).move(source, length);
        }
    }

    private static void withOptionalSpecifications(Cpu c, int r3, long a1, long a2) {
        requireDat(c);
        Space to = space(c, 1, c.gr32(0) >>> 16);
        Space from = space(c, 2, c.gr32(0));
        if (c.isProblemState() && (c.gr32(0) >>> 16 & USE_SPACE) != 0 && to.control() == AddressSpace.HOME) {
            throw ProgramException.SPECIAL_OPERATION;
        }
        long length = length(c, r3);
        boolean isAll = Long.compareUnsigned(length, LONGEST_MVCOS) <= 0;
        move(c.storage(), to, a1, from, a2, isAll ? (int) length : LONGEST_MVCOS);
        c.cc(isAll ? 0 : 3);
    }

    private static Space space(Cpu c, int operand, int control) {
        Spaces spaces = c.storage().spaces();
        AddressSpace space =
                (control & USE_SPACE) == 0 ? spaces.operands().control() : AddressSpace.ofCode(control >>> SPACE_SHIFT);
        if (space == AddressSpace.SECONDARY) {
            requireSecondarySpace(c);
        } else if (space == AddressSpace.ACCESS_REGISTER) { // this machine has no such spaces
            throw ProgramException.SPECIAL_OPERATION;
        }
        int key = (control & USE_KEY) == 0 ? spaces.operands().key() : key(c, control >>> KEY_SHIFT);
        return spaces.named(operand, space, key);
    }

    /** To the primary space from the secondary one, or the other way. The key is for the secondary space. */
    private static void betweenSpaces(Cpu c, int r1, int r3, long a1, long a2, AddressSpace to) {
        requireDat(c);
        requireSecondarySpace(c);
        AddressSpace current = c.storage().spaces().operands().control();
        if (current != AddressSpace.PRIMARY && current != AddressSpace.SECONDARY) {
            throw ProgramException.SPECIAL_OPERATION;
        }
        Spaces spaces = c.storage().spaces();
        int key = key(c, c.gr32(r3) >>> 4);
        int pswKey = spaces.operands().key();
        boolean isToPrimary = to == AddressSpace.PRIMARY;
        Space first = spaces.named(1, to, isToPrimary ? pswKey : key);
        Space second = spaces.named(
                2, isToPrimary ? AddressSpace.SECONDARY : AddressSpace.PRIMARY, isToPrimary ? key : pswKey);
        moveAtMost(c, r1, first, a1, second, a2);
    }

    private static void moveAtMost(Cpu c, int r1, Space to, long a1, Space from, long a2) {
        long length = length(c, r1);
        boolean isAll = Long.compareUnsigned(length, LONGEST) <= 0;
        move(c.storage(), to, a1, from, a2, isAll ? (int) length : LONGEST);
        c.cc(isAll ? 0 : 3);
    }

    /** Condition code 0: moved; with the option, 1 the first operand's page is invalid, 2 the second one's. */
    private static void movePage(Cpu c, int r1, int r2) {
        int controls = c.gr32(0);
        boolean isFirst = (controls & KEY_OF_FIRST) != 0;
        boolean isSecond = (controls & KEY_OF_SECOND) != 0;
        if ((controls & MUST_BE_ZERO) != 0 || (isFirst && isSecond)) {
            throw ProgramException.SPECIFICATION;
        }
        Storage m = c.storage();
        Spaces spaces = m.spaces();
        int key = isFirst || isSecond ? key(c, controls >>> 4) : 0;
        Space to = isFirst ? spaces.operands(1, key) : spaces.operands();
        Space from = isSecond ? spaces.operands(2, key) : spaces.operands();
        long a1 = c.grAddress(r1) & -GuestMemory.PAGE_LENGTH;
        long a2 = c.grAddress(r2) & -GuestMemory.PAGE_LENGTH;
        if ((controls & CONDITION_CODE_OPTION) != 0) {
            if (m.probe().translate(from, a2) == TranslationCode.PAGE) {
                c.cc(2);
                return;
            }
            if (m.probe().translate(to, a1) == TranslationCode.PAGE) {
                c.cc(1);
                return;
            }
        }
        try {
            move(m, to, a1, from, a2, GuestMemory.PAGE_LENGTH);
        } catch (ProgramException e) {
            if (e == c.exception()) {
                c.exception().operandAccessId((r1 << 4) | r2);
            }
            throw e;
        }
        c.cc(0);
    }
}
