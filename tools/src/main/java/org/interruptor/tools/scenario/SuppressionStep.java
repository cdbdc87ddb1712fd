package org.interruptor.tools.scenario;

/** {@code suppression SUBCLASS single|all}: the suppression mode of the adapter interruptions of a subclass. */
record SuppressionStep(int subclass, boolean isSingle) implements Step {

    static SuppressionStep parse(Tokens tokens) throws MalformedStepException {
        int subclass = Subclass.parse(tokens);
        return new SuppressionStep(subclass, tokens.either("single", "all"));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("suppression");
        machine.machine().suppression(subclass, isSingle);
        return null;
    }
}
