package org.interruptor.tools.scenario;

/** {@code pending N}: is there an interruption that vCPU N could take now? */
record PendingStep(long vcpu) implements Step {

    static PendingStep parse(Tokens tokens) throws MalformedStepException {
        return new PendingStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        boolean pending = machine.runningVcpu(vcpu).isPending();
        return "pending " + vcpu + " " + Format.yesNo(pending);
    }
}
