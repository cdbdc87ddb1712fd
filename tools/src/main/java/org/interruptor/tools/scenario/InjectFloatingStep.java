package org.interruptor.tools.scenario;

import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.InjectResult;

/** {@code inject vm TYPE [PARM [PARM64]]}: a floating interruption for the whole machine. */
record InjectFloatingStep(TypeNumber type, int parameter, long parameter64) implements Step {

    static InjectFloatingStep parse(Tokens tokens) throws MalformedStepException {
        TypeNumber type = TypeNumber.parse(tokens);
        int parameter = (int) tokens.optionalNumber("PARM", Integer.SIZE);
        return new InjectFloatingStep(type, parameter, tokens.optionalNumber("PARM64", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        InjectResult result = type.is32Bits()
                ? machine.machine().inject((int) type.value(), parameter, parameter64)
                : InjectResult.INVALID;
        Vcpu woken = machine.firstWoken();
        return Format.injected(
                result, " kick=" + (woken == null ? "any" : woken.id()) + " wake=" + Format.yesNo(woken != null));
    }
}
