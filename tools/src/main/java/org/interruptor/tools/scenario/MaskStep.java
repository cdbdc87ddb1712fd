package org.interruptor.tools.scenario;

/** {@code mask R on|off}: route R sets its bits and injects nothing, or injects again. */
record MaskStep(long route, boolean isMasked) implements Step {

    static MaskStep parse(Tokens tokens) throws MalformedStepException {
        long route = RouteStep.number(tokens);
        return new MaskStep(route, tokens.either("on", "off"));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("mask");
        machine.routes().mask(machine.machine(), route, isMasked);
        return null;
    }
}
