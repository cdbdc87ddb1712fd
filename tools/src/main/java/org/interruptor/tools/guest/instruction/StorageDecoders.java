package org.interruptor.tools.guest.instruction;

import static org.interruptor.tools.guest.instruction.Fields.b2;
import static org.interruptor.tools.guest.instruction.Fields.byte1;
import static org.interruptor.tools.guest.instruction.Fields.d2;
import static org.interruptor.tools.guest.instruction.Fields.half2;
import static org.interruptor.tools.guest.instruction.Fields.longD2;
import static org.interruptor.tools.guest.instruction.Fields.r1;
import static org.interruptor.tools.guest.instruction.Fields.r2;
import static org.interruptor.tools.guest.instruction.Fields.secondB;
import static org.interruptor.tools.guest.instruction.Fields.secondD;
import static org.interruptor.tools.guest.instruction.Fields.word1;

import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.instruction.Operations.RegisterStorage;
import org.interruptor.tools.guest.instruction.Operations.StorageImmediate;
import org.interruptor.tools.guest.instruction.Operations.StorageOnly;
import org.interruptor.tools.guest.instruction.Operations.StorageStorage;
import org.interruptor.tools.guest.instruction.Operations.TwoRegistersStorage;

/**
 * The decoders of formats with operands in storage: each decodes the operands of its format and hands them to what the instruction does.
 *
 * <p>They are templates: {@link DecoderCopies} makes a class of its own of one for each instruction.
 *
 * <p>Threads: any; immutable.
 */
final class StorageDecoders {
    private StorageDecoders() {}

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
}
