package org.interruptor.tools.scenario;

import org.interruptor.engine.contract.InjectResult;

/** {@code inject adapter SUBCLASS [suppressible]}: an adapter interruption. */
record InjectAdapterStep(int subclass, boolean isSuppressible) implements Step {

    static InjectAdapterStep parse(Tokens tokens) throws MalformedStepException {
        int subclass = Subclass.parse(tokens);
        return new InjectAdapterStep(subclass, tokens.optionalWord("suppressible"));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("inject adapter");
        InjectResult result = machine.machine().injectAdapter(subclass, isSuppressible);
        return Format.injected(result, machine.chosen());
    }
}
