package org.interruptor.tools.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Prefixing;

/** Notes what the engine does in one step {@code deliver}: what was delivered, what it stored, and whether it came to a fault. */
final class DeliveryRecorder implements EngineListener {

    /** Where a lowcore names the area for vector registers. */
    private static final long EXTENDED_SAVE_AREA = 0x11b0;

    private final List<String> delivered = new ArrayList<>();
    private final Set<Long> alsoWatched = new TreeSet<>();
    private final GuestMemory storage;
    private final StorageChanges changes;
    private boolean fault;

    DeliveryRecorder(GuestMemory storage) {
        this.storage = storage;
        changes = new StorageChanges(storage);
    }

    /** Forgets the last step; the delivery that follows begins with these registers. */
    void begin(Registers registers) {
        delivered.clear();
        changes.clear();
        changes.watch(registers.prefix());
        alsoWatched.forEach(changes::watchAround);
    }

    /** Watches what lies at an address from now on, whatever the prefix: 512 bytes of status go there. */
    void alsoWatch(long address) {
        alsoWatched.add(address);
    }

    /** Watches the area for vector registers that the lowcore of this prefix names: a machine check stores there. */
    void alsoWatchVectorsOf(long prefix) {
        if (Prefixing.isValid(prefix, storage.size())) {
            changes.watchAround(storage.getLong(prefix + EXTENDED_SAVE_AREA));
        }
    }

    /** The last CPU has carried out a reset of the machine. */
    void machineIsReset() {
        delivered.add("reset-done");
    }

    @Override
    public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
        delivered.add(type.label());
        if (type == InterruptionType.SET_PREFIX) {
            changes.watch(Integer.toUnsignedLong(parameter)); // nothing has been stored there yet
            if (!alsoWatched.isEmpty()) { // architecture rules
                alsoWatchVectorsOf(Integer.toUnsignedLong(parameter));
            }
        }
    }

    @Override
    public void onFault(LowcoreFault lowcoreFault) {
        fault = true;
    }

    /** What was delivered or carried out, in order. */
    List<String> delivered() {
        return delivered;
    }

    /** What storage holds now that it did not at the beginning. */
    StorageChanges changes() {
        return changes;
    }

    /** Whether a delivery ever came to a fault, which is fatal for the machine. */
    boolean isFault() {
        return fault;
    }
}
