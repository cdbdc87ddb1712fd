package org.interruptor.tools.guest.sclp;

import java.util.Arrays;

/**
 * What READ SCP INFO and READ CPU INFO store: how much storage there is, and which CPUs.
 *
 * <pre>
 *   READ SCP INFO   8 storage, in increments (16 bits)   10 length of an increment, MiB (8)   16 CPUs (16)
 *                  18 offset of the CPU entries (16)     24 load parameter (8 bytes of EBCDIC)
 *                  48 facilities (64)                   120 highest CPU address (16)         128 CPU entries
 *   READ CPU INFO   8 CPUs (16)   10 offset of their entries (16)   12 CPUs in standby (16)   14 offset of theirs (16)
 *                  24 CPU entries
 *   CPU entry       0 CPU address (8), 16 bytes in all
 * </pre>
 *
 * <p>A block of one page has room for {@value #MOST_CPUS} CPUs; further ones are not listed. SIGNAL PROCESSOR finds them all.
 *
 * <p>Threads: any; immutable.
 */
final class MachineInformation {
    private static final int ENTRY_LENGTH = 16;
    private static final int MEBIBYTE_SHIFT = 20;
    private static final int MOST_INCREMENTS = 0xffff;

    private static final int INCREMENTS = 8;
    private static final int INCREMENT_LENGTH = 10;
    private static final int CPU_COUNT = 16;
    private static final int ENTRIES_OFFSET = 18;
    private static final int LOAD_PARAMETER = 24;
    private static final int FACILITIES = 48;
    private static final int HIGHEST_CPU = 120;
    private static final int ENTRIES = 128;
    private static final int PAGE = 4096;
    private static final int MOST_CPUS = (PAGE - ENTRIES) / ENTRY_LENGTH;

    /** READ CPU INFO is there. */
    private static final long HAS_CPU_INFORMATION = 0x0800_0000_0000_0000L;

    private static final byte EBCDIC_BLANK = 0x40;

    private static final int CONFIGURED = 8;
    private static final int CONFIGURED_OFFSET = 10;
    private static final int STANDBY = 12;
    private static final int STANDBY_OFFSET = 14;
    private static final int CPU_ENTRIES = 24;

    private final long storageLength;
    private final int cpus;

    MachineInformation(long storageLength, int cpus) {
        this.storageLength = storageLength;
        this.cpus = Math.min(cpus, MOST_CPUS);
    }

    /** READ SCP INFO: the response code. */
    int readScp(ControlBlock block) {
        int end = ENTRIES + cpus * ENTRY_LENGTH;
        if (block.length() < end) {
            return Response.INSUFFICIENT_LENGTH;
        }
        long mebibytes = storageLength >> MEBIBYTE_SHIFT;
        int increment = 1;
        while (mebibytes / increment > MOST_INCREMENTS) {
            increment *= 2;
        }
        block.clear(ControlBlock.HEADER_LENGTH, end);
        block.put16(INCREMENTS, (int) (mebibytes / increment));
        block.put8(INCREMENT_LENGTH, increment);
        block.put16(CPU_COUNT, cpus);
        block.put16(ENTRIES_OFFSET, ENTRIES);
        byte[] loadParameter = new byte[8];
        Arrays.fill(loadParameter, EBCDIC_BLANK);
        block.put(LOAD_PARAMETER, loadParameter, loadParameter.length);
        block.put64(FACILITIES, HAS_CPU_INFORMATION);
        block.put16(HIGHEST_CPU, cpus - 1);
        entries(block, ENTRIES);
        return Response.NORMAL_READ_COMPLETION;
    }

    /** READ CPU INFO: the response code. */
    int readCpus(ControlBlock block) {
        int end = CPU_ENTRIES + cpus * ENTRY_LENGTH;
        if (block.length() < end) {
            return Response.INSUFFICIENT_LENGTH;
        }
        block.clear(ControlBlock.HEADER_LENGTH, end);
        block.put16(CONFIGURED, cpus);
        block.put16(CONFIGURED_OFFSET, CPU_ENTRIES);
        block.put16(STANDBY, 0);
        block.put16(STANDBY_OFFSET, end);
        entries(block, CPU_ENTRIES);
        return Response.NORMAL_READ_COMPLETION;
    }

    private void entries(ControlBlock block, int offset) {
        for (int i = 0; i < cpus; i++) {
            block.put8(offset + i * ENTRY_LENGTH, i);
        }
    }
}
