package org.interruptor.tools.scenario;

import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;

/** {@code inject vm TYPE [PARM [PARM64]]}: a floating interruption for the whole machine. */
record InjectFloatingStep(TypeNumber type, int parameter, long parameter64) implements Step {

    static InjectFloatingStep parse(Tokens tokens) throws MalformedStepException {
        TypeNumber type = TypeNumber.parse(tokens);
        int parameter = (int) tokens.optionalNumber("PARM", Integer.SIZE);
        return new InjectFloatingStep(type, parameter, tokens.optionalNumber("PARM64", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        InjectResult result = inject(machine.machine());
        return Format.injected(result, machine.chosen());
    }

    /** Two types have a name and no raw number. */
    private InjectResult inject(Machine machine) {
        if (type.type() == InterruptionType.SERVICE_EVENT) {
            return machine.injectServiceEvent(parameter);
        }
        if (type.type() == InterruptionType.CHANNEL_REPORT) {
            return machine.injectChannelReport();
        }
        return type.is32Bits() ? machine.inject((int) type.value(), parameter, parameter64) : InjectResult.INVALID;
    }
}
