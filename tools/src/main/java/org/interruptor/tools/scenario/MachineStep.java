package org.interruptor.tools.scenario;

/** {@code machine vcpus N memory BYTES}: the first step. */
record MachineStep(long vcpus, long bytes) implements Step {

    static MachineStep parse(Tokens tokens) throws MalformedStepException {
        tokens.word("vcpus");
        long vcpus = tokens.number("how many vCPUs", Long.SIZE);
        tokens.word("memory");
        return new MachineStep(vcpus, tokens.number("how many bytes of storage", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.build(vcpus, bytes);
        return null;
    }
}
