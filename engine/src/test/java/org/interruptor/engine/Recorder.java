package org.interruptor.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.InterruptionType;

/** A listener that keeps what it is told, and can act in the middle of a delivery, as injectors do. */
final class Recorder implements EngineListener {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<InterruptionType> delivered = new CopyOnWriteArrayList<>();
    private volatile Runnable onDeliver = () -> {};

    /** All events: {@code "deliver 0 virtio 7 9"}. */
    List<String> events() {
        return List.copyOf(events);
    }

    List<InterruptionType> delivered() {
        return List.copyOf(delivered);
    }

    /** What to do at each delivery from now on. */
    void atDelivery(Runnable action) {
        onDeliver = action;
    }

    /** What to do at the next delivery. */
    void atNextDelivery(Runnable action) {
        onDeliver = () -> {
            onDeliver = () -> {};
            action.run();
        };
    }

    @Override
    public void onInject(int vcpu, InterruptionType type, int parameter, long parameter64) {
        events.add("inject " + vcpu + " " + type.label() + " " + parameter + " " + parameter64);
    }

    @Override
    public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
        events.add("deliver " + vcpu + " " + type.label() + " " + parameter + " " + parameter64);
        delivered.add(type);
        onDeliver.run();
    }

    @Override
    public void onWait(int vcpu) {
        events.add("wait " + vcpu);
    }

    @Override
    public void onWaitEnd(int vcpu, WaitOutcome outcome) {
        events.add("wait ended " + vcpu + " " + outcome);
    }

    @Override
    public void onFault(LowcoreFault fault) {
        events.add("fault " + fault.vcpu() + " " + fault.type().label());
    }
}
