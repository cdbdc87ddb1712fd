package org.interruptor.tools.scenario;

import java.util.Map;
import java.util.TreeMap;
import org.interruptor.engine.AdapterRoute;
import org.interruptor.engine.Machine;

/** The routes of adapter interruptions that a replay has made, by their numbers. A machine that takes another's place gets them anew. */
final class Routes {

    /** One route: what it was made from, the engine's, and whether it is masked. */
    private record Made(RouteStep from, AdapterRoute route, boolean isMasked) {
        Made on(Machine machine, boolean masked) {
            AdapterRoute anew = from.make(machine);
            anew.mask(masked);
            return new Made(from, anew, masked);
        }
    }

    private final Map<Long, Made> byNumber = new TreeMap<>();

    void put(Machine machine, RouteStep from) {
        byNumber.put(from.route(), new Made(from, from.make(machine), false));
    }

    /** The engine's route. */
    AdapterRoute route(long number) throws MalformedStepException {
        return made(number).route;
    }

    /** What a route was made from. */
    RouteStep from(long number) throws MalformedStepException {
        return made(number).from;
    }

    void mask(Machine machine, long number, boolean isMasked) throws MalformedStepException {
        byNumber.put(number, made(number).on(machine, isMasked));
    }

    private Made made(long number) throws MalformedStepException {
        Made made = byNumber.get(number);
        if (made == null) {
            throw new MalformedStepException("route " + number + " does not exist", "one that a step route has made");
        }
        return made;
    }

    /** Makes all of them for another machine. */
    void moveTo(Machine machine) {
        byNumber.replaceAll((number, made) -> made.on(machine, made.isMasked));
    }
}
