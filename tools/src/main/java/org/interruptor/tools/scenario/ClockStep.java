package org.interruptor.tools.scenario;

/** {@code clock TOD}: the clock reads this value from now on. */
record ClockStep(long tod) implements Step {

    static ClockStep parse(Tokens tokens) throws MalformedStepException {
        return new ClockStep(tokens.number("a TOD value", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.clock().set(tod);
        return null;
    }
}
