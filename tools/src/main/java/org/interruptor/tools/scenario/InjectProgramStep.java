package org.interruptor.tools.scenario;

/** {@code inject program N CODE}: a program interruption raised by vCPU N's own instruction handling. */
record InjectProgramStep(long vcpu, int code) implements Step {

    static InjectProgramStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        return new InjectProgramStep(vcpu, (int) tokens.number("a program interruption code", Short.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        return Format.injected(machine.runningVcpu(vcpu).raiseProgram(code), "");
    }
}
