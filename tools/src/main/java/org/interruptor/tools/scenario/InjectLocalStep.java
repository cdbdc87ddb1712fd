package org.interruptor.tools.scenario;

import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.InjectResult;

/** {@code inject vcpu N TYPE [PARM]}: a local interruption for vCPU N, from outside. */
record InjectLocalStep(long vcpu, TypeNumber type, int parameter) implements Step {

    static InjectLocalStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        TypeNumber type = TypeNumber.parse(tokens);
        return new InjectLocalStep(vcpu, type, (int) tokens.optionalNumber("PARM", Integer.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        VcpuHandle target = machine.vcpu(vcpu).handle();
        InjectResult result = type.is32Bits() ? target.inject((int) type.value(), parameter) : InjectResult.INVALID;
        return Format.injected(result, " wake=" + Format.yesNo(machine.firstWoken() != null));
    }
}
