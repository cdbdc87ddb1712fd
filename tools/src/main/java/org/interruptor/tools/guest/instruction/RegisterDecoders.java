package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.instruction.Fields.byte1;
import static org.interruptor.tools.guest.instruction.Fields.byteAt;
import static org.interruptor.tools.guest.instruction.Fields.half1;
import static org.interruptor.tools.guest.instruction.Fields.nibble;
import static org.interruptor.tools.guest.instruction.Fields.r1;
import static org.interruptor.tools.guest.instruction.Fields.r2;
import static org.interruptor.tools.guest.instruction.Fields.word1;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.instruction.Instruction.Decoded;
import org.interruptor.tools.guest.instruction.Operations.Comparison;
import org.interruptor.tools.guest.instruction.Operations.ImmediateOnly;
import org.interruptor.tools.guest.instruction.Operations.RegisterImmediate;
import org.interruptor.tools.guest.instruction.Operations.ThreeRegisters;
import org.interruptor.tools.guest.instruction.Operations.TwoRegisters;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersBits;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersImmediate;

/**
 * The decoders of formats with registers and immediates, and of any other: each decodes the operands of its format and hands them to what the instruction does.
 *
 * <p>They are templates: {@link DecoderCopies} makes a class of its own of one for each instruction.
 *
 * <p>Threads: any; immutable.
 */
final class RegisterDecoders {
    private RegisterDecoders() {}

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
