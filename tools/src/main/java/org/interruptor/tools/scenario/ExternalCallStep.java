package org.interruptor.tools.scenario;

import org.interruptor.engine.contract.InjectResult;

/** {@code external-call N SENDER}: an external call for vCPU N, from outside, as one of vCPU SENDER. */
record ExternalCallStep(long vcpu, long sender) implements Step {

    static ExternalCallStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        return new ExternalCallStep(vcpu, tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("external-call");
        InjectResult result = machine.vcpu(vcpu)
                .handle()
                .injectExternalCall(machine.vcpu(sender).id());
        return Format.injected(result, " wake=" + Format.yesNo(machine.firstWoken() != null));
    }
}
