package org.interruptor.tools.scenario;

import java.util.List;
import org.interruptor.engine.GuestCpu;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.StatusArea;

/** A guest with registers that a scenario names, which notes the orders that are carried out beside deliveries. */
final class CarriedOut implements GuestCpu {
    private final List<String> names;
    private final ScenarioRegisters registers;

    /** Notes into this list. */
    CarriedOut(List<String> names, ScenarioRegisters registers) {
        this.names = names;
        this.registers = registers;
    }

    @Override
    public long execute(Vcpu vcpu) {
        throw new IllegalStateException("a scenario executes no guest code");
    }

    @Override
    public int storeStatus(StatusArea area) {
        names.add("store-status");
        return registers.storeStatus(area);
    }

    @Override
    public void reset(ResetKind kind) {
        names.add(Format.label(kind) + "-reset");
    }
}
