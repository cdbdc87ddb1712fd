package org.interruptor.tools.soak;

import java.util.List;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.gate.InterruptionType;

/** Writes each delivery into its vCPU's book. Threads: each vCPU's own. */
final class Ledger implements EngineListener {
    private final DeliveryBook[] books;

    Ledger(List<DeliveryBook> books) {
        this.books = books.toArray(DeliveryBook[]::new);
    }

    @Override
    public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
        books[vcpu].delivered(type, parameter, parameter64);
    }
}
