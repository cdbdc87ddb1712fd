package org.interruptor.engine.observe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.interruptor.engine.gate.Counter;
import org.interruptor.memory.AgronaAccess;

/**
 * Reads the counters file of a machine, {@code MachineBuilder.countersFile}, while the machine runs: in another process, or in
 * another part of this one.
 *
 * <p>The file stays mapped until this object is garbage. If the file is shortened meanwhile, a read throws an {@code
 * InternalError}.
 *
 * <p>Threads: any.
 */
public final class MachineCounters {
    private final CountersLayout layout;
    private final CountersHeader header;
    private final UnsafeBuffer metadata;
    private final UnsafeBuffer values;

    private MachineCounters(CountersLayout layout, CountersHeader header, UnsafeBuffer metadata, UnsafeBuffer values) {
        this.layout = layout;
        this.header = header;
        this.metadata = metadata;
        this.values = values;
    }

    /**
     * Opens a counters file.
     *
     * @param file the file.
     * @return its counters.
     * @throws IOException if the file cannot be read, is not a counters file, has another version or byte order, or is
     *     damaged; the message says which, without the name of the file.
     * @throws IllegalStateException if the JVM was started without the flag that Agrona needs; the message names it.
     */
    public static MachineCounters open(Path file) throws IOException {
        AgronaAccess.check();
        if (Files.isDirectory(file)) {
            throw new IOException("a directory, expected a counters file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            if (length < CountersHeader.LENGTH) {
                throw new IOException(
                        "not a counters file: " + length + " bytes long, expected at least " + CountersHeader.LENGTH);
            }
            CountersHeader header = new CountersHeader(map(channel, 0, CountersHeader.LENGTH));
            CountersLayout layout = header.check(length);
            int metadataLength = CountersHeader.metadataLength(layout);
            UnsafeBuffer metadata = map(channel, CountersHeader.LENGTH, metadataLength);
            UnsafeBuffer values =
                    map(channel, CountersHeader.LENGTH + (long) metadataLength, CountersHeader.valuesLength(layout));
            MachineCounters counters = new MachineCounters(layout, header, metadata, values);
            counters.checkMetadata();
            return counters;
        }
    }

    private static UnsafeBuffer map(FileChannel channel, long position, int length) throws IOException {
        return new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, position, length));
    }

    private void checkMetadata() throws IOException {
        CountersReader reader = reader();
        for (int id = 0; id < layout.count(); id++) {
            int key = metadata.getInt(CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET);
            if (reader.getCounterState(id) != CountersReader.RECORD_ALLOCATED
                    || reader.getCounterTypeId(id) != layout.typeId(id)
                    || key != layout.vcpuOf(id)
                    || !isLabel(id, layout.label(id))) {
                throw new IOException(
                        "damaged: the metadata of counter " + id + " is not that of \"" + layout.label(id) + "\"");
            }
        }
    }

    /** Agrona's own reader would believe any length. */
    private boolean isLabel(int id, String expected) {
        int offset = CountersReader.metaDataOffset(id) + CountersReader.LABEL_OFFSET;
        return metadata.getInt(offset) == expected.length()
                && metadata.getStringAscii(offset).equals(expected);
    }

    /**
     * The same counters for tools that know Agrona: labels are {@code vcpu 3: deliver_stop_signal} and {@code machine: queued},
     * keys the number of the vCPU or -1 (4 bytes, native byte order), type ids 1000 and up for {@link Counter}, 2000 for
     * {@link VcpuGauge}, 3000 for {@link MachineGauge}, each by ordinal.
     *
     * @return a new reader; to be kept no longer than this object.
     */
    public CountersReader reader() {
        return new CountersReader(metadata, values);
    }

    /**
     * Reads all counters and gauges.
     *
     * @return counters as of now; gauges as of the last sample, at most about 100 milliseconds ago.
     */
    public CountersSnapshot snapshot() {
        return CountersSnapshot.of(layout, values);
    }

    /**
     * How many vCPUs the machine has.
     *
     * @return 0 or more.
     */
    public int vcpuCount() {
        return layout.vcpus();
    }

    /**
     * The machine's number in its process.
     *
     * @return {@code Machine.number()}.
     */
    public int machineNumber() {
        return header.machine();
    }

    /**
     * The process that the machine is in.
     *
     * @return the process id, on its own host and in its own container.
     */
    public long pid() {
        return header.pid();
    }

    /**
     * When the machine was built.
     *
     * @return the time, by its host's wall clock.
     */
    public Instant builtAt() {
        return Instant.ofEpochMilli(header.builtAt());
    }

    /**
     * Places in the floating queue.
     *
     * @return how many.
     */
    public int floatingCapacity() {
        return header.floatingCapacity();
    }

    /**
     * Places in each local queue.
     *
     * @return how many.
     */
    public int localCapacity() {
        return header.localCapacity();
    }

    /**
     * Whether the machine was closed: its counters will not change any more.
     *
     * @return true if so.
     */
    public boolean isClosed() {
        return header.isClosed();
    }

    /**
     * Whether this process can see the process of the machine.
     *
     * @return false if it has ended, or runs on another host or in another container.
     */
    public boolean isProcessAlive() {
        return header.isProcessAlive();
    }
}
