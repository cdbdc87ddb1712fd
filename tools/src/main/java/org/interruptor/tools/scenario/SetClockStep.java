package org.interruptor.tools.scenario;

/** {@code set-clock TOD}: the machine's clock is set, which ends waits that it can end. */
record SetClockStep(long tod) implements Step {

    static SetClockStep parse(Tokens tokens) throws MalformedStepException {
        return new SetClockStep(tokens.number("a TOD value", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.machine().setClock(tod);
        return "set-clock wake=" + machine.allWoken();
    }
}
