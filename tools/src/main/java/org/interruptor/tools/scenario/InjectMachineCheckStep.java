package org.interruptor.tools.scenario;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.MachineCheck;

/** {@code inject machine-check N CODE [DAMAGE [ADDRESS [LOGOUT1 LOGOUT2]]]}: machine-check conditions for vCPU N. */
record InjectMachineCheckStep(long vcpu, MachineCheck check) implements Step {

    static InjectMachineCheckStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        long code = tokens.number("a machine-check interruption code", Long.SIZE);
        int damage = (int) tokens.optionalNumber("an external-damage code", Integer.SIZE);
        long address = tokens.optionalNumber("a failing-storage address", Long.SIZE);
        if (tokens.isEmpty()) {
            return new InjectMachineCheckStep(vcpu, new MachineCheck(code, damage, address, 0, 0));
        }
        long first = tokens.number("the first half of the fixed logout", Long.SIZE);
        long second = tokens.number("the second half of the fixed logout", Long.SIZE);
        return new InjectMachineCheckStep(vcpu, new MachineCheck(code, damage, address, first, second));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("inject machine-check");
        InjectResult result = machine.vcpu(vcpu).handle().injectMachineCheck(check);
        return Format.injected(result, " wake=" + Format.yesNo(machine.firstWoken() != null));
    }
}
