package org.interruptor.tools.scenario;

import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.IoInterruption;

/** {@code take-io N MASK}: vCPU N executes TEST PENDING INTERRUPTION with a mask of subclasses. */
record TakeIoStep(long vcpu, int subclassMask) implements Step {

    static TakeIoStep parse(Tokens tokens) throws MalformedStepException {
        long vcpu = tokens.vcpu();
        return new TakeIoStep(vcpu, (int) tokens.number("a mask of subclasses", Byte.SIZE));
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        machine.needArchitecture("take-io");
        Vcpu target = machine.runningVcpu(vcpu);
        IoInterruption taken = new IoInterruption();
        return "take-io " + vcpu
                + (target.takeIo(subclassMask, taken)
                        ? " id=" + Format.hex32(taken.subsystemId()) + " parm=" + Format.hex32(taken.parameter())
                                + " word=" + Format.hex32(taken.word())
                        : " none");
    }
}
