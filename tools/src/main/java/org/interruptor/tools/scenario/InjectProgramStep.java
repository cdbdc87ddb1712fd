package org.interruptor.tools.scenario;

import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.InjectResult;

/**
 * {@code inject program N CODE [FIELD VALUE]...}: a program interruption raised by vCPU N's own instruction handling.
 *
 * @param fields what comes with it; null if nothing does.
 */
record InjectProgramStep(long vcpu, int code, ProgramFields fields) implements Step {

    static InjectProgramStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        int code = (int) tokens.number("a program interruption code", Short.SIZE);
        return new InjectProgramStep(vcpu, code, tokens.isEmpty() ? null : ProgramFields.parse(tokens));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        Vcpu target = machine.runningVcpu(vcpu);
        if (fields == null) {
            return Format.injected(target.raiseProgram(code), "");
        }
        machine.needArchitecture("inject program with fields");
        fields.fill(target.programInterruption().begin(code, target.registers().instructionLength()));
        InjectResult result = target.raiseProgram();
        return Format.injected(result, "");
    }
}
