package org.interruptor.tools.scenario;

/** {@code restore}: a new machine with the state that was saved last takes the place of this one. */
record RestoreStep() implements Step {

    static RestoreStep parse(Tokens tokens) {
        return new RestoreStep();
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.restore();
        return null;
    }
}
