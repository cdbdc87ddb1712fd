package org.interruptor.tools.scenario;

import org.interruptor.engine.AdapterRoute;
import org.interruptor.engine.contract.InjectResult;

/** {@code trigger R}: the device of route R interrupts. */
record TriggerStep(long route) implements Step {

    static TriggerStep parse(Tokens tokens) throws MalformedStepException {
        return new TriggerStep(RouteStep.number(tokens));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("trigger");
        AdapterRoute target = machine.routes().route(route);
        RouteStep from = machine.routes().from(route);
        StorageChanges changes = new StorageChanges(machine.storage());
        changes.watchAround(from.indicator());
        changes.watchAround(from.summary());
        InjectResult result = target.trigger();
        return "trigger " + route + " " + Format.answer(result)
                + (result == InjectResult.ACCEPTED ? machine.chosen() : "") + " " + changes;
    }
}
