package org.interruptor.tools.scenario;

/** {@code stop N}: the embedder stops vCPU N, at once and without an order. */
record StopStep(long vcpu) implements Step {

    static StopStep parse(Tokens tokens) throws MalformedStepException {
        return new StopStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("stop");
        machine.runningVcpu(vcpu).stop();
        return "stop " + vcpu;
    }
}
