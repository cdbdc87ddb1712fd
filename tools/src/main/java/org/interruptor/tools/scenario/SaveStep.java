package org.interruptor.tools.scenario;

/** {@code save}: keeps the interruption state of the machine. */
record SaveStep() implements Step {

    static SaveStep parse(Tokens tokens) {
        return new SaveStep();
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.save();
        return null;
    }
}
