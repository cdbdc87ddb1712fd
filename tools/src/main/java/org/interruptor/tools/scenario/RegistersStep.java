package org.interruptor.tools.scenario;

/** {@code registers N GROUPS}: which registers the embedder of vCPU N stores for a machine check. */
record RegistersStep(long vcpu, int groups) implements Step {

    static RegistersStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        return new RegistersStep(vcpu, ScenarioRegisters.parse(tokens));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("registers");
        machine.vcpu(vcpu);
        machine.registers((int) vcpu).groups(groups);
        return null;
    }
}
