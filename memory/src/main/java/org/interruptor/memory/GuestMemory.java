package org.interruptor.memory;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import net.openhft.chronicle.core.io.SimpleCloseable;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.collections.ArrayUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The absolute storage of a guest: bytes from address 0 up to its size, big-endian.
 *
 * <p>Storage consists of segments of 1 GiB, the last one shorter, so it may be larger than a Java buffer:
 *
 * <pre>
 *   address  0            1 GiB          2 GiB          3 GiB      size
 *            +--------------+--------------+--------------+---------+
 *            |  segment 0   |  segment 1   |  segment 2   |   ...   |
 *            +--------------+--------------+--------------+---------+
 *                                  ^----- window -----^
 *                                  a block of 2^n bytes, up to 1 GiB, at a multiple of its length lies within one
 * </pre>
 *
 * <p>Accesses may have any alignment and may cross from one segment into the next. An access that is aligned to its own width is
 * one plain access of the host and is never torn, because storage begins at a multiple of 8. Another thread may see other
 * accesses in parts. Accesses have no memory order: threads that share storage order them themselves, as the CPUs of the
 * architecture do by serialization.
 *
 * <p><b>Closing</b> drops the references of this object. The garbage collector frees the memory when no reference is left, so
 * an earlier window still works, and no use of closed storage can crash the JVM, even in a race. A thread that does not
 * synchronise with the closing thread may access the storage for a while before it gets an {@code IllegalStateException}.
 *
 * <p>Threads: any, for every method.
 */
// A fence after the access instead of in a finally block: once the range is checked, no access throws.
@SuppressWarnings("ReachabilityFenceUsage")
public final class GuestMemory implements AutoCloseable {

    /** The unit of storage sizes, in bytes: a page of the guest. */
    public static final int PAGE_LENGTH = 4096;

    private static final int SEGMENT_SHIFT = 30;
    private static final int SEGMENT_LENGTH = 1 << SEGMENT_SHIFT;

    /** Far beyond what a machine holds; keeps the number of segments an {@code int}. */
    private static final long MAX_SIZE = 1L << 50;

    private static final UnsafeBuffer[] CLOSED = {};

    private final long size;

    /**
     * The segment that holds address 0, for most guests all there is. It is asked before the array is: an access then waits for
     * no load that depends on the address. Closing swaps in an empty buffer, so that the one comparison which finds an address
     * behind the end also finds closed storage.
     */
    private UnsafeBuffer first;

    /** All but the last are 1 GiB long; empty when closed. */
    private UnsafeBuffer[] segments;

    /** Closes once. A member, so that Chronicle's types are not part of this API and an embedder need not compile against them. */
    private final Closing closing = new Closing();

    private final class Closing extends SimpleCloseable {
        @Override
        protected void performClose() {
            first = new UnsafeBuffer();
            segments = CLOSED;
        }
    }

    private GuestMemory(long size, UnsafeBuffer[] segments) {
        this.size = size;
        this.first = segments[0];
        this.segments = segments;
        // A reference that is passed on by a data race must not lead to a buffer whose fields are still zero.
        VarHandle.releaseFence();
    }

    /**
     * Allocates storage outside the heap, aligned to pages of the guest and of the host, all zero.
     *
     * <p>The memory counts against {@link #allocationLimit()}. A larger size is refused before anything is allocated. The host's
     * memory is not checked, because a host may swap or grow. This method touches all of the memory.
     *
     * @param sizeInBytes positive, a multiple of 4096; may exceed 2 GiB.
     * @return the storage.
     * @throws IllegalArgumentException if the size is not as said.
     * @throws IllegalStateException if the JVM lacks the flag that {@link AgronaAccess} names.
     * @throws OutOfMemoryError if there is not enough memory; nothing stays allocated.
     */
    public static GuestMemory allocate(long sizeInBytes) {
        AgronaAccess.check();
        int alignment = Math.max(PAGE_LENGTH, UnsafeApi.pageSize());
        int count = segmentCount(sizeInBytes);
        // Of a single buffer the JDK finds out by itself, and at once.
        if (count > 1 && sizeInBytes + (long) count * alignment > allocationLimit()) {
            throw new OutOfMemoryError("guest memory of " + sizeInBytes + " bytes, expected at most the "
                    + allocationLimit() + " that -XX:MaxDirectMemorySize, or else -Xmx, allows");
        }
        UnsafeBuffer[] segments = new UnsafeBuffer[count];
        try {
            for (int i = 0; i < segments.length; i++) {
                int length = segmentLength(i, sizeInBytes);
                segments[i] = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, alignment));
            }
        } catch (OutOfMemoryError e) {
            OutOfMemoryError named = new OutOfMemoryError(
                    "guest memory of " + sizeInBytes + " bytes, limited by -XX:MaxDirectMemorySize: " + e.getMessage());
            named.initCause(e);
            throw named;
        }
        return new GuestMemory(sizeInBytes, segments);
    }

    /**
     * The maximum memory outside the heap of this JVM, for all its users together: {@code -XX:MaxDirectMemorySize}, by default the
     * size of the heap. Storage needs an extra page for each GiB.
     *
     * <p>The first call may take some milliseconds.
     *
     * @return the limit in bytes; {@code Long.MAX_VALUE} in a JVM that does not tell.
     */
    public static long allocationLimit() {
        return DirectMemoryLimit.bytes();
    }

    /**
     * Maps the beginning of a file for reading and writing. Other processes that map the file share the storage, and it survives the
     * JVM. The method creates a missing file and extends a shorter one with zeros. The rest of a longer file does not change.
     *
     * <p>The method allocates all blocks of the storage: it fills holes with zeros. This takes the size of the storage in the file
     * system, and the time to write it. If the file system has no room, the method throws and restores the length of the file.
     * Later stores cannot fail for lack of a block.
     *
     * <p>No other process may store into the file while this method runs, because it writes zeros where it has read zeros. To look at
     * storage that another process uses, call {@link #mapSparse}.
     *
     * <p>Do not shorten the file while it is mapped: an access beyond its end would throw an {@code InternalError}.
     *
     * @param file the file.
     * @param sizeInBytes positive, a multiple of 4096; may exceed 2 GiB.
     * @return the storage.
     * @throws IOException if the file cannot be opened, extended, filled or mapped; it then has its earlier length, or is deleted if
     *     it did not exist.
     * @throws IllegalArgumentException if the size is not as said.
     * @throws IllegalStateException if the JVM lacks the flag that {@link AgronaAccess} names.
     */
    public static GuestMemory map(Path file, long sizeInBytes) throws IOException {
        return map(file, sizeInBytes, true);
    }

    /**
     * Maps the beginning of a file as {@link #map} does, but leaves its holes, and extends it by a hole. It writes nothing. The file
     * takes blocks of the file system only for stored pages.
     *
     * <p>If the file system has no block left for a store, the store throws an {@code InternalError}, on any thread. The delivery of
     * an interruption may be such a store.
     *
     * @param file the file.
     * @param sizeInBytes positive, a multiple of 4096; may exceed 2 GiB, and what the file system has left.
     * @return the storage.
     * @throws IOException if the file cannot be opened, extended or mapped; it then has its earlier length, or is deleted if it did
     *     not exist.
     * @throws IllegalArgumentException if the size is not as said.
     * @throws IllegalStateException if the JVM lacks the flag that {@link AgronaAccess} names.
     */
    public static GuestMemory mapSparse(Path file, long sizeInBytes) throws IOException {
        return map(file, sizeInBytes, false);
    }

    private static GuestMemory map(Path file, long sizeInBytes, boolean isFilled) throws IOException {
        AgronaAccess.check();
        UnsafeBuffer[] segments = newSegments(sizeInBytes);
        StorageFile.map(file, segments, SEGMENT_LENGTH, sizeInBytes, isFilled);
        return new GuestMemory(sizeInBytes, segments);
    }

    /**
     * Wraps an array. Array and storage share the bytes.
     *
     * @param bytes the storage; its length is positive and a multiple of 4096.
     * @return the storage.
     * @throws IllegalArgumentException if the length is not as said, or if arrays of this JVM do not begin at a multiple of 8
     *     ({@code -XX:+UseCompactObjectHeaders}): no doubleword could be compared and exchanged.
     * @throws IllegalStateException if the JVM lacks the flag that {@link AgronaAccess} names.
     */
    public static GuestMemory wrap(byte[] bytes) {
        AgronaAccess.check();
        UnsafeBuffer[] segments = newSegments(bytes.length);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new UnsafeBuffer(bytes, i << SEGMENT_SHIFT, segmentLength(i, bytes.length));
        }
        requireAligned(segments[0]);
        return new GuestMemory(bytes.length, segments);
    }

    /**
     * Wraps the bytes between position and limit of a buffer, direct or on the heap. Buffer and storage share the bytes.
     * Position, limit and byte order of the buffer do not change and may be changed afterwards.
     *
     * <p>A buffer of a {@code MemorySegment} does not keep its arena open. The caller must keep it open while the storage or a window
     * of it is in use.
     *
     * @param buffer the storage; it is writable, and {@code remaining()} is positive and a multiple of 4096.
     * @return the storage.
     * @throws IllegalArgumentException if the buffer is read-only, its length is not as said, or it does not begin at a multiple of
     *     8: no doubleword could be compared and exchanged.
     * @throws IllegalStateException if the JVM lacks the flag that {@link AgronaAccess} names.
     */
    public static GuestMemory wrap(ByteBuffer buffer) {
        AgronaAccess.check();
        requireWritable(buffer);
        ByteBuffer bytes = buffer.slice();
        UnsafeBuffer[] segments = newSegments(bytes.capacity());
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new UnsafeBuffer(bytes, i << SEGMENT_SHIFT, segmentLength(i, bytes.capacity()));
        }
        requireAligned(segments[0]);
        return new GuestMemory(bytes.capacity(), segments);
    }

    /**
     * Wraps the bytes that an Agrona buffer wraps now. Buffer and storage share the bytes. The buffer may wrap other bytes
     * afterwards.
     *
     * <p>If the buffer wraps a bare address, the caller must keep the memory while the storage or a window of it is in use.
     *
     * @param buffer the storage; it is writable and not expandable, and its capacity is positive and a multiple of 4096.
     * @return the storage.
     * @throws IllegalArgumentException if the buffer is read-only or expandable, its capacity is not as said, or it does not begin at
     *     a multiple of 8: no doubleword could be compared and exchanged.
     * @throws IllegalStateException if the JVM lacks the flag that {@link AgronaAccess} names.
     */
    public static GuestMemory wrap(MutableDirectBuffer buffer) {
        AgronaAccess.check();
        if (buffer.isExpandable()) {
            throw new IllegalArgumentException(
                    "an expandable buffer moves its bytes when it grows and cannot be storage: " + buffer);
        }
        if (buffer.byteBuffer() != null) {
            requireWritable(buffer.byteBuffer());
        }
        UnsafeBuffer[] segments = newSegments(buffer.capacity());
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new UnsafeBuffer(buffer, i << SEGMENT_SHIFT, segmentLength(i, buffer.capacity()));
        }
        requireAligned(segments[0]);
        return new GuestMemory(buffer.capacity(), segments);
    }

    /**
     * The size of the storage, closed or not.
     *
     * @return the size in bytes.
     */
    public long size() {
        return size;
    }

    /**
     * Whether a range lies wholly inside the storage, closed or not. Never throws, whatever the values.
     *
     * @param address the first byte's absolute address.
     * @param length the length in bytes; of a negative one the answer is no.
     * @return whether all its bytes are inside; an empty range is inside up to {@code address == size()}.
     */
    public boolean contains(long address, long length) {
        return address >= 0 && length >= 0 && address <= size - length;
    }

    /**
     * Reads a byte.
     *
     * @param address absolute address.
     * @return the byte there.
     * @throws IndexOutOfBoundsException if it is not inside the storage.
     * @throws IllegalStateException if the storage is closed.
     */
    public byte getByte(long address) {
        UnsafeBuffer segment = segmentWith(address, Byte.BYTES);
        if (segment == null) {
            throw failure(address, Byte.BYTES);
        }
        byte value = segment.getByte(offset(address));
        Reference.reachabilityFence(segment);
        return value;
    }

    /**
     * Reads a halfword, 2 bytes, big-endian.
     *
     * @param address absolute address of the first byte, of any alignment.
     * @return the value; for an unsigned one {@code & 0xffff}.
     * @throws IndexOutOfBoundsException if it is not wholly inside the storage.
     * @throws IllegalStateException if the storage is closed.
     */
    public short getShort(long address) {
        UnsafeBuffer segment = segmentWith(address, Short.BYTES);
        if (segment == null) {
            return (short) getAcross(address, Short.BYTES);
        }
        short value = segment.getShort(offset(address), ByteOrder.BIG_ENDIAN);
        Reference.reachabilityFence(segment);
        return value;
    }

    /**
     * Reads a word, 4 bytes, big-endian.
     *
     * @param address absolute address of the first byte, of any alignment.
     * @return the value.
     * @throws IndexOutOfBoundsException if it is not wholly inside the storage.
     * @throws IllegalStateException if the storage is closed.
     */
    public int getInt(long address) {
        UnsafeBuffer segment = segmentWith(address, Integer.BYTES);
        if (segment == null) {
            return (int) getAcross(address, Integer.BYTES);
        }
        int value = segment.getInt(offset(address), ByteOrder.BIG_ENDIAN);
        Reference.reachabilityFence(segment);
        return value;
    }

    /**
     * Reads a doubleword, 8 bytes, big-endian.
     *
     * @param address absolute address of the first byte, of any alignment.
     * @return the value.
     * @throws IndexOutOfBoundsException if it is not wholly inside the storage.
     * @throws IllegalStateException if the storage is closed.
     */
    public long getLong(long address) {
        UnsafeBuffer segment = segmentWith(address, Long.BYTES);
        if (segment == null) {
            return getAcross(address, Long.BYTES);
        }
        long value = segment.getLong(offset(address), ByteOrder.BIG_ENDIAN);
        Reference.reachabilityFence(segment);
        return value;
    }

    /**
     * Stores a byte.
     *
     * @param address absolute address.
     * @param value the byte.
     * @throws IndexOutOfBoundsException if it is not inside the storage.
     * @throws IllegalStateException if the storage is closed.
     */
    public void putByte(long address, byte value) {
        UnsafeBuffer segment = segmentWith(address, Byte.BYTES);
        if (segment == null) {
            throw failure(address, Byte.BYTES);
        }
        segment.putByte(offset(address), value);
        Reference.reachabilityFence(segment);
    }

    /**
     * Stores a halfword, 2 bytes, big-endian.
     *
     * @param address absolute address of the first byte, of any alignment.
     * @param value the value.
     * @throws IndexOutOfBoundsException if it is not wholly inside the storage; nothing is stored then.
     * @throws IllegalStateException if the storage is closed.
     */
    public void putShort(long address, short value) {
        UnsafeBuffer segment = segmentWith(address, Short.BYTES);
        if (segment == null) {
            putAcross(address, Short.BYTES, value);
            return;
        }
        segment.putShort(offset(address), value, ByteOrder.BIG_ENDIAN);
        Reference.reachabilityFence(segment);
    }

    /**
     * Stores a word, 4 bytes, big-endian.
     *
     * @param address absolute address of the first byte, of any alignment.
     * @param value the value.
     * @throws IndexOutOfBoundsException if it is not wholly inside the storage; nothing is stored then.
     * @throws IllegalStateException if the storage is closed.
     */
    public void putInt(long address, int value) {
        UnsafeBuffer segment = segmentWith(address, Integer.BYTES);
        if (segment == null) {
            putAcross(address, Integer.BYTES, value);
            return;
        }
        segment.putInt(offset(address), value, ByteOrder.BIG_ENDIAN);
        Reference.reachabilityFence(segment);
    }

    /**
     * Stores a doubleword, 8 bytes, big-endian.
     *
     * @param address absolute address of the first byte, of any alignment.
     * @param value the value.
     * @throws IndexOutOfBoundsException if it is not wholly inside the storage; nothing is stored then.
     * @throws IllegalStateException if the storage is closed.
     */
    public void putLong(long address, long value) {
        UnsafeBuffer segment = segmentWith(address, Long.BYTES);
        if (segment == null) {
            putAcross(address, Long.BYTES, value);
            return;
        }
        segment.putLong(offset(address), value, ByteOrder.BIG_ENDIAN);
        Reference.reachabilityFence(segment);
    }

    /**
     * Compares a word with a value and replaces it if they are equal, atomically, as a compare-and-swap instruction does.
     * Ordering: that of a volatile read and, if it replaces, a volatile write.
     *
     * @param address absolute address, a multiple of 4.
     * @param expected the value that is to be replaced.
     * @param update the value to replace it with.
     * @return what was there: {@code expected} if it was replaced.
     * @throws IllegalArgumentException if the address is not aligned.
     * @throws IndexOutOfBoundsException if the word is not wholly inside the storage.
     * @throws IllegalStateException if the storage is closed.
     */
    public int compareAndExchangeInt(long address, int expected, int update) {
        UnsafeBuffer segment = alignedSegmentWith(address, Integer.BYTES);
        int witness = segment.compareAndExchangeInt(offset(address), bigEndian(expected), bigEndian(update));
        Reference.reachabilityFence(segment);
        return bigEndian(witness);
    }

    /**
     * Compares a doubleword with a value and replaces it if they are equal, atomically, as a compare-and-swap instruction does.
     * Ordering: that of a volatile read and, if it replaces, a volatile write.
     *
     * @param address absolute address, a multiple of 8.
     * @param expected the value that is to be replaced.
     * @param update the value to replace it with.
     * @return what was there: {@code expected} if it was replaced.
     * @throws IllegalArgumentException if the address is not aligned.
     * @throws IndexOutOfBoundsException if the doubleword is not wholly inside the storage.
     * @throws IllegalStateException if the storage is closed.
     */
    public long compareAndExchangeLong(long address, long expected, long update) {
        UnsafeBuffer segment = alignedSegmentWith(address, Long.BYTES);
        long witness = segment.compareAndExchangeLong(offset(address), bigEndian(expected), bigEndian(update));
        Reference.reachabilityFence(segment);
        return bigEndian(witness);
    }

    /**
     * Copies out of the storage.
     *
     * @param address absolute address of the first byte.
     * @param dst where to copy to.
     * @param offset index of the first byte in {@code dst}.
     * @param length how many bytes; zero copies nothing, and is in range up to {@code address == size()}.
     * @throws IndexOutOfBoundsException if the range is not wholly inside the storage or not wholly inside {@code dst}; nothing
     *     is copied then.
     * @throws IllegalStateException if the storage is closed.
     */
    public void getBytes(long address, byte[] dst, int offset, int length) {
        UnsafeBuffer[] all = checkedSegments(address, length);
        Objects.checkFromIndexSize(offset, length, dst.length);
        for (int done = 0; done < length; ) {
            long from = address + done;
            UnsafeBuffer segment = all[(int) (from >>> SEGMENT_SHIFT)];
            int part = Math.min(length - done, segment.capacity() - offset(from));
            segment.getBytes(offset(from), dst, offset + done, part);
            Reference.reachabilityFence(segment);
            done += part;
        }
    }

    /**
     * Copies into the storage.
     *
     * @param address absolute address of the first byte.
     * @param src where to copy from.
     * @param offset index of the first byte in {@code src}.
     * @param length how many bytes; zero copies nothing, and is in range up to {@code address == size()}.
     * @throws IndexOutOfBoundsException if the range is not wholly inside the storage or not wholly inside {@code src}; nothing
     *     is copied then.
     * @throws IllegalStateException if the storage is closed.
     */
    public void putBytes(long address, byte[] src, int offset, int length) {
        UnsafeBuffer[] all = checkedSegments(address, length);
        Objects.checkFromIndexSize(offset, length, src.length);
        for (int done = 0; done < length; ) {
            long to = address + done;
            UnsafeBuffer segment = all[(int) (to >>> SEGMENT_SHIFT)];
            int part = Math.min(length - done, segment.capacity() - offset(to));
            segment.putBytes(offset(to), src, offset + done, part);
            Reference.reachabilityFence(segment);
            done += part;
        }
    }

    /**
     * Wraps a buffer around a range of the storage. The buffer then accesses the storage without this object. It keeps the memory
     * alive, even after the storage is closed.
     *
     * <p>The range must lie within one segment of 1 GiB. A block of 2^n bytes, up to 1 GiB, at a multiple of its length
     * always does: so a prefix area, 8 KiB at a multiple of 8 KiB, has a window whatever the size of the storage.
     *
     * <p>Does not block or allocate.
     *
     * @param window the buffer to wrap; what it was wrapped around before is let go.
     * @param address absolute address of the first byte.
     * @param length length of the window in bytes.
     * @throws IndexOutOfBoundsException if the range is not wholly inside the storage.
     * @throws IllegalArgumentException if the range crosses from one segment into the next.
     * @throws IllegalStateException if the storage is closed.
     */
    public void wrapWindow(UnsafeBuffer window, long address, int length) {
        UnsafeBuffer[] all = checkedSegments(address, length);
        if (length == 0) {
            // There may be no segment: address == size() is in range.
            window.wrap(ArrayUtil.EMPTY_BYTE_ARRAY);
            return;
        }
        UnsafeBuffer segment = all[(int) (address >>> SEGMENT_SHIFT)];
        if (length > segment.capacity() - offset(address)) {
            throw new IllegalArgumentException("window crosses a segment boundary: address=0x"
                    + Long.toHexString(address) + " length=" + length + ", expected a range within one block of "
                    + SEGMENT_LENGTH + " bytes");
        }
        window.wrap(segment, offset(address), length);
    }

    /** Closes the storage: see the class description. Only the first call has an effect. */
    @Override
    public void close() {
        closing.close();
    }

    /**
     * Whether the storage was closed.
     *
     * @return true from the end of the first {@link #close()} on.
     */
    public boolean isClosed() {
        return closing.isClosed();
    }

    @Override
    public String toString() {
        return "GuestMemory{size=" + size + (isClosed() ? ", closed}" : "}");
    }

    /** The segment that holds the whole range; null if none does, the range is outside, or the storage is closed. */
    private UnsafeBuffer segmentWith(long address, int length) {
        UnsafeBuffer lowest = first;
        if (address >= 0 && address <= lowest.capacity() - length) {
            return lowest;
        }
        UnsafeBuffer[] all = segments;
        // Unsigned shift: a negative address is far behind the last segment.
        long index = address >>> SEGMENT_SHIFT;
        if (index < all.length) {
            UnsafeBuffer segment = all[(int) index];
            if (offset(address) <= segment.capacity() - length) {
                return segment;
            }
        }
        return null;
    }

    private UnsafeBuffer alignedSegmentWith(long address, int length) {
        if ((address & (length - 1)) != 0) {
            throw new IllegalArgumentException(
                    "address=0x" + Long.toHexString(address) + ": expected a multiple of " + length);
        }
        UnsafeBuffer segment = segmentWith(address, length);
        if (segment == null) {
            throw failure(address, length);
        }
        return segment;
    }

    /** Between the order of this machine's bytes and that of the storage's, in both directions. */
    private static int bigEndian(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private static long bigEndian(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }

    private static int offset(long address) {
        return (int) address & (SEGMENT_LENGTH - 1);
    }

    private long getAcross(long address, int length) {
        checkedSegments(address, length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | (getByte(address + i) & 0xff);
        }
        return value;
    }

    private void putAcross(long address, int length, long value) {
        checkedSegments(address, length);
        for (int i = 0; i < length; i++) {
            putByte(address + i, (byte) (value >>> ((length - 1 - i) * Byte.SIZE)));
        }
    }

    private UnsafeBuffer[] checkedSegments(long address, long length) {
        UnsafeBuffer[] all = segments;
        if (all == CLOSED || !contains(address, length)) {
            throw failure(address, length);
        }
        return all;
    }

    private RuntimeException failure(long address, long length) {
        if (segments == CLOSED) {
            return new IllegalStateException("guest memory is closed: allocate or map it anew, or close it later");
        }
        return new IndexOutOfBoundsException(
                "outside guest memory: address=0x" + Long.toHexString(address) + " length=" + length + " size=" + size);
    }

    private static void requireWritable(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("guest memory is written to, but the buffer is read-only: " + buffer);
        }
    }

    /** By address, or by its place in an array, which begins at a multiple of 8 wherever the collector moves it. */
    private static void requireAligned(UnsafeBuffer beginning) {
        long offset = beginning.addressOffset() & (Long.BYTES - 1);
        if (offset != 0) {
            throw new IllegalArgumentException(
                    "guest memory begins " + offset + " bytes behind a multiple of " + Long.BYTES
                            + (beginning.byteArray() != null ? " (arrays do with -XX:+UseCompactObjectHeaders)" : "")
                            + ", where no doubleword can be compared and exchanged: allocate it, or wrap aligned direct memory");
        }
    }

    private static UnsafeBuffer[] newSegments(long size) {
        return new UnsafeBuffer[segmentCount(size)];
    }

    /** Of storage of a size that can be. */
    private static int segmentCount(long size) {
        if (size <= 0 || size > MAX_SIZE || size % PAGE_LENGTH != 0) {
            throw new IllegalArgumentException("size of guest memory: " + size + ", expected a positive multiple of "
                    + PAGE_LENGTH + " up to " + MAX_SIZE);
        }
        return (int) (((size - 1) >>> SEGMENT_SHIFT) + 1);
    }

    private static int segmentLength(int index, long size) {
        return (int) Math.min(SEGMENT_LENGTH, size - ((long) index << SEGMENT_SHIFT));
    }
}
