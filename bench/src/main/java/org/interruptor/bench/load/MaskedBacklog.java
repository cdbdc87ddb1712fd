package org.interruptor.bench.load;

import org.interruptor.bench.baseline.EngineUnderTest;
import org.interruptor.bench.baseline.VcpuUnderTest;
import org.interruptor.bench.plan.Signal;
import org.interruptor.bench.trial.MeasurementRefused;

/** Emergency signals that are queued for each vCPU before a trial and stay masked until its end. Threads: one. */
final class MaskedBacklog {
    private final EngineUnderTest engine;
    private final int perVcpu;

    MaskedBacklog(EngineUnderTest engine, int perVcpu) {
        this.engine = engine;
        this.perVcpu = perVcpu;
    }

    /** How many are queued and masked, of all vCPUs. */
    long total() {
        return (long) perVcpu * engine.vcpuCount();
    }

    /** Closes the gates and queues them. */
    void load(Ledger ledger) {
        if (perVcpu == 0) {
            return;
        }
        for (int i = 0; i < engine.vcpuCount(); i++) {
            VcpuUnderTest vcpu = engine.vcpu(i);
            vcpu.emergencyGate(false);
            for (int n = 0; n < perVcpu; n++) {
                if (!engine.inject(Signal.EMERGENCY, i, 0, 0)) {
                    throw new MeasurementRefused("only " + n + " of a backlog of " + perVcpu
                            + " emergency signals found a place in the local queue");
                }
            }
            ledger.accepted(Signal.EMERGENCY, perVcpu);
            if (vcpu.deliver() != 0) {
                throw new MeasurementRefused("a masked emergency signal was delivered");
            }
        }
    }

    /** Opens the gates: now all of them have to come. */
    void release(Ledger ledger) {
        if (perVcpu == 0) {
            return;
        }
        for (int i = 0; i < engine.vcpuCount(); i++) {
            VcpuUnderTest vcpu = engine.vcpu(i);
            vcpu.emergencyGate(true);
            int count = vcpu.deliver();
            while (count > 0) { // a pass may end before all are delivered
                ledger.answered(count);
                count = vcpu.deliver();
            }
        }
        ledger.check(0);
    }
}
