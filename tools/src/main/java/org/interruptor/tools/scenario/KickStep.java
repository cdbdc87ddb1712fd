package org.interruptor.tools.scenario;

import org.interruptor.engine.VcpuHandle;

/** {@code kick N}: the embedder calls vCPU N out of the wait, if it is in it. */
record KickStep(long vcpu) implements Step {

    static KickStep parse(Tokens tokens) throws MalformedStepException {
        return new KickStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        VcpuHandle target = machine.vcpu(vcpu).handle();
        if (target.isWaiting()) {
            target.kick();
        }
        return "kick " + vcpu + " " + Format.yesNo(machine.firstWoken() != null);
    }
}
