package org.interruptor.tools.scenario;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.interruptor.engine.contract.ResetKind;

/**
 * {@code reset KIND}: every CPU gets the reset, which its next delivery carries out; {@code reset subsystem} touches no CPU.
 *
 * @param kind null for a subsystem reset.
 */
record ResetStep(ResetKind kind) implements Step {

    private static final String SUBSYSTEM = "subsystem";

    private static final String EXPECTED =
            "one of " + Arrays.stream(ResetKind.values()).map(Format::label).collect(Collectors.joining(", ")) + " or "
                    + SUBSYSTEM;

    static ResetStep parse(Tokens tokens) throws MalformedStepException {
        String token = tokens.next(EXPECTED);
        for (ResetKind kind : ResetKind.values()) {
            if (Format.label(kind).equals(token)) {
                return new ResetStep(kind);
            }
        }
        if (!token.equals(SUBSYSTEM)) {
            throw new MalformedStepException(Tokens.quote(token) + " is not a reset", EXPECTED);
        }
        return new ResetStep(null);
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("reset");
        if (kind == null) {
            machine.machine().resetSubsystem();
            return "reset " + SUBSYSTEM;
        }
        machine.machine().reset(kind, machine.recorder()::machineIsReset);
        return "reset " + Format.label(kind) + " wake=" + machine.allWoken();
    }
}
