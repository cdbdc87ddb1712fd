package org.interruptor.engine.observe;

import static org.agrona.concurrent.status.CountersReader.COUNTER_LENGTH;
import static org.agrona.concurrent.status.CountersReader.METADATA_LENGTH;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.interruptor.engine.wake.HandOn;

/**
 * The first page of a counters file: says what it is and where the two buffers lie that Agrona's {@code CountersReader}
 * takes.
 *
 * <pre>
 *   offset
 *        0  "INTRCNTR"                     8 bytes
 *        8  0x01020304                     4    in the order of bytes of the machine that writes, as all that follows
 *       12  version                        4
 *       16  length of this header          4
 *       20  length of the metadata         4
 *       24  length of the values           4
 *       28  vCPUs                          4
 *       32  state: 1 open, 2 closed        4    the only one that changes; release, acquire
 *       36  number of the machine          4
 *       40  process id                     8
 *       48  the machine was built at       8    milliseconds since 1970
 *       56  the process was started at     8    milliseconds since 1970, 0 if not known
 *       64  places of the floating queue   4
 *       68  places of each local queue     4
 *     4096  metadata: Agrona's, 512 bytes a counter
 *           values: Agrona's, 128 bytes a counter
 * </pre>
 */
final class CountersHeader {
    static final int LENGTH = 4096;
    static final int VERSION = 1;

    private static final byte[] MAGIC = "INTRCNTR".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTE_ORDER_OFFSET = 8;
    private static final int BYTE_ORDER = 0x01020304;
    private static final int VERSION_OFFSET = 12;
    private static final int HEADER_LENGTH_OFFSET = 16;
    private static final int METADATA_LENGTH_OFFSET = 20;
    private static final int VALUES_LENGTH_OFFSET = 24;
    private static final int VCPUS_OFFSET = 28;
    private static final int STATE_OFFSET = 32;
    private static final int MACHINE_OFFSET = 36;
    private static final int PID_OFFSET = 40;
    private static final int BUILT_AT_OFFSET = 48;
    private static final int STARTED_AT_OFFSET = 56;
    private static final int FLOATING_CAPACITY_OFFSET = 64;
    private static final int LOCAL_CAPACITY_OFFSET = 68;

    private static final int OPEN = 1;
    private static final int CLOSED = 2;

    private final AtomicBuffer page;

    /** The header in a page of a file. */
    CountersHeader(AtomicBuffer page) {
        this.page = page;
    }

    /** Writes all of it, as that of an open machine. */
    void write(CountersLayout layout, int machine, int floatingCapacity, int localCapacity) {
        page.putBytes(0, MAGIC);
        page.putInt(BYTE_ORDER_OFFSET, BYTE_ORDER);
        page.putInt(VERSION_OFFSET, VERSION);
        page.putInt(HEADER_LENGTH_OFFSET, LENGTH);
        page.putInt(METADATA_LENGTH_OFFSET, metadataLength(layout));
        page.putInt(VALUES_LENGTH_OFFSET, valuesLength(layout));
        page.putInt(VCPUS_OFFSET, layout.vcpus());
        page.putInt(STATE_OFFSET, OPEN);
        page.putInt(MACHINE_OFFSET, machine);
        page.putLong(PID_OFFSET, ProcessHandle.current().pid());
        page.putLong(BUILT_AT_OFFSET, System.currentTimeMillis());
        page.putLong(STARTED_AT_OFFSET, startOf(ProcessHandle.current()));
        page.putInt(FLOATING_CAPACITY_OFFSET, floatingCapacity);
        page.putInt(LOCAL_CAPACITY_OFFSET, localCapacity);
    }

    private static long startOf(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    static int metadataLength(CountersLayout layout) {
        return layout.count() * METADATA_LENGTH;
    }

    static int valuesLength(CountersLayout layout) {
        return layout.count() * COUNTER_LENGTH;
    }

    static long fileLength(CountersLayout layout) {
        return LENGTH + (long) metadataLength(layout) + valuesLength(layout);
    }

    /**
     * Checks all that does not change.
     *
     * @param fileLength the length of the file in bytes, at least {@link #LENGTH}.
     * @return the layout that it tells of.
     * @throws IOException if this is no header, or not one of this file; the message says what was found and expected.
     */
    CountersLayout check(long fileLength) throws IOException {
        if (!isMagic(page)) {
            throw notACountersFile();
        }
        int mark = page.getInt(BYTE_ORDER_OFFSET);
        boolean isReversed = mark == Integer.reverseBytes(BYTE_ORDER);
        expect(
                "byte order mark",
                mark,
                BYTE_ORDER,
                isReversed ? "written on a machine of another byte order" : "damaged");
        expect("version", page.getInt(VERSION_OFFSET), VERSION, "not of this version of Interruptor");
        expect("header length", page.getInt(HEADER_LENGTH_OFFSET), LENGTH, "damaged");
        int vcpus = page.getInt(VCPUS_OFFSET);
        if (vcpus < 0 || vcpus > HandOn.MAX_VCPUS) {
            throw new IOException("damaged: " + vcpus + " vCPUs, expected 0 to " + HandOn.MAX_VCPUS);
        }
        CountersLayout layout = new CountersLayout(vcpus);
        expect("metadata length", page.getInt(METADATA_LENGTH_OFFSET), metadataLength(layout), "damaged");
        expect("values length", page.getInt(VALUES_LENGTH_OFFSET), valuesLength(layout), "damaged");
        expect("length", fileLength, fileLength(layout), "damaged");
        int state = page.getIntVolatile(STATE_OFFSET);
        if (state != OPEN && state != CLOSED) {
            throw new IOException("damaged: state " + state + ", expected " + OPEN + " or " + CLOSED);
        }
        return layout;
    }

    /** Whether a file that begins with these bytes is a counters file, of any version. */
    static boolean isMagic(byte[] beginning) {
        return isMagic(new UnsafeBuffer(beginning));
    }

    private static boolean isMagic(AtomicBuffer beginning) {
        byte[] found = new byte[Math.min(MAGIC.length, beginning.capacity())];
        beginning.getBytes(0, found);
        return Arrays.equals(found, MAGIC);
    }

    static IOException notACountersFile() {
        return new IOException(
                "not a counters file: it does not begin with " + new String(MAGIC, StandardCharsets.US_ASCII));
    }

    private static void expect(String what, long found, long expected, String otherwise) throws IOException {
        if (found != expected) {
            throw new IOException(otherwise + ": " + what + " " + found + ", expected " + expected);
        }
    }

    void markClosed() {
        page.putIntVolatile(STATE_OFFSET, CLOSED);
    }

    boolean isClosed() {
        return page.getIntVolatile(STATE_OFFSET) == CLOSED;
    }

    int machine() {
        return page.getInt(MACHINE_OFFSET);
    }

    long pid() {
        return page.getLong(PID_OFFSET);
    }

    long builtAt() {
        return page.getLong(BUILT_AT_OFFSET);
    }

    int floatingCapacity() {
        return page.getInt(FLOATING_CAPACITY_OFFSET);
    }

    int localCapacity() {
        return page.getInt(LOCAL_CAPACITY_OFFSET);
    }

    /** Whether the process that wrote it seems to run still, on this host. */
    boolean isProcessAlive() {
        long startedAt = page.getLong(STARTED_AT_OFFSET);
        return ProcessHandle.of(pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedAt == 0 || startOf(process) == 0 || startOf(process) == startedAt)
                .isPresent();
    }
}
