package org.interruptor.tools.scenario;

/** {@code set N REG VALUE}: sets a register. */
record SetStep(long vcpu, Register register, long value) implements Step {

    static SetStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        Register register = Register.parse(tokens);
        return new SetStep(vcpu, register, tokens.number("a value for the register", register.bits()));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        register.setter().set(machine.runningVcpu(vcpu).registers(), value);
        return null;
    }
}
