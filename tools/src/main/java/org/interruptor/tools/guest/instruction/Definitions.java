package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.instruction.Fields.b2;
import static org.interruptor.tools.guest.instruction.Fields.byte1;
import static org.interruptor.tools.guest.instruction.Fields.byteAt;
import static org.interruptor.tools.guest.instruction.Fields.d2;
import static org.interruptor.tools.guest.instruction.Fields.half1;
import static org.interruptor.tools.guest.instruction.Fields.longD2;
import static org.interruptor.tools.guest.instruction.Fields.nibble;
import static org.interruptor.tools.guest.instruction.Fields.r1;
import static org.interruptor.tools.guest.instruction.Fields.r2;
import static org.interruptor.tools.guest.instruction.Fields.secondB;
import static org.interruptor.tools.guest.instruction.Fields.secondD;

import java.util.function.Consumer;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.DataException;
import org.interruptor.tools.guest.instruction.Operations.Comparison;
import org.interruptor.tools.guest.instruction.Operations.ImmediateOnly;
import org.interruptor.tools.guest.instruction.Operations.RegisterImmediate;
import org.interruptor.tools.guest.instruction.Operations.RegisterStorage;
import org.interruptor.tools.guest.instruction.Operations.RegisterStorageStorage;
import org.interruptor.tools.guest.instruction.Operations.RegistersStorageStorage;
import org.interruptor.tools.guest.instruction.Operations.StorageImmediate;
import org.interruptor.tools.guest.instruction.Operations.StorageOnly;
import org.interruptor.tools.guest.instruction.Operations.StorageStorage;
import org.interruptor.tools.guest.instruction.Operations.ThreeRegisters;
import org.interruptor.tools.guest.instruction.Operations.TwoNibblesStorage;
import org.interruptor.tools.guest.instruction.Operations.TwoRegisters;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersBits;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersImmediate;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersModified;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersStorage;

/**
 * Takes the lines of the instruction tables: for each format a method that decodes its operands and hands them to what the
 * line does.
 *
 * <p>Opcodes are written as the Principles of Operation do: {@code 0x58}, {@code 0xa7b} (first byte and the four bits in
 * the second one), {@code 0xb904} and {@code 0xe304} (first byte and the second or the sixth).
 */
final class Definitions {
    private final InstructionTable table;
    private final DecoderCopies copies;
    private final boolean privileged;
    private final boolean binaryFloatingPoint;

    Definitions(InstructionTable table) {
        this(table, new DecoderCopies(), false, false);
    }

    private Definitions(InstructionTable table, DecoderCopies copies, boolean privileged, boolean binaryFloatingPoint) {
        this.table = table;
        this.copies = copies;
        this.privileged = privileged;
        this.binaryFloatingPoint = binaryFloatingPoint;
    }

    /** The same, for instructions that are refused in the problem state. */
    Definitions privileged() {
        return new Definitions(table, copies, true, binaryFloatingPoint);
    }

    /** The same, for instructions that are refused without the AFP-register control. */
    Definitions binaryFloatingPoint() {
        return new Definitions(table, copies, privileged, true);
    }

    private void add(int opcode, String mnemonic, Format format, Instruction.Decoded decoded) {
        add(opcode, mnemonic, format, copies.copy(RegisterDecoders.Other.class, Instruction.Decoded.class, decoded));
    }

    private void add(int opcode, String mnemonic, Format format, Decoder decoder) {
        Decoder checked = decoder;
        if (binaryFloatingPoint) {
            checked = copies.copy(RegisterDecoders.BinaryFloatingPoint.class, Decoder.class, checked);
        }
        if (privileged) {
            checked = copies.copy(RegisterDecoders.Privileged.class, Decoder.class, checked);
        }
        table.add(opcode, new Instruction(mnemonic, format, privileged, checked));
    }

    void e(int opcode, String mnemonic, Consumer<Cpu> op) {
        add(opcode, mnemonic, Format.E, (c, code) -> op.accept(c));
    }

    void i(int opcode, String mnemonic, ImmediateOnly op) {
        add(opcode, mnemonic, Format.I, copies.copy(RegisterDecoders.I.class, ImmediateOnly.class, op));
    }

    void rr(int opcode, String mnemonic, TwoRegisters op) {
        add(opcode, mnemonic, Format.RR, copies.copy(RegisterDecoders.Rr.class, TwoRegisters.class, op));
    }

    void rre(int opcode, String mnemonic, TwoRegisters op) {
        add(opcode, mnemonic, Format.RRE, copies.copy(RegisterDecoders.Rre.class, TwoRegisters.class, op));
    }

    /** The third register, or the mask, is in bits 16 to 19. */
    void rrf(int opcode, String mnemonic, ThreeRegisters op) {
        add(opcode, mnemonic, Format.RRF, copies.copy(RegisterDecoders.Rrf.class, ThreeRegisters.class, op));
    }

    /** How to round, in bits 16 to 19, and whether inexact is an exception, in bits 20 to 23. */
    void rrfModified(int opcode, String mnemonic, TwoRegistersModified op) {
        add(
                opcode,
                mnemonic,
                Format.RRF_M,
                (c, code) -> op.execute(c, nibble(code, 24), nibble(code, 28), nibble(code, 16), nibble(code, 20)));
    }

    /** The first register is in bits 16 to 19, then the third and the second. */
    void rrd(int opcode, String mnemonic, ThreeRegisters op) {
        add(
                opcode,
                mnemonic,
                Format.RRD,
                (c, code) -> op.execute(c, nibble(code, 16), nibble(code, 28), nibble(code, 24)));
    }

    void rxe(int opcode, String mnemonic, RegisterStorage op) {
        add(
                opcode,
                mnemonic,
                Format.RXE,
                (c, code) -> op.execute(c, c.storage(), r1(code), c.address(r2(code), b2(code), d2(code))));
    }

    /** The first register is in bits 32 to 35, the third one where it is elsewhere. */
    void rxf(int opcode, String mnemonic, TwoRegistersStorage op) {
        add(
                opcode,
                mnemonic,
                Format.RXF,
                (c, code) -> op.execute(
                        c, c.storage(), nibble(code, 32), r1(code), c.address(r2(code), b2(code), d2(code))));
    }

    /** The base register, besides, to choose an address space by. */
    void rxBased(int opcode, String mnemonic, TwoRegistersStorage op) {
        add(
                opcode,
                mnemonic,
                Format.RX,
                (c, code) -> op.execute(c, c.storage(), r1(code), b2(code), c.address(r2(code), b2(code), d2(code))));
    }

    void rxyBased(int opcode, String mnemonic, TwoRegistersStorage op) {
        add(
                opcode,
                mnemonic,
                Format.RXY,
                (c, code) ->
                        op.execute(c, c.storage(), r1(code), b2(code), c.address(r2(code), b2(code), longD2(code))));
    }

    void rx(int opcode, String mnemonic, RegisterStorage op) {
        add(opcode, mnemonic, Format.RX, copies.copy(StorageDecoders.Rx.class, RegisterStorage.class, op));
    }

    void rxy(int opcode, String mnemonic, RegisterStorage op) {
        add(opcode, mnemonic, Format.RXY, copies.copy(StorageDecoders.Rxy.class, RegisterStorage.class, op));
    }

    void rs(int opcode, String mnemonic, TwoRegistersStorage op) {
        add(opcode, mnemonic, Format.RS, copies.copy(StorageDecoders.Rs.class, TwoRegistersStorage.class, op));
    }

    void rsy(int opcode, String mnemonic, TwoRegistersStorage op) {
        add(opcode, mnemonic, Format.RSY, copies.copy(StorageDecoders.Rsy.class, TwoRegistersStorage.class, op));
    }

    /** A branch, with both registers. */
    void rsi(int opcode, String mnemonic, TwoRegistersImmediate op) {
        add(opcode, mnemonic, Format.RSI, (c, code) -> op.execute(c, r1(code), r2(code), c.relative(half1(code))));
    }

    void ri(int opcode, String mnemonic, RegisterImmediate op) {
        add(opcode, mnemonic, Format.RI, copies.copy(RegisterDecoders.Ri.class, RegisterImmediate.class, op));
    }

    /** The immediate is the address to branch to. */
    void riBranch(int opcode, String mnemonic, RegisterImmediate op) {
        add(
                opcode,
                mnemonic,
                Format.RI_BRANCH,
                copies.copy(RegisterDecoders.RiBranch.class, RegisterImmediate.class, op));
    }

    void ril(int opcode, String mnemonic, RegisterImmediate op) {
        add(opcode, mnemonic, Format.RIL, copies.copy(RegisterDecoders.Ril.class, RegisterImmediate.class, op));
    }

    /** The immediate is the address to branch to, or that is loaded. */
    void rilRelative(int opcode, String mnemonic, RegisterImmediate op) {
        add(
                opcode,
                mnemonic,
                Format.RIL_RELATIVE,
                copies.copy(RegisterDecoders.RilRelative.class, RegisterImmediate.class, op));
    }

    /** The operand in storage is relative. */
    void rilStorage(int opcode, String mnemonic, RegisterStorage op) {
        add(
                opcode,
                mnemonic,
                Format.RIL_RELATIVE,
                copies.copy(StorageDecoders.RilStorage.class, RegisterStorage.class, op));
    }

    /** Two registers, or one and a mask, and an immediate of 16 bits. */
    void rieD(int opcode, String mnemonic, TwoRegistersImmediate op) {
        add(opcode, mnemonic, Format.RIE_D, copies.copy(RegisterDecoders.RieD.class, TwoRegistersImmediate.class, op));
    }

    /** A branch, with both registers. */
    void rieE(int opcode, String mnemonic, TwoRegistersImmediate op) {
        add(opcode, mnemonic, Format.RIE_E, copies.copy(RegisterDecoders.RieE.class, TwoRegistersImmediate.class, op));
    }

    void rieF(int opcode, String mnemonic, TwoRegistersBits op) {
        add(opcode, mnemonic, Format.RIE_F, copies.copy(RegisterDecoders.RieF.class, TwoRegistersBits.class, op));
    }

    void s(int opcode, String mnemonic, StorageOnly op) {
        add(opcode, mnemonic, Format.S, copies.copy(StorageDecoders.S.class, StorageOnly.class, op));
    }

    void si(int opcode, String mnemonic, StorageImmediate op) {
        add(opcode, mnemonic, Format.SI, copies.copy(StorageDecoders.Si.class, StorageImmediate.class, op));
    }

    void siy(int opcode, String mnemonic, StorageImmediate op) {
        add(opcode, mnemonic, Format.SIY, copies.copy(StorageDecoders.Siy.class, StorageImmediate.class, op));
    }

    void sil(int opcode, String mnemonic, StorageImmediate op) {
        add(opcode, mnemonic, Format.SIL, copies.copy(StorageDecoders.Sil.class, StorageImmediate.class, op));
    }

    /** The length is the number of bytes, 1 to 256. */
    void ss(int opcode, String mnemonic, StorageStorage op) {
        add(opcode, mnemonic, Format.SS, copies.copy(StorageDecoders.Ss.class, StorageStorage.class, op));
    }

    /** The lengths are four bits each, less 1; or something else is there. */
    void ssNibbles(int opcode, String mnemonic, TwoNibblesStorage op) {
        add(
                opcode,
                mnemonic,
                Format.SS_N,
                (c, code) -> op.execute(
                        c,
                        c.storage(),
                        r1(code),
                        r2(code),
                        c.address(b2(code), d2(code)),
                        c.address(secondB(code), secondD(code))));
    }

    void sse(int opcode, String mnemonic, StorageStorage op) {
        add(opcode, mnemonic, Format.SSE, (c, code) -> storageStorage(op, c, code));
    }

    /** The register comes first in the code, and last in assembly. */
    void ssf(int opcode, String mnemonic, RegisterStorageStorage op) {
        add(
                opcode,
                mnemonic,
                Format.SSF,
                (c, code) -> op.execute(
                        c,
                        c.storage(),
                        r1(code),
                        c.address(b2(code), d2(code)),
                        c.address(secondB(code), secondD(code))));
    }

    /** The length is in the first register, a key in the third. */
    void ssd(int opcode, String mnemonic, RegistersStorageStorage op) {
        add(
                opcode,
                mnemonic,
                Format.SSD,
                (c, code) -> op.execute(
                        c, r1(code), r2(code), c.address(b2(code), d2(code)), c.address(secondB(code), secondD(code))));
    }

    private static void storageStorage(StorageStorage op, Cpu c, long code) {
        op.execute(
                c,
                c.storage(),
                byte1(code) + 1,
                c.address(b2(code), d2(code)),
                c.address(secondB(code), secondD(code)));
    }

    // Compare and branch, compare and trap: what they compare is all that they differ in.

    /** Registers; relative. */
    void rieB(int opcode, String mnemonic, Comparison op) {
        add(opcode, mnemonic, Format.RIE_B, copies.copy(RegisterDecoders.RieB.class, Comparison.class, op));
    }

    /** Register and immediate; relative. */
    void rieC(int opcode, String mnemonic, Comparison op) {
        add(opcode, mnemonic, Format.RIE_C, copies.copy(RegisterDecoders.RieC.class, Comparison.class, op));
    }

    /** Registers; base and displacement. */
    void rrs(int opcode, String mnemonic, Comparison op) {
        add(opcode, mnemonic, Format.RRS, (c, code) -> {
            if (op.isSelected(nibble(code, 32), c.gr(r1(code)), c.gr(r2(code)))) {
                c.branch(c.address(b2(code), d2(code)));
            }
        });
    }

    /** Register and immediate; base and displacement. */
    void ris(int opcode, String mnemonic, Comparison op) {
        add(opcode, mnemonic, Format.RIS, (c, code) -> {
            if (op.isSelected(r2(code), c.gr(r1(code)), op.immediate8(byteAt(code, 32)))) {
                c.branch(c.address(b2(code), d2(code)));
            }
        });
    }

    /** Registers; trap. */
    void rrfTrap(int opcode, String mnemonic, Comparison op) {
        rrf(opcode, mnemonic, (c, r1, r2, mask) -> {
            if (op.isSelected(mask, c.gr(r1), c.gr(r2))) {
                trap(c);
            }
        });
    }

    /** Register and immediate; trap. */
    void rieA(int opcode, String mnemonic, Comparison op) {
        add(opcode, mnemonic, Format.RIE_A, (c, code) -> {
            int immediate = op.isSigned() ? half1(code) : half1(code) & 0xffff;
            if (op.isSelected(nibble(code, 32), c.gr(r1(code)), immediate)) {
                trap(c);
            }
        });
    }

    private static void trap(Cpu c) {
        throw c.dataException(DataException.COMPARE_AND_TRAP);
    }
}
