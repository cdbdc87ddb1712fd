package org.interruptor.tools.scenario;

/** {@code withdraw ID}: the channel subsystem takes the pending I/O interruption of a subchannel back. */
record WithdrawStep(int subsystemId) implements Step {

    static WithdrawStep parse(Tokens tokens) throws MalformedStepException {
        return new WithdrawStep((int) tokens.number("a subsystem-identification word", Integer.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("withdraw");
        try {
            return "withdraw "
                    + Format.yesNo(machine.machine().subchannel(subsystemId).withdraw());
        } catch (IllegalStateException tooMany) {
            throw new MalformedStepException(
                    "subchannel 0x" + Integer.toHexString(subsystemId) + " is one too many",
                    "one that has interrupted");
        }
    }
}
