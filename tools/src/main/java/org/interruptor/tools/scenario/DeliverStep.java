package org.interruptor.tools.scenario;

import java.util.List;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.gate.CpuFlags;

/** {@code deliver N}: vCPU N delivers all that it can. */
record DeliverStep(long vcpu) implements Step {

    static DeliverStep parse(Tokens tokens) throws MalformedStepException {
        return new DeliverStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        Vcpu target = machine.runningVcpu(vcpu);
        DeliveryRecorder recorder = machine.recorder();
        recorder.begin(target.registers());
        int stop = 0;
        int loadControl = 0;
        int count;
        do {
            count = target.deliverPending();
            if (count == Vcpu.FAULT) {
                return "deliver " + vcpu + " fault";
            }
            stop |= target.flags() & CpuFlags.STOP;
            loadControl |= target.loadControlIntercepts();
            // Nobody injects meanwhile, so attention is left only where thousands were queued: the engine ended its
            // pass early.
        } while (count > 0 && target.isAttention());

        List<String> delivered = Format.labels(recorder.delivered());
        return "deliver " + vcpu + " " + (delivered.isEmpty() ? "none" : Format.list(delivered))
                + " psw=" + Format.psw(target.registers())
                + " prefix=" + Format.hex32(target.registers().prefix())
                + " flags=" + Format.flags(target.flags() | stop)
                + " lctl=" + Format.loadControl(loadControl)
                + " " + recorder.changes();
    }
}
