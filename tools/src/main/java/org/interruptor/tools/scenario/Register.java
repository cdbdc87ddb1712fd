package org.interruptor.tools.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import org.interruptor.engine.gate.Registers;

/**
 * A register that a scenario can set.
 *
 * @param bits how wide it is.
 * @param setter sets it.
 */
record Register(int bits, Setter setter) {

    @FunctionalInterface
    interface Setter {
        void set(Registers registers, long value);
    }

    private static final int CONTROL_REGISTERS = 16;
    private static final Map<String, Register> BY_NAME = byName();

    private static Map<String, Register> byName() {
        Map<String, Register> byName = new LinkedHashMap<>();
        byName.put("psw.mask", new Register(64, (registers, value) -> registers.psw(value, registers.pswAddress())));
        byName.put("psw.addr", new Register(64, Registers::pswAddress));
        for (int i = 0; i < CONTROL_REGISTERS; i++) {
            int number = i;
            byName.put("cr" + i, new Register(64, (registers, value) -> registers.control(number, value)));
        }
        byName.put("prefix", new Register(32, Registers::prefix));
        byName.put("ckc", new Register(64, Registers::clockComparator));
        byName.put("epoch", new Register(64, Registers::epoch));
        byName.put("ipa", new Register(16, (registers, value) -> registers.ipa((int) value)));
        return byName;
    }

    static Register parse(Tokens tokens) throws MalformedStepException {
        String expected = "psw.mask, psw.addr, cr0 to cr15, prefix, ckc, epoch or ipa";
        String name = tokens.next(expected);
        Register register = BY_NAME.get(name);
        if (register == null) {
            throw new MalformedStepException(Tokens.quote(name) + " is not a register", expected);
        }
        return register;
    }
}
