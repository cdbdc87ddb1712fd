package org.interruptor.tools.scenario;

import org.interruptor.engine.contract.Rules;

/** {@code machine vcpus N memory BYTES [rules original|architecture]}: the first step. */
record MachineStep(long vcpus, long bytes, Rules rules) implements Step {

    static MachineStep parse(Tokens tokens) throws MalformedStepException {
        tokens.word("vcpus");
        long vcpus = tokens.number("how many vCPUs", Long.SIZE);
        tokens.word("memory");
        long bytes = tokens.number("how many bytes of storage", Long.SIZE);
        Rules rules = Rules.ORIGINAL;
        if (!tokens.isEmpty()) {
            tokens.word("rules");
            rules = tokens.either("original", "architecture") ? Rules.ORIGINAL : Rules.ARCHITECTURE;
        }
        return new MachineStep(vcpus, bytes, rules);
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.build(vcpus, bytes, rules);
        return null;
    }
}
