package org.interruptor.tools.scenario;

import org.interruptor.engine.Machine;

/** {@code sigp S ADDRESS ORDER [PARM]}: vCPU S executes SIGNAL PROCESSOR. */
record SignalStep(long sender, int address, int order, long parameter) implements Step {

    static SignalStep parse(Tokens tokens) throws MalformedStepException {
        long sender = tokens.vcpu();
        int address = (int) tokens.number("a CPU address", Short.SIZE);
        int order = SignalOrder.parse(tokens);
        return new SignalStep(sender, address, order, tokens.optionalNumber("PARM", Long.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("sigp");
        int from = machine.runningVcpu(sender).id();
        if (order == SignalOrder.STORE_STATUS.code()) {
            machine.statusGoesTo(parameter);
        }
        long answer = machine.machine().signalProcessor(from, address, order, parameter);
        int code = Machine.conditionCodeOf(answer);
        return "sigp " + sender + " " + address + " cc=" + code
                + (code == 1 ? " status=" + Format.hex32(Machine.statusOf(answer)) : "")
                + " wake=" + Format.yesNo(machine.firstWoken() != null);
    }
}
