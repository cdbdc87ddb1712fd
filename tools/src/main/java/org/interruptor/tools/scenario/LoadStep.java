package org.interruptor.tools.scenario;

/** {@code load N MASK ADDRESS}: the embedder has stopped vCPU N load a PSW and start, which its next delivery does. */
record LoadStep(long vcpu, long mask, long address) implements Step {

    static LoadStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        long mask = tokens.number("the mask of a PSW", Long.SIZE);
        return new LoadStep(vcpu, mask, tokens.number("the address of a PSW", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("load");
        String answer = Format.answer(machine.vcpu(vcpu).handle().load(mask, address));
        return "load " + vcpu + " " + answer + " wake=" + Format.yesNo(machine.firstWoken() != null);
    }
}
