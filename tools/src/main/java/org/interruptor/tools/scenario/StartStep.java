package org.interruptor.tools.scenario;

/** {@code start N}: the embedder starts vCPU N, if it is stopped. */
record StartStep(long vcpu) implements Step {

    static StartStep parse(Tokens tokens) throws MalformedStepException {
        return new StartStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("start");
        machine.vcpu(vcpu).handle().start();
        return "start " + vcpu + " wake=" + Format.yesNo(machine.firstWoken() != null);
    }
}
