package org.interruptor.tools.guest.instruction;

import java.util.function.ToIntFunction;
import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.channel.Chsc;
import org.interruptor.tools.guest.channel.Orb;
import org.interruptor.tools.guest.channel.Subchannel;
import org.interruptor.tools.guest.channel.SubsystemId;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;

/**
 * I/O instructions: the operands here, the rest in {@link ChannelSubsystem}. General register 1 names the subchannel.
 *
 * <p>Exceptions in this order: specification, operand, then access. Nothing has changed when one is recognized. Source: Principles
 * of Operation, chapter I/O Instructions.
 */
final class InputOutput {
    private static final int NOT_OPERATIONAL = 3;

    private static final int CODE_LENGTH = 8;
    private static final int LONG_CODE_LENGTH = 12;

    /** Assigned storage location: subsystem-identification word, parameter and identification word of an I/O interruption. */
    private static final int INTERRUPTION_CODE = 0xb8;

    /** CR6: the I/O-interruption subclass mask is its bits 32 to 39. */
    private static final int SUBCLASS_MASK_SHIFT = 24;

    private static final int PATH_MUST_BE_ZERO = 0xffff_ff00;

    private InputOutput() {}

    static void define(Definitions on) {
        subchannel(on);
        functions(on);
        subsystem(on);
        interruptions(on);
    }

    private static void subchannel(Definitions on) {
        on.s(0xb234, "stsch", (c, m, a) -> {
            Storage.aligned(a, 4);
            Subchannel subchannel = named(c);
            if (subchannel != null) {
                m.check(a, 4 * Subchannel.SCHIB_WORDS);
                store(m, a, subchannel.store());
            }
            c.cc(subchannel == null ? NOT_OPERATIONAL : 0);
        });
        on.s(0xb232, "msch", (c, m, a) -> {
            Storage.aligned(a, 4);
            Subchannel subchannel = named(c);
            int[] schib = new int[Subchannel.SCHIB_WORDS];
            m.check(a, 4 * schib.length);
            for (int i = 0; i < schib.length; i++) {
                schib[i] = m.load32(a + 4L * i);
            }
            if (!Subchannel.isValid(schib)) {
                throw ProgramException.OPERAND;
            }
            c.cc(subchannel == null ? NOT_OPERATIONAL : subchannel.modify(schib));
        });
        on.s(0xb233, "ssch", (c, m, a) -> {
            Storage.aligned(a, 4);
            Subchannel subchannel = named(c);
            m.check(a, Orb.LENGTH);
            Orb orb = new Orb(m.load32(a), m.load32(a + 4), m.load32(a + 8));
            if (!orb.isValid()) {
                throw ProgramException.OPERAND;
            }
            m.serialize();
            c.cc(subchannel == null ? NOT_OPERATIONAL : subchannel.start(orb));
        });
        on.s(0xb235, "tsch", (c, m, a) -> {
            Storage.aligned(a, 4);
            Subchannel subchannel = named(c);
            int[] irb = new int[Subchannel.IRB_WORDS];
            if (subchannel != null) {
                m.check(a, 4 * irb.length);
            }
            int code = subchannel == null ? NOT_OPERATIONAL : subchannel.test(irb);
            if (code != NOT_OPERATIONAL) {
                store(m, a, irb);
            }
            m.serialize();
            c.cc(code);
        });
    }

    private static void functions(Definitions on) {
        on.s(0xb230, "csch", (c, m, a) -> function(c, Subchannel::clear));
        on.s(0xb231, "hsch", (c, m, a) -> function(c, Subchannel::halt));
        on.s(0xb238, "rsch", (c, m, a) -> function(c, Subchannel::resume));
        on.s(0xb276, "xsch", (c, m, a) -> function(c, Subchannel::cancel));
    }

    private static void function(Cpu c, ToIntFunction<Subchannel> function) {
        Subchannel subchannel = named(c);
        c.storage().serialize();
        c.cc(subchannel == null ? NOT_OPERATIONAL : function.applyAsInt(subchannel));
    }

    private static void subsystem(Definitions on) {
        on.s(0xb23b, "rchp", (c, m, a) -> {
            if ((c.gr32(1) & PATH_MUST_BE_ZERO) != 0) {
                throw ProgramException.OPERAND;
            }
            c.cc(c.platform().channels().resetPath(c.gr32(1)));
        });
        on.s(0xb239, "stcrw", (c, m, a) -> {
            Storage.aligned(a, 4);
            m.check(a, 4);
            int word = c.platform().channels().takeReport();
            m.store32(a, word);
            c.cc(word == 0 ? 1 : 0);
        });
        on.s(0xb23c, "schm", (c, m, a) -> accepted(c.platform().channels().monitor(c.gr32(1), c.gr(2))));
        on.s(0xb237, "sal", (c, m, a) -> accepted(c.platform().channels().limit(c.gr32(1))));
        on.rre(0xb25f, "chsc", (c, r1, r2) -> {
            Storage m = c.storage();
            long a = c.grAddress(r1);
            Storage.aligned(a, Chsc.BLOCK_LENGTH);
            m.check(a, Chsc.BLOCK_LENGTH);
            int length = m.load16(a) & 0xffff;
            if (!Chsc.isValidLength(length)) {
                throw ProgramException.OPERAND;
            }
            byte[] response = Chsc.call(m.load16(a + 2) & 0xffff, length);
            for (int i = 0; i < response.length; i++) {
                m.store8(a + length + i, response[i]);
            }
            c.cc(0);
        });
    }

    private static void accepted(boolean isAccepted) {
        if (!isAccepted) {
            throw ProgramException.OPERAND;
        }
    }

    /** At address 0 the code goes to where an interruption stores it, with one word more. */
    private static void interruptions(Definitions on) {
        on.s(0xb236, "tpi", (c, m, a) -> {
            Storage.aligned(a, 4);
            long at = a == 0 ? INTERRUPTION_CODE : a;
            m.check(at, a == 0 ? LONG_CODE_LENGTH : CODE_LENGTH);
            IoInterruption taken = new IoInterruption();
            boolean isTaken = c.vcpu().takeIo((int) c.registers().control(6) >>> SUBCLASS_MASK_SHIFT, taken);
            if (isTaken) {
                m.store32(at, taken.subsystemId());
                m.store32(at + 4, taken.parameter());
                if (a == 0) {
                    m.store32(at + 8, taken.word());
                }
            }
            c.cc(isTaken ? 1 : 0);
        });
    }

    /** The subchannel that general register 1 names; null if there is none. */
    private static Subchannel named(Cpu c) {
        int word = c.gr32(1);
        if (!SubsystemId.isValid(word)) {
            throw ProgramException.OPERAND;
        }
        return c.platform().channels().find(word);
    }

    private static void store(Storage m, long address, int[] words) {
        for (int i = 0; i < words.length; i++) {
            m.store32(address + 4L * i, words[i]);
        }
    }
}
