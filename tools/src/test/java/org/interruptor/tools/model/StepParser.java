package org.interruptor.tools.model;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns one line into a step. All that is malformed by itself, whatever the machine's state, is found here. */
final class StepParser {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern BYTES = Pattern.compile("([0-9a-fA-F]{2})+");
    private static final Pattern REGISTER =
            Pattern.compile("psw\\.mask|psw\\.addr|cr([0-9]|1[0-5])|prefix|ckc|epoch|ipa");

    private final Deque<String> tokens = new ArrayDeque<>();

    private StepParser(String line) {
        int comment = line.indexOf('#');
        String step = comment < 0 ? line : line.substring(0, comment);
        for (String token : step.split("[ \t]+", -1)) {
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
    }

    /** The step of this line, which has no line end any more; empty if there is nothing but blanks and a comment on it. */
    static Optional<Step> parse(String line) throws MalformedStepException {
        StepParser parser = new StepParser(line);
        if (parser.tokens.isEmpty()) {
            return Optional.empty();
        }
        Step step = parser.step();
        if (!parser.tokens.isEmpty()) {
            throw new MalformedStepException("'" + parser.tokens.peek() + "' is left over", "the end of the line");
        }
        return Optional.of(step);
    }

    private Step step() throws MalformedStepException {
        String name = token("a step");
        return switch (name) {
            case "machine" -> machine();
            case "clock" -> new Step.SetClock(number("a TOD value", 64));
            case "set" -> set();
            case "store" -> new Step.Store(number("an address", 64), bytes());
            case "inject" -> inject();
            case "deliver" -> new Step.Deliver(vcpu());
            case "pending" -> new Step.Pending(vcpu());
            case "wait" -> new Step.EnterWait(vcpu());
            case "kick" -> new Step.Kick(vcpu());
            case "dump" -> new Step.Dump(vcpu());
            default -> throw new MalformedStepException("'" + name + "' is no step", "one of scenario.md");
        };
    }

    private Step machine() throws MalformedStepException {
        word("vcpus");
        long vcpus = number("the number of vCPUs", 64);
        word("memory");
        return new Step.CreateMachine(vcpus, number("the bytes of storage", 64));
    }

    private Step set() throws MalformedStepException {
        long vcpu = vcpu();
        String register = token("a register");
        if (!REGISTER.matcher(register).matches()) {
            throw new MalformedStepException(
                    "'" + register + "' is no register", "psw.mask, psw.addr, cr0 to cr15, prefix, ckc, epoch or ipa");
        }
        int width = switch (register) {
            case "prefix" -> 32;
            case "ipa" -> 16;
            default -> 64;
        };
        return new Step.SetRegister(vcpu, register, number("a value for " + register, width));
    }

    private Step inject() throws MalformedStepException {
        String target = token("vm, vcpu or program");
        return switch (target) {
            case "vm" -> new Step.InjectVm(type(), optionalNumber("PARM", 32), optionalNumber("PARM64", 64));
            case "vcpu" -> new Step.InjectVcpu(vcpu(), type(), optionalNumber("PARM", 32));
            case "program" -> new Step.InjectProgram(vcpu(), number("a program interruption code", 16));
            default -> throw new MalformedStepException("'" + target + "' is no target", "vm, vcpu or program");
        };
    }

    private long type() throws MalformedStepException {
        String token = token("a type");
        Optional<InterruptionType> named = InterruptionType.byName(token);
        return named.isPresent() ? named.get().number : number(token, "a type's name or raw number", 64);
    }

    private long vcpu() throws MalformedStepException {
        return number("the number of a vCPU", 64);
    }

    private String bytes() throws MalformedStepException {
        String token = token("bytes in hexadecimal");
        if (!BYTES.matcher(token).matches()) {
            throw new MalformedStepException(
                    "'" + token + "' are no bytes", "an even number of hexadecimal digits without 0x");
        }
        return token;
    }

    private long optionalNumber(String what, int bits) throws MalformedStepException {
        return tokens.isEmpty() ? 0 : number(what, bits);
    }

    private long number(String what, int bits) throws MalformedStepException {
        return number(token(what), what, bits);
    }

    private static long number(String token, String what, int bits) throws MalformedStepException {
        BigInteger value;
        if (DECIMAL.matcher(token).matches()) {
            value = new BigInteger(token);
        } else if (HEXADECIMAL.matcher(token).matches()) {
            value = new BigInteger(token.substring(2), 16);
        } else {
            throw new MalformedStepException("'" + token + "' is no number", what);
        }
        if (value.bitLength() > bits) {
            throw new MalformedStepException("'" + token + "' is too large", what + " of at most " + bits + " bits");
        }
        return value.longValue();
    }

    private void word(String word) throws MalformedStepException {
        String token = token("'" + word + "'");
        if (!token.equals(word)) {
            throw new MalformedStepException("'" + token + "' is out of place", "'" + word + "'");
        }
    }

    private String token(String expected) throws MalformedStepException {
        if (tokens.isEmpty()) {
            throw new MalformedStepException("the line is too short", expected);
        }
        return tokens.remove();
    }
}
