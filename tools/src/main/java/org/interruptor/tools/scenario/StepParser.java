package org.interruptor.tools.scenario;

import java.util.Map;
import java.util.TreeMap;

/** The steps by their names. */
final class StepParser {

    private static final Map<String, Step.Parser> INJECTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("vm", InjectFloatingStep::parse),
            Map.entry("vcpu", InjectLocalStep::parse),
            Map.entry("program", InjectProgramStep::parse),
            Map.entry("io", InjectIoStep::parse),
            Map.entry("adapter", InjectAdapterStep::parse),
            Map.entry("machine-check", InjectMachineCheckStep::parse)));

    private static final Map<String, Step.Parser> STEPS = new TreeMap<>(Map.ofEntries(
            Map.entry("machine", MachineStep::parse),
            Map.entry("set-clock", SetClockStep::parse),
            Map.entry("sigp", SignalStep::parse),
            Map.entry("start", StartStep::parse),
            Map.entry("stop", StopStep::parse),
            Map.entry("check-stop", StateStep::parseCheckStop),
            Map.entry("load-state", StateStep::parseLoad),
            Map.entry("load", LoadStep::parse),
            Map.entry("reset", ResetStep::parse),
            Map.entry("external-call", ExternalCallStep::parse),
            Map.entry("cpu-timer", CpuTimerStep::parse),
            Map.entry("withdraw", WithdrawStep::parse),
            Map.entry("take-io", TakeIoStep::parse),
            Map.entry("suppression", SuppressionStep::parse),
            Map.entry("route", RouteStep::parse),
            Map.entry("mask", MaskStep::parse),
            Map.entry("trigger", TriggerStep::parse),
            Map.entry("registers", RegistersStep::parse),
            Map.entry("supervisor-call", SupervisorCallStep::parse),
            Map.entry("list", ListStep::parse),
            Map.entry("save", SaveStep::parse),
            Map.entry("restore", RestoreStep::parse),
            Map.entry("clock", ClockStep::parse),
            Map.entry("set", SetStep::parse),
            Map.entry("store", StoreStep::parse),
            Map.entry("inject", tokens -> parse(tokens, INJECTIONS, "target")),
            Map.entry("deliver", DeliverStep::parse),
            Map.entry("pending", PendingStep::parse),
            Map.entry("wait", WaitStep::parse),
            Map.entry("kick", KickStep::parse),
            Map.entry("dump", DumpStep::parse)));

    private StepParser() {}

    /** The step that these tokens, at least one, make. */
    static Step parse(Tokens tokens) throws MalformedStepException {
        Step step = parse(tokens, STEPS, "step");
        tokens.end();
        return step;
    }

    private static Step parse(Tokens tokens, Map<String, Step.Parser> parsers, String what)
            throws MalformedStepException {
        String expected = "one of " + String.join(", ", parsers.keySet());
        String name = tokens.next(expected);
        Step.Parser parser = parsers.get(name);
        if (parser == null) {
            throw new MalformedStepException(Tokens.quote(name) + " is not a " + what, expected);
        }
        return parser.parse(tokens);
    }
}
