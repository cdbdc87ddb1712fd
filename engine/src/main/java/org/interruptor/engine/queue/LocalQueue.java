package org.interruptor.engine.queue;

import static org.agrona.concurrent.ringbuffer.RecordDescriptor.HEADER_LENGTH;
import static org.agrona.concurrent.ringbuffer.RecordDescriptor.encodedMsgOffset;
import static org.agrona.concurrent.ringbuffer.RecordDescriptor.lengthOffset;
import static org.agrona.concurrent.ringbuffer.RecordDescriptor.typeOffset;
import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.HEAD_POSITION_OFFSET;
import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Line;
import org.interruptor.engine.padding.PaddedWords;

/**
 * The side of a vCPU's local queue that all threads share: a many-producer Agrona ring of fixed records for program,
 * stop, set prefix and restart, and beside it a count of emergency signals.
 *
 * <pre>
 *  record, 16 bytes:  | length 4 | type and count 4 | payload 8 |
 *
 *  type and count:    | 0 | bits 58..32 of the count | type + 1, 4 bits |       a type id of Agrona's is above 0
 *  payload:           | bits 31..0 of the count      | parameter, 32 bits |
 *  count:             emergency signals that had arrived before
 * </pre>
 *
 * <p>Emergency signals carry nothing, so they are counted; a record says how many came before it, which keeps the places
 * of all in one order. The length of a record divides the ring's, so there is never padding at the wrap.
 *
 * <p>The bound counts what is queued from acceptance to delivery, wherever it is kept. So the owner reads records long before it gives
 * their places back to the ring:
 *
 * <pre>
 *             ring head             read up to                ring tail
 *  free ...   | read, not yet gone  | published, or claimed   | free ...
 *             ^ moves on by one record with each that is delivered or discarded, in whatever order that happens; never beyond what was read
 * </pre>
 *
 * <p>Of what was read the {@link LocalBacklog} has a copy; the ring only counts it. Therefore the owner does not use Agrona's
 * {@code read}, which frees what it reads, but reads records as Agrona's descriptors lay them out. What decides, a record's length and the
 * ring's tail, is read volatile through Agrona, where model checkers see it; the rest by its address, without the buffer's checks: where a
 * record is comes from a number cut to the ring's length, or from Agrona's claim.
 *
 * <p>Threads: {@code offer...}, {@code claim}, {@code commit} and the counts any; the rest the vCPU's own. Ordering: a record is committed with release
 * and read volatile; the head moves with release and is read volatile by who claims; both ways in end with a volatile
 * read-modify-write in {@link Arrivals}, which is the injector's half of the fence with {@code Waiting}.
 */
public final class LocalQueue extends Line {
    /** Emergency signals outstanding at which further ones are refused: {@code interruptions.md}, section 3. */
    public static final long MAX_EMERGENCIES = 1L << 30;

    /** No place: the queue is full. */
    public static final int FULL = RingBuffer.INSUFFICIENT_CAPACITY;

    private static final int PAYLOAD_LENGTH = 8;
    private static final int RECORD_LENGTH = HEADER_LENGTH + PAYLOAD_LENGTH;
    private static final int RECORD_SHIFT = 4;
    private static final int TYPE_BITS = 4;
    private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;

    /** Of a record that only holds a place: no type. */
    private static final int PLACE_ALONE = TYPE_MASK;

    /** As long as this many places are free an emergency signal is counted in without a look at what was taken. */
    public static final long MARGIN = 1L << 16;

    /** Written by the owner: emergency signals delivered or discarded since the start. */
    private static final VarHandle EMERGENCIES_GONE = WORD_0;

    /** Written by the owner: records, and own ones without, delivered or discarded since the start. */
    private static final VarHandle RECORDS_GONE = WORD_1;

    /** Written by the owner: own program interruptions that came when the ring was full. */
    private static final VarHandle WITHOUT_RECORD = WORD_2;

    /** What was accepted before these began to count: not 0 after a state was restored. */
    private static final VarHandle ACCEPTED_BEFORE = WORD_3;

    /** Written by the owner: the head of the ring. */
    private static final VarHandle FREED = WORD_4;

    private final int capacity;
    private final Arrivals arrivals;
    private final ManyToOneRingBuffer ring;

    /** That of the ring, outside the heap. */
    private final UnsafeBuffer buffer;

    /** The address of its records, and of the ring's head. */
    private final long records;

    private final long head;

    /** For each record's place in the ring: when it was injected. Written before the commit, read with the record. Null if untimed. */
    private final PaddedWords sinces;

    /** The count of emergency signals up to which MARGIN holds. Rarely written, by any injector: late or lost does no harm. */
    private volatile long uncheckedUpTo = MAX_EMERGENCIES - MARGIN;

    public LocalQueue(int capacity, Arrivals arrivals) {
        this(capacity, arrivals, false);
    }

    /**
     * An empty queue.
     *
     * @param isTimed whether it keeps when its records were injected.
     */
    public LocalQueue(int capacity, Arrivals arrivals, boolean isTimed) {
        sinces = isTimed ? new PaddedWords(capacity) : null;
        this.capacity = capacity;
        this.arrivals = arrivals;
        int length = capacity * RECORD_LENGTH;
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length + TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH));
        ring = new ManyToOneRingBuffer(buffer);
        records = buffer.addressOffset();
        head = records + length + HEAD_POSITION_OFFSET;
    }

    // Any thread.

    /**
     * Counts an emergency signal in, or has no effect if 2^30 are outstanding. One that is stopped between its look and its
     * count, while MARGIN others come, may be one more than that.
     */
    public boolean offerEmergency() {
        long arrived = arrivals.emergencies();
        if (arrived >= uncheckedUpTo) {
            return offerEmergencyNearLimit();
        }
        arrivals.announceEmergency();
        return true;
    }

    private boolean offerEmergencyNearLimit() {
        while (true) {
            long arrived = arrivals.emergencies();
            long gone = (long) EMERGENCIES_GONE.getAcquire(this); // behind it: never more than are outstanding
            if (arrived - gone >= MAX_EMERGENCIES) {
                return false;
            }
            uncheckedUpTo = gone + MAX_EMERGENCIES - MARGIN;
            if (arrivals.announceEmergencyAfter(arrived)) {
                return true;
            }
        }
    }

    /**
     * Claims a record, and with it a place, and fills it. Until {@link #commit} it hides the records behind it.
     *
     * @return where it is, for commit; {@link #FULL}, with no effect, if there is no place.
     */
    public int claim(InterruptionType type, int parameter) {
        return claim(type, parameter, arrivals.emergencies());
    }

    /**
     * As {@link #claim(InterruptionType, int)}.
     *
     * @param before the emergency signals that had arrived at some time before the call. The injector of each has
     *     committed what it injected before that: in front of this record, so that the owner reads it first.
     */
    public int claim(InterruptionType type, int parameter, long before) {
        StackProbe.probe(); // no StackOverflowError between claiming and committing
        int typeAndCount = (type.ordinal() + 1) | ((int) (before >>> Integer.SIZE) << TYPE_BITS);
        int index = ring.tryClaim(typeAndCount, PAYLOAD_LENGTH);
        if (index != FULL) {
            UnsafeApi.putLong(records + index, before << Integer.SIZE | Integer.toUnsignedLong(parameter));
        }
        return index;
    }

    /** Records claimed since the start, published or not. */
    public long claimedRecords() {
        return ring.producerPosition() >>> RECORD_SHIFT;
    }

    /** The number, from 0, of a record that is claimed and not committed: none of a ring's length behind it can be. */
    public long recordAt(int index) {
        long last = claimedRecords() - 1;
        return last - ((last - place(index)) & (capacity - 1));
    }

    private static int place(int index) {
        return (index - HEADER_LENGTH) / RECORD_LENGTH;
    }

    /** Publishes a record. */
    public void commit(int index) {
        commit(index, Since.NONE);
    }

    /** Publishes a record, with the time of its injection. */
    public void commit(int index, long since) {
        if (sinces != null) {
            sinces.setPlain(place(index), since);
        }
        ring.commit(index);
        arrivals.announceRecord();
    }

    /** Interruptions queued, wherever they are kept; with those whose injector is still at it. */
    public long queued() {
        return queuedRecords() + queuedEmergencies();
    }

    /** Emergency signals queued. */
    public long queuedEmergencies() {
        long gone = (long) EMERGENCIES_GONE.getAcquire(this);
        return arrivals.emergencies() - gone;
    }

    /** Records queued, wherever they are kept; with those whose injector is still at it. */
    public long queuedRecords() {
        long gone = (long) RECORDS_GONE.getAcquire(this); // before what was claimed: never more than are queued
        return claimedRecords() + withoutRecord() - gone;
    }

    /** How many were ever accepted: delivered, queued or discarded. */
    public long accepted() {
        return (long) ACCEPTED_BEFORE.getOpaque(this) + claimedRecords() + withoutRecord() + arrivals.emergencies();
    }

    private long withoutRecord() {
        return (long) WITHOUT_RECORD.getAcquire(this);
    }

    /** Corrects {@link #accepted}. Threads: one, while no other uses the machine. */
    public void restoreAccepted(long accepted) {
        ACCEPTED_BEFORE.setOpaque(this, (long) ACCEPTED_BEFORE.getOpaque(this) + accepted - accepted());
    }

    public int capacity() {
        return capacity;
    }

    // The vCPU's own thread.

    /**
     * Takes a place for a program interruption that the vCPU raises itself, and that goes into the backlog at once. There is one place more
     * for it than {@link #capacity} says, so that others cannot keep it out. The caller reads the ring behind it.
     *
     * @return false, with no effect, if that one is taken too.
     */
    public boolean takeOwnPlace() {
        StackProbe.probe();
        int index = ring.tryClaim(PLACE_ALONE, PAYLOAD_LENGTH);
        if (index != FULL) {
            ring.commit(index);
            return true;
        }
        if (queuedRecords() > capacity) {
            return false;
        }
        WITHOUT_RECORD.setRelease(this, withoutRecord() + 1);
        return true;
    }

    /**
     * Gives published records to the backlog, oldest first. Their places stay taken.
     *
     * @param read how many were read since the start.
     * @param claimed of those that were claimed since the start, up to which to read.
     * @return how many are read now: fewer than claimed if one is not published yet.
     */
    public long read(LocalBacklog backlog, long read, long claimed) {
        long number = read;
        while (number < claimed) {
            int record = ((int) number & (capacity - 1)) << RECORD_SHIFT;
            if (buffer.getIntVolatile(lengthOffset(record)) <= 0) {
                break;
            }
            int typeAndCount = UnsafeApi.getInt(records + typeOffset(record));
            if (typeAndCount != PLACE_ALONE) {
                int index = encodedMsgOffset(record);
                long payload = UnsafeApi.getLong(records + index);
                backlog.add(
                        InterruptionType.ofOrdinal((typeAndCount & TYPE_MASK) - 1),
                        (int) payload,
                        (long) (typeAndCount >>> TYPE_BITS) << Integer.SIZE | payload >>> Integer.SIZE,
                        number,
                        sinces == null ? Since.NONE : sinces.getPlain(place(index)));
            }
            // Before its place is free: claimed again, it is not published.
            UnsafeApi.putInt(records + lengthOffset(record), 0);
            number++;
        }
        return number;
    }

    /** Whether it keeps times. */
    boolean isTimed() {
        return sinces != null;
    }

    /** Frees the places of emergency signals: so many were delivered or discarded since the start. */
    public void emergenciesGone(long count) {
        EMERGENCIES_GONE.setRelease(this, count);
    }

    /**
     * Frees the places of records delivered or discarded.
     *
     * @param read how many were read since the start.
     */
    public void recordsGone(int count, long read) {
        RECORDS_GONE.setRelease(this, (long) RECORDS_GONE.get(this) + count);
        freePlaces(read);
    }

    /**
     * Moves the head of the ring on. Not beyond what was read: an own one can be gone while its record stands behind one that is not published
     * yet.
     */
    void freePlaces(long read) {
        long free = Math.min((long) RECORDS_GONE.get(this) - (long) WITHOUT_RECORD.get(this), read) << RECORD_SHIFT;
        if (free > (long) FREED.get(this)) {
            FREED.set(this, free);
            UnsafeApi.putLongRelease(null, head, free);
        }
    }
}
