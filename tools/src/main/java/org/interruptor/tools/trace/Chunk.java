package org.interruptor.tools.trace;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A chunk of a JFR recording, by its header; each is a recording of its own.
 *
 * <pre>
 *  0: magic, FLR and a zero   4: major, minor version   8: length of the chunk, in bytes; 0 before the first flush
 *  16: place of the last constant pool event   24: place of the metadata event   32: start, duration, ticks
 *  64: state, 0 when it is finished   68: the first event
 * </pre>
 *
 * Places count from the beginning of the chunk; all is big-endian.
 *
 * @param position of its first byte in the file.
 * @param length what its header says, in bytes.
 * @param constantPool where the last constant pool event is.
 * @param metadata where the metadata event is.
 * @param state see above.
 */
record Chunk(long position, long length, long constantPool, long metadata, int state) {

    /** Length of the header. */
    static final int HEADER_LENGTH = 68;

    /** Place of the state in the header. */
    static final int STATE = 64;

    /** The state of a finished chunk. */
    static final byte FINISHED = 0;

    private static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;
    private static final int NEWEST_MAJOR_VERSION = 2;
    private static final int FLAGS = 67;
    private static final int COMPRESSED_INTEGERS = 1;
    private static final int METADATA_TYPE = 0;
    private static final int CONSTANTS_TYPE = 1;

    /** Of one compressed integer, at most. */
    private static final int COMPRESSED_LENGTH = 9;

    /** The header at a position; null where there is none. */
    static Chunk at(FileChannel file, long position) throws IOException {
        ByteBuffer header = read(file, position, HEADER_LENGTH);
        if (header.remaining() < HEADER_LENGTH || header.getInt(0) != MAGIC) {
            return null;
        }
        int major = header.getShort(4);
        return major < 1 || major > NEWEST_MAJOR_VERSION
                ? null
                : new Chunk(position, header.getLong(8), header.getLong(16), header.getLong(24), header.get(STATE));
    }

    /** Whether the process that wrote it has come to its end. */
    boolean isFinished() {
        return state == FINISHED && length != 0;
    }

    /** The first byte behind it. */
    long end() {
        return position + length;
    }

    /**
     * Checks what a reader has to believe before it reads: lengths and places.
     *
     * @return null, or what is wrong: the end of a sentence.
     */
    String fault(FileChannel file) throws IOException {
        long rest = file.size() - position;
        if (length < HEADER_LENGTH || length > rest) {
            return "says that it is " + length + " bytes long, expected " + HEADER_LENGTH + " to " + rest;
        }
        if (metadata < HEADER_LENGTH || metadata >= length) {
            return "has its metadata outside, at " + metadata + " of " + length;
        }
        if (constantPool < HEADER_LENGTH || constantPool >= length) {
            return "has its constants outside, at " + constantPool + " of " + length;
        }
        boolean isCompressed = (read(file, position + FLAGS, 1).get(0) & COMPRESSED_INTEGERS) != 0;
        if (!isCompressed) {
            return null;
        }
        if (!isEventAt(file, metadata, METADATA_TYPE)) {
            return "has no metadata at " + metadata + ", where it says";
        }
        return isChainOfPoolsEnding(file) ? null : "has a chain of constants that does not end";
    }

    /** Whether an event of a type begins at a place in the chunk, and ends in it. */
    private boolean isEventAt(FileChannel file, long place, int type) throws IOException {
        try {
            ByteBuffer event = read(file, position + place, 2 * COMPRESSED_LENGTH);
            long eventLength = compressed(event);
            return eventLength > 0 && eventLength <= length - place && compressed(event) == type;
        } catch (BufferUnderflowException cut) {
            return false;
        }
    }

    /** Each constant pool names the one before; a reader goes from one to the next until there is none. */
    private boolean isChainOfPoolsEnding(FileChannel file) throws IOException {
        long pool = constantPool;
        try {
            while (isEventAt(file, pool, CONSTANTS_TYPE)) {
                ByteBuffer event = read(file, position + pool, 5 * COMPRESSED_LENGTH);
                for (int skipped = 0; skipped < 4; skipped++) { // length, type, start, duration
                    compressed(event);
                }
                long delta = compressed(event);
                if (delta == 0) {
                    return true;
                }
                if (delta > 0 || pool + delta < HEADER_LENGTH) {
                    return false;
                }
                pool += delta;
            }
            return false;
        } catch (BufferUnderflowException cut) {
            return false;
        }
    }

    /** Seven bits a byte, the lowest first, each but the last with the highest bit set; the ninth byte has eight. */
    private static long compressed(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < COMPRESSED_LENGTH; i++) {
            long next = bytes.get();
            if (i == COMPRESSED_LENGTH - 1) {
                return value | (next << (7 * i));
            }
            value |= (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        return value;
    }

    private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) > 0) {
            // until it is full, or the file ends
        }
        return bytes.flip();
    }
}
