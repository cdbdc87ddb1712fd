package org.interruptor.tools.scenario;

import org.interruptor.engine.contract.InjectResult;

/** {@code inject io ID PARM WORD}: an I/O interruption of the subchannel with this subsystem-identification word. */
record InjectIoStep(int subsystemId, long parameterAndWord) implements Step {

    /** Any raw number of the range: the identification word names the subchannel. */
    private static final int RAW_NUMBER = 0;

    static InjectIoStep parse(Tokens tokens) throws MalformedStepException {
        int subsystemId = (int) tokens.number("a subsystem-identification word", Integer.SIZE);
        long parameter = tokens.number("an interruption parameter", Integer.SIZE);
        return new InjectIoStep(
                subsystemId, parameter << Integer.SIZE | tokens.number("an identification word", Integer.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("inject io");
        InjectResult result = machine.machine().inject(RAW_NUMBER, subsystemId, parameterAndWord);
        return Format.injected(result, machine.chosen());
    }
}
