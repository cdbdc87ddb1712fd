package org.interruptor.tools.guest;

import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.tools.guest.device.TestDevice;
import org.interruptor.tools.guest.sclp.Sclp;

/**
 * Tells the machine's parts what the engine has delivered of theirs, and then whoever else listens.
 *
 * <p>Threads: those of the engine's events.
 */
final class MachineEvents implements EngineListener {
    private final EngineListener others;
    private Sclp sclp;
    private TestDevice device;

    MachineEvents(EngineListener others) {
        this.others = others;
    }

    /** Before the machine runs: its parts are made with the machine, which is made with this. */
    void parts(Sclp serviceProcessor, TestDevice testDevice) {
        sclp = serviceProcessor;
        device = testDevice;
    }

    @Override
    public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
        switch (type) {
            case SERVICE_SIGNAL -> sclp.delivered();
            case VIRTIO -> device.delivered();
            default -> {}
        }
        others.onDeliver(vcpu, type, parameter, parameter64);
    }

    @Override
    public void onInject(int vcpu, InterruptionType type, int parameter, long parameter64) {
        others.onInject(vcpu, type, parameter, parameter64);
    }

    @Override
    public void onWait(int vcpu) {
        others.onWait(vcpu);
    }

    @Override
    public void onWaitEnd(int vcpu, WaitOutcome outcome) {
        others.onWaitEnd(vcpu, outcome);
    }

    @Override
    public void onFault(LowcoreFault fault) {
        others.onFault(fault);
    }
}
