package org.interruptor.tools.scenario;

/** One step of a scenario: a line whose tokens are known to be well-formed. */
interface Step {

    /**
     * Carries the step out.
     *
     * @return what it prints behind its line number; null if it is one that prints nothing.
     * @throws MalformedStepException if the machine is not such that this step can be; nothing has happened then.
     */
    String execute(ScenarioMachine machine) throws MalformedStepException;

    /** Makes a step of the tokens behind its name. */
    @FunctionalInterface
    interface Parser {
        Step parse(Tokens tokens) throws MalformedStepException;
    }
}
