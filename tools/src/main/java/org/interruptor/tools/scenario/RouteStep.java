package org.interruptor.tools.scenario;

import org.interruptor.engine.AdapterRoute;
import org.interruptor.engine.Machine;
import org.interruptor.memory.GuestMemory;

/**
 * {@code route R INDICATOR BIT SUMMARY BIT SUBCLASS [suppressible]}: makes route R for the adapter interruptions of a device, in place
 * of an earlier one.
 */
record RouteStep(
        long route,
        long indicator,
        int indicatorBit,
        long summary,
        int summaryBit,
        int subclass,
        boolean isSuppressible)
        implements Step {

    static RouteStep parse(Tokens tokens) throws MalformedStepException {
        long route = number(tokens);
        long indicator = tokens.number("the address of the indicator", Long.SIZE);
        int indicatorBit = (int) tokens.number("the mask of the indicator bit", Byte.SIZE);
        long summary = tokens.number("the address of the summary", Long.SIZE);
        int summaryBit = (int) tokens.number("the mask of the summary bit", Byte.SIZE);
        int subclass = Subclass.parse(tokens);
        return new RouteStep(
                route, indicator, indicatorBit, summary, summaryBit, subclass, tokens.optionalWord("suppressible"));
    }

    /** Takes the number of a route. */
    static long number(Tokens tokens) throws MalformedStepException {
        return tokens.number("the number of a route", Integer.SIZE);
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("route");
        inStorage(machine.storage(), indicator);
        inStorage(machine.storage(), summary);
        machine.routes().put(machine.machine(), this);
        return null;
    }

    private static void inStorage(GuestMemory storage, long address) throws MalformedStepException {
        if (!storage.contains(address, 1)) {
            throw new MalformedStepException(
                    "0x" + Long.toHexString(address) + " is not inside storage",
                    "addresses below 0x" + Long.toHexString(storage.size()));
        }
    }

    /** Makes the engine's route. */
    AdapterRoute make(Machine machine) {
        return machine.adapterRoute(indicator, indicatorBit, summary, summaryBit, subclass, isSuppressible);
    }
}
