package org.interruptor.tools.scenario;

import org.interruptor.engine.Vcpu;

/** {@code supervisor-call N CODE LENGTH}: vCPU N executes SUPERVISOR CALL. */
record SupervisorCallStep(long vcpu, int code, int length) implements Step {

    static SupervisorCallStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        int code = (int) tokens.number("a supervisor-call code", Byte.SIZE);
        return new SupervisorCallStep(vcpu, code, (int) tokens.number("an instruction length", Byte.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("supervisor-call");
        Vcpu target = machine.runningVcpu(vcpu);
        machine.recorder().begin(target.registers());
        int left = target.supervisorCall(code, length);
        String answer = left == Vcpu.FAULT ? "fault" : Format.yesNo(left != 0);
        return "supervisor-call " + vcpu + " " + answer
                + (left == Vcpu.FAULT
                        ? ""
                        : " psw=" + Format.psw(target.registers()) + " "
                                + machine.recorder().changes());
    }
}
