package org.interruptor.engine;

import java.util.List;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.contract.Rules;

/**
 * The interruption state of a machine at rest: {@link Machine#save} creates it, {@link Machine#restore} puts it into another
 * machine. It contains the rules, queues and conditions, CPU states and orders in progress, requests, attention, kicks, stop-on-stop,
 * timers, suppression modes, counters, the engine's registers and the reading of the clock. The embedder saves storage and all other
 * registers.
 *
 * <p>As bytes it carries a magic, a version and a checksum (CRC-32C):
 *
 * <pre>
 *  | "INTRSAVE" 8 | version 4 | length of all 4 | machine, then each vCPU | checksum of all before it 4 |     big-endian
 * </pre>
 *
 * <p>Threads: any; immutable.
 */
public final class SavedMachine {
    private final long storageSize;
    private final long tod;
    private final int rotation;
    private final long refused;
    private final long accepted;
    private final List<QueuedInterruption> floating;
    private final List<SavedVcpu> vcpus;
    private final SavedFloating architecture;

    SavedMachine(
            long storageSize,
            long tod,
            int rotation,
            long refused,
            long accepted,
            List<QueuedInterruption> floating,
            List<SavedVcpu> vcpus,
            SavedFloating architecture) {
        this.storageSize = storageSize;
        this.tod = tod;
        this.rotation = rotation;
        this.refused = refused;
        this.accepted = accepted;
        this.floating = List.copyOf(floating);
        this.vcpus = List.copyOf(vcpus);
        this.architecture = architecture;
    }

    /**
     * Reads a saved machine.
     *
     * @param bytes the result of {@link #toBytes}.
     * @return the saved machine.
     * @throws IllegalArgumentException if the bytes are not a saved machine, have another version, or are damaged; the
     *     message says which.
     */
    public static SavedMachine of(byte[] bytes) {
        return SavedMachineFormat.read(bytes);
    }

    /**
     * Converts the state to bytes, in the format above.
     *
     * @return a new array.
     * @throws IllegalStateException if the queues are too large for one array: 2 GiB.
     */
    public byte[] toBytes() {
        return SavedMachineFormat.write(this);
    }

    /**
     * How many vCPUs the machine has.
     *
     * @return 0 or more.
     */
    public int vcpuCount() {
        return vcpus.size();
    }

    /**
     * The size of the machine's storage. Its contents are not part of this state.
     *
     * @return bytes.
     */
    public long storageSize() {
        return storageSize;
    }

    /**
     * The reading of the machine's clock.
     *
     * @return TOD value, 64 bits, unsigned.
     */
    public long tod() {
        return tod;
    }

    /**
     * The prefix of a vCPU.
     *
     * @param vcpu its number, 0 to {@link #vcpuCount} less 1.
     * @return 32 bits, unsigned.
     */
    public long prefix(int vcpu) {
        return vcpus.get(vcpu).prefix();
    }

    /**
     * The rules that the machine follows: it can be restored into a machine with the same ones only.
     *
     * @return the rules.
     */
    public Rules rules() {
        return architecture == null ? Rules.ORIGINAL : Rules.ARCHITECTURE;
    }

    /** What only architecture rules have; null under original ones. */
    SavedFloating architecture() {
        return architecture;
    }

    int rotation() {
        return rotation;
    }

    long refused() {
        return refused;
    }

    long accepted() {
        return accepted;
    }

    List<QueuedInterruption> floating() {
        return floating;
    }

    List<SavedVcpu> vcpus() {
        return vcpus;
    }
}
