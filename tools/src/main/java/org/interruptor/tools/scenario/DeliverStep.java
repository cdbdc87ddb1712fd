package org.interruptor.tools.scenario;

import java.util.List;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.gate.CpuFlags;

/** {@code deliver N}: vCPU N delivers all that it can. */
record DeliverStep(long vcpu) implements Step {

    /** Under architecture rules: an invalid program new PSW makes a loop that nothing ends. */
    private static final int MOST_PASSES = 16;

    static DeliverStep parse(Tokens tokens) throws MalformedStepException {
        return new DeliverStep(tokens.vcpu());
    }

    @Override
    public String execute(ScenarioMachine machine) throws MalformedStepException {
        Vcpu target = machine.runningVcpu(vcpu);
        DeliveryRecorder recorder = machine.recorder();
        if (machine.isArchitecture()) {
            recorder.alsoWatch(0); // stop and store status stores there, whatever the prefix
        }
        recorder.begin(target.registers());
        if (machine.isArchitecture()) {
            recorder.alsoWatchVectorsOf(target.registers().prefix());
        }
        CarriedOut orders =
                machine.isArchitecture() ? new CarriedOut(recorder.delivered(), machine.registers(target.id())) : null;
        int passes = 0;
        int stop = 0;
        int loadControl = 0;
        int count;
        do {
            if (orders != null && passes++ == MOST_PASSES) {
                return "deliver " + vcpu + " loop";
            }
            if (orders != null) {
                target.carryOutOrders(orders);
            }
            count = target.deliverPending();
            if (count == Vcpu.FAULT) {
                return "deliver " + vcpu + " fault";
            }
            stop |= target.flags() & CpuFlags.STOP;
            loadControl |= target.loadControlIntercepts();
            // Nobody injects meanwhile, so attention is left only where thousands were queued: the engine ended its
            // pass early. Under architecture rules an order may leave it, or an invalid new PSW each time.
        } while (target.isAttention() && (count > 0 || orders != null));

        List<String> delivered = recorder.delivered();
        return "deliver " + vcpu + " " + (delivered.isEmpty() ? "none" : Format.list(delivered))
                + " psw=" + Format.psw(target.registers())
                + " prefix=" + Format.hex32(target.registers().prefix())
                + " flags=" + Format.flags(target.flags() | stop)
                + " lctl=" + Format.loadControl(loadControl)
                + " " + recorder.changes();
    }
}
