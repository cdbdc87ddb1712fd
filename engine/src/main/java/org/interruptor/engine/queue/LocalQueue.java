package org.interruptor.engine.queue;

import static org.agrona.concurrent.ringbuffer.RecordDescriptor.HEADER_LENGTH;
import static org.agrona.concurrent.ringbuffer.RingBufferDescriptor.TRAILER_LENGTH;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * The side of a vCPU's local queue that all threads share: a many-producer Agrona ring of fixed records for program,
 * stop, set prefix and restart, and beside it a count of emergency signals.
 *
 * <pre>
 *  record, 16 bytes:  | length 4 | type and count 4 | parameter 4 | count 4 |
 *
 *  type and count:    | 0 | bits 58..32 of the count | type + 1, 4 bits |       a type id of Agrona's is above 0
 *  count:             | bits 31..0: emergency signals that had arrived before |
 * </pre>
 *
 * <p>Emergency signals carry nothing, so they are counted; a record says how many came before it, which keeps the places
 * of all in one order. The length of a record divides the ring's, so there is never padding at the wrap.
 *
 * <p>The bound counts what is queued from acceptance to delivery, wherever it is kept: an injector reserves a place by a
 * compare-and-set before it claims the record, and the owner frees it when the interruption is delivered or discarded.
 * So an injector that has a place finds room in the ring.
 *
 * <p>Threads: {@code offer...} any; the rest the vCPU's own. Ordering: a record is committed with release and read with
 * acquire; both ways in end with a volatile read-modify-write in {@link Arrivals}, which is the injector's half of the
 * fence with {@code Waiting}.
 */
public final class LocalQueue extends Padded {
    /** Emergency signals outstanding at which further ones are refused: {@code interruptions.md}, section 3. */
    public static final long MAX_EMERGENCIES = 1L << 30;

    private static final int PAYLOAD_LENGTH = 8;
    private static final int RECORD_LENGTH = HEADER_LENGTH + PAYLOAD_LENGTH;
    private static final int BEFORE_OFFSET = 4;
    private static final int TYPE_BITS = 4;
    private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;

    /** As long as this many places are free an emergency signal is counted in without a look at what was taken. */
    public static final long MARGIN = 1L << 16;

    /** Written by injectors: places reserved since the start. */
    private static final int RESERVED = 0;

    /** Written by the owner: records and emergency signals delivered or discarded since the start. */
    private static final int RECORDS_GONE = 0;

    private static final int EMERGENCIES_GONE = 1;

    /** What was accepted before these began to count: not 0 after a state was restored. */
    private static final int ACCEPTED_BEFORE = 2;

    private final int capacity;
    private final Arrivals arrivals;
    private final ManyToOneRingBuffer ring;

    /** For each record's place in the ring: when it was injected. Written before the commit, read with the record. Null if untimed. */
    private final PaddedWords sinces;

    private final PaddedWords injectors = new PaddedWords(1);

    /** The count of emergency signals up to which MARGIN holds. Rarely written, by any injector: late or lost does no harm. */
    private volatile long uncheckedUpTo = MAX_EMERGENCIES - MARGIN;

    private final PaddedWords owner = new PaddedWords(3);

    /** The position up to which the owner has read the ring; its own copy, so that it need not touch the ring's line. */
    private final PaddedWords readUpTo = new PaddedWords(1);

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
        this.ring = new ManyToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                capacity * RECORD_LENGTH + TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
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
            long gone = owner.getAcquire(EMERGENCIES_GONE); // behind it: never more than are outstanding
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
     * Reserves a place.
     *
     * @return false, with no effect, if the queue is full.
     */
    public boolean reserve() {
        return reserve(capacity);
    }

    private boolean reserve(int places) {
        while (true) {
            long reserved = injectors.getVolatile(RESERVED);
            if (reserved - owner.getAcquire(RECORDS_GONE) >= places) {
                return false;
            }
            if (injectors.compareAndSet(RESERVED, reserved, reserved + 1)) {
                return true;
            }
        }
    }

    /**
     * Reserves a place for the vCPU's own program interruption: there is one more of these than {@link #capacity} says, so that
     * others cannot keep it out.
     *
     * @return false, with no effect, if that one is taken too.
     */
    public boolean reserveOwn() {
        return reserve(capacity + 1);
    }

    /**
     * Claims a record for a place reserved before. Until {@link #commit} it hides the records behind it.
     *
     * @return where it is, for commit.
     */
    public int claim(InterruptionType type) {
        return claim(type, arrivals.emergencies());
    }

    /**
     * As {@link #claim(InterruptionType)}.
     *
     * @param before the emergency signals that had arrived at some time before the call. The injector of each has
     *     committed what it injected before that: in front of this record, so that the owner reads it first.
     */
    public int claim(InterruptionType type, long before) {
        StackProbe.probe(); // no StackOverflowError between claiming and committing
        int typeAndCount = (type.ordinal() + 1) | ((int) (before >>> Integer.SIZE) << TYPE_BITS);
        int index = ring.tryClaim(typeAndCount, PAYLOAD_LENGTH);
        if (index < 0) {
            throw new IllegalStateException("no record for a reserved place of the local queue: capacity=" + capacity);
        }
        ring.buffer().putInt(index + BEFORE_OFFSET, (int) before);
        return index;
    }

    /** Records claimed since the start, published or not. */
    public long claimedRecords() {
        return ring.producerPosition() / RECORD_LENGTH;
    }

    /** The number, from 0, of a record that is claimed and not committed: none of a ring's length behind it can be. */
    public long recordAt(int index) {
        long last = claimedRecords() - 1;
        return last - ((last - place(index)) & (capacity - 1));
    }

    private static int place(int index) {
        return (index - HEADER_LENGTH) / RECORD_LENGTH;
    }

    /** As {@link #commit(int, int)}, with the time. */
    public void commit(int index, int parameter, long since) {
        if (sinces != null) {
            sinces.setPlain(place(index), since);
        }
        commit(index, parameter);
    }

    /** Fills and publishes a record. */
    public void commit(int index, int parameter) {
        ring.buffer().putInt(index, parameter);
        ring.commit(index);
        arrivals.announceRecord();
    }

    /** Interruptions queued, wherever they are kept; with those whose injector is still at it. */
    public long queued() {
        return queuedRecords() + queuedEmergencies();
    }

    /** Emergency signals queued. */
    public long queuedEmergencies() {
        long gone = owner.getAcquire(EMERGENCIES_GONE);
        return arrivals.emergencies() - gone;
    }

    /** Records queued, wherever they are kept; with those whose injector is still at it. */
    public long queuedRecords() {
        long gone = owner.getAcquire(RECORDS_GONE);
        return injectors.getVolatile(RESERVED) - gone;
    }

    /** How many were ever accepted: delivered, queued or discarded. */
    public long accepted() {
        return owner.getOpaque(ACCEPTED_BEFORE) + injectors.getVolatile(RESERVED) + arrivals.emergencies();
    }

    /** Corrects {@link #accepted}. Threads: one, while no other uses the machine. */
    public void restoreAccepted(long accepted) {
        owner.setOpaque(ACCEPTED_BEFORE, owner.getOpaque(ACCEPTED_BEFORE) + accepted - accepted());
    }

    public int capacity() {
        return capacity;
    }

    // The vCPU's own thread.

    /**
     * Reads all published records, oldest first.
     *
     * @return whether none is left that was claimed before the call: no injector is between claiming and committing.
     */
    public boolean read(LocalBacklog backlog) {
        long tail = ring.producerPosition();
        long position = readUpTo.getPlain(0);
        if (position == tail) {
            return true;
        }
        int records;
        do { // a call stops at the wrap
            records = ring.read(backlog);
            position += (long) records * RECORD_LENGTH;
        } while (records > 0);
        readUpTo.setPlain(0, position);
        return position >= tail;
    }

    /** Records read since the start. */
    public long readRecords() {
        return readUpTo.getPlain(0) / RECORD_LENGTH;
    }

    /** The number, from 0, of a record that {@link #read} hands to the backlog: of those, none is a ring's length behind another. */
    public long numberAt(int index) {
        long first = readRecords();
        return first + ((place(index) - first) & (capacity - 1));
    }

    /** Whether it keeps times. */
    boolean isTimed() {
        return sinces != null;
    }

    /** The time of a record that {@link #read} hands to the backlog. */
    long sinceAt(int index) {
        return sinces == null ? Since.NONE : sinces.getPlain(place(index));
    }

    /** Type, parameter and count of emergencies before, as {@link #read} hands them to the backlog. */
    public static InterruptionType typeOf(int typeAndCount) {
        return InterruptionType.ofOrdinal((typeAndCount & TYPE_MASK) - 1);
    }

    public static int parameterAt(DirectBuffer buffer, int index) {
        return buffer.getInt(index);
    }

    public static long emergenciesBeforeAt(int typeAndCount, DirectBuffer buffer, int index) {
        long low = Integer.toUnsignedLong(buffer.getInt(index + BEFORE_OFFSET));
        return ((long) (typeAndCount >>> TYPE_BITS) << Integer.SIZE) | low;
    }

    /** Frees the places of emergency signals: so many were delivered or discarded since the start. */
    public void emergenciesGone(long count) {
        owner.setRelease(EMERGENCIES_GONE, count);
    }

    /** Frees the places of records delivered or discarded, after they were read from the ring. */
    public void freeRecords(int count) {
        owner.setRelease(RECORDS_GONE, owner.getPlain(RECORDS_GONE) + count);
    }
}
