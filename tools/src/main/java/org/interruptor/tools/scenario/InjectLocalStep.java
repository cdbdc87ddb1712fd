package org.interruptor.tools.scenario;

import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.InjectResult;

/** {@code inject vcpu N TYPE [PARM [PARM64]]}: a local interruption for vCPU N, from outside. */
record InjectLocalStep(long vcpu, TypeNumber type, int parameter, long parameter64) implements Step {

    static InjectLocalStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        TypeNumber type = TypeNumber.parse(tokens);
        int parameter = (int) tokens.optionalNumber("PARM", Integer.SIZE);
        long parameter64 = type.isLocalWith64Bits() ? tokens.optionalNumber("PARM64", Long.SIZE) : 0;
        return new InjectLocalStep(vcpu, type, parameter, parameter64);
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        VcpuHandle target = machine.vcpu(vcpu).handle();
        boolean hasNumber = type.value() != 0 && type.is32Bits();
        InjectResult result =
                hasNumber ? target.inject((int) type.value(), parameter, parameter64) : InjectResult.INVALID;
        return Format.injected(result, " wake=" + Format.yesNo(machine.firstWoken() != null));
    }
}
