package org.interruptor.engine;

import java.util.List;
import org.interruptor.engine.contract.QueuedInterruption;

/**
 * The interruption state of a stopped machine: what {@link Machine#save} takes out and {@link Machine#restore} puts into
 * another one. Queues, requests, attention, kicks, stop-on-stop, operating or stopped, counters, the registers of the
 * engine, and what the clock showed. Storage, and all registers that interruptions do not depend on, are the embedder's to
 * save.
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

    SavedMachine(
            long storageSize,
            long tod,
            int rotation,
            long refused,
            long accepted,
            List<QueuedInterruption> floating,
            List<SavedVcpu> vcpus) {
        this.storageSize = storageSize;
        this.tod = tod;
        this.rotation = rotation;
        this.refused = refused;
        this.accepted = accepted;
        this.floating = List.copyOf(floating);
        this.vcpus = List.copyOf(vcpus);
    }

    /**
     * Reads a saved machine.
     *
     * @param bytes what {@link #toBytes} gave.
     * @return the saved machine.
     * @throws IllegalArgumentException if the bytes are no saved machine, are one of another version, or are damaged; the
     *     message says which.
     */
    public static SavedMachine of(byte[] bytes) {
        return SavedMachineFormat.read(bytes);
    }

    /**
     * Writes it down.
     *
     * @return a new array.
     * @throws IllegalStateException if so much is queued that no array can hold it: 2 GiB.
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
     * The size of the machine's storage, whose contents are not here.
     *
     * @return bytes.
     */
    public long storageSize() {
        return storageSize;
    }

    /**
     * What the machine's clock showed.
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
