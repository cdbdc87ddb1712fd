package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.instruction.Fields.b2;
import static org.interruptor.tools.guest.instruction.Fields.byte1;
import static org.interruptor.tools.guest.instruction.Fields.byteAt;
import static org.interruptor.tools.guest.instruction.Fields.d2;
import static org.interruptor.tools.guest.instruction.Fields.half1;
import static org.interruptor.tools.guest.instruction.Fields.half2;
import static org.interruptor.tools.guest.instruction.Fields.longD2;
import static org.interruptor.tools.guest.instruction.Fields.nibble;
import static org.interruptor.tools.guest.instruction.Fields.r1;
import static org.interruptor.tools.guest.instruction.Fields.r2;
import static org.interruptor.tools.guest.instruction.Fields.secondB;
import static org.interruptor.tools.guest.instruction.Fields.secondD;
import static org.interruptor.tools.guest.instruction.Fields.word1;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.instruction.Instruction.Decoded;
import org.interruptor.tools.guest.instruction.Operations.Comparison;
import org.interruptor.tools.guest.instruction.Operations.ImmediateOnly;
import org.interruptor.tools.guest.instruction.Operations.RegisterImmediate;
import org.interruptor.tools.guest.instruction.Operations.RegisterStorage;
import org.interruptor.tools.guest.instruction.Operations.StorageImmediate;
import org.interruptor.tools.guest.instruction.Operations.StorageOnly;
import org.interruptor.tools.guest.instruction.Operations.StorageStorage;
import org.interruptor.tools.guest.instruction.Operations.ThreeRegisters;
import org.interruptor.tools.guest.instruction.Operations.TwoRegisters;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersBits;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersImmediate;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersStorage;

/**
 * The decoders of the formats that guests execute most: each decodes the operands of its format and hands them to what the
 * instruction does.
 *
 * <p>They are templates. {@link DecoderCopies} makes a class of its own of a template for each instruction, so that the JIT
 * compiler finds one target at its call of {@code op}, inlines it, and an instruction is one dispatch instead of two.
 *
 * <p>Threads: any; immutable.
 */
final class Decoders {
    private Decoders() {}

    static final class I extends Decoder {
        private final ImmediateOnly op;

        I(ImmediateOnly op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, byte1(code));
        }
    }

    static final class Rr extends Decoder {
        private final TwoRegisters op;

        Rr(TwoRegisters op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), r2(code));
        }
    }

    static final class Rre extends Decoder {
        private final TwoRegisters op;

        Rre(TwoRegisters op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, nibble(code, 24), nibble(code, 28));
        }
    }

    static final class Rrf extends Decoder {
        private final ThreeRegisters op;

        Rrf(ThreeRegisters op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, nibble(code, 24), nibble(code, 28), nibble(code, 16));
        }
    }

    static final class Rx extends Decoder {
        private final RegisterStorage op;

        Rx(RegisterStorage op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), r1(code), c.address(r2(code), b2(code), d2(code)));
        }
    }

    static final class Rxy extends Decoder {
        private final RegisterStorage op;

        Rxy(RegisterStorage op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), r1(code), c.address(r2(code), b2(code), longD2(code)));
        }
    }

    static final class Rs extends Decoder {
        private final TwoRegistersStorage op;

        Rs(TwoRegistersStorage op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), r1(code), r2(code), c.address(b2(code), d2(code)));
        }
    }

    static final class Rsy extends Decoder {
        private final TwoRegistersStorage op;

        Rsy(TwoRegistersStorage op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), r1(code), r2(code), c.address(b2(code), longD2(code)));
        }
    }

    static final class Ri extends Decoder {
        private final RegisterImmediate op;

        Ri(RegisterImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), half1(code));
        }
    }

    static final class RiBranch extends Decoder {
        private final RegisterImmediate op;

        RiBranch(RegisterImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), c.relative(half1(code)));
        }
    }

    static final class Ril extends Decoder {
        private final RegisterImmediate op;

        Ril(RegisterImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), word1(code));
        }
    }

    static final class RilRelative extends Decoder {
        private final RegisterImmediate op;

        RilRelative(RegisterImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), c.relative(word1(code)));
        }
    }

    static final class RilStorage extends Decoder {
        private final RegisterStorage op;

        RilStorage(RegisterStorage op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), r1(code), c.relative(word1(code)));
        }
    }

    static final class RieD extends Decoder {
        private final TwoRegistersImmediate op;

        RieD(TwoRegistersImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), r2(code), half1(code));
        }
    }

    static final class RieE extends Decoder {
        private final TwoRegistersImmediate op;

        RieE(TwoRegistersImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), r2(code), c.relative(half1(code)));
        }
    }

    static final class RieF extends Decoder {
        private final TwoRegistersBits op;

        RieF(TwoRegistersBits op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, r1(code), r2(code), byteAt(code, 16), byteAt(code, 24), byteAt(code, 32));
        }
    }

    static final class S extends Decoder {
        private final StorageOnly op;

        S(StorageOnly op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), c.address(b2(code), d2(code)));
        }
    }

    static final class Si extends Decoder {
        private final StorageImmediate op;

        Si(StorageImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), c.address(b2(code), d2(code)), byte1(code));
        }
    }

    static final class Siy extends Decoder {
        private final StorageImmediate op;

        Siy(StorageImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), c.address(b2(code), longD2(code)), byte1(code));
        }
    }

    static final class Sil extends Decoder {
        private final StorageImmediate op;

        Sil(StorageImmediate op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, c.storage(), c.address(b2(code), d2(code)), half2(code));
        }
    }

    static final class Ss extends Decoder {
        private final StorageStorage op;

        Ss(StorageStorage op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(
                    c,
                    c.storage(),
                    byte1(code) + 1,
                    c.address(b2(code), d2(code)),
                    c.address(secondB(code), secondD(code)));
        }
    }

    static final class RieB extends Decoder {
        private final Comparison op;

        RieB(Comparison op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            if (op.isSelected(nibble(code, 32), c.gr(r1(code)), c.gr(r2(code)))) {
                c.branch(c.relative(half1(code)));
            }
        }
    }

    static final class RieC extends Decoder {
        private final Comparison op;

        RieC(Comparison op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            if (op.isSelected(r2(code), c.gr(r1(code)), op.immediate8(byteAt(code, 32)))) {
                c.branch(c.relative(half1(code)));
            }
        }
    }

    /** Of any format: the decoder is a function. */
    static final class Other extends Decoder {
        private final Decoded op;

        Other(Decoded op) {
            this.op = op;
        }

        @Override
        void execute(Cpu c, long code) {
            op.execute(c, code);
        }
    }

    /** Refuses the problem state, in front of another decoder. */
    static final class Privileged extends Decoder {
        private final Decoder decoder;

        Privileged(Decoder decoder) {
            this.decoder = decoder;
        }

        @Override
        void execute(Cpu c, long code) {
            if (c.isProblemState()) {
                throw ProgramException.PRIVILEGED_OPERATION;
            }
            decoder.execute(c, code);
        }
    }

    /** Refuses an instruction without the AFP-register control. */
    static final class BinaryFloatingPoint extends Decoder {
        private final Decoder decoder;

        BinaryFloatingPoint(Decoder decoder) {
            this.decoder = decoder;
        }

        @Override
        void execute(Cpu c, long code) {
            c.checkBinaryFloatingPoint();
            decoder.execute(c, code);
        }
    }
}
