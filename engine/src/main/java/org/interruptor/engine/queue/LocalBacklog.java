package org.interruptor.engine.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;

/**
 * The side of a vCPU's local queue that only its own thread sees: what it has read from the ring, in the order in which
 * it is to be taken.
 *
 * <pre>
 *  front                                                                                  back
 *  | program stack, newest first |  e e e  | record |  e  | record | record |  e e e e ... |
 *                                   `-- emergency signals: numbers, by the count that each record carries
 * </pre>
 *
 * <p>Only emergency signals can be masked, so the first that may be taken is a program interruption, or the first of the
 * emergency signals in front, or the first record: nothing is searched, however many are queued.
 *
 * <p><b>Records that are claimed and not yet published.</b> An injector that sent a restart and then an emergency signal
 * has committed the restart before it counted the signal. So who has seen the count finds the record, unless one in front
 * of it is claimed and not yet committed and hides it. Therefore only those emergency signals are {@code safe} to take
 * that
 *
 * <ul>
 *   <li>had arrived (the count is read before the ring) when the ring was last read without such a hole, or
 *   <li>stand in front of a record that was read: its injector read the count before it claimed the record, so what those
 *       signals' injectors sent before them was claimed before, too, and has been read.
 * </ul>
 *
 * <p>Others wait until the injector in front goes on. A record may carry a count smaller than that of one in front of it
 * (its injector paused between counting and claiming): then no emergency signal stands between the two.
 *
 * <p><b>Reset.</b> What was injected before it is discarded, also what such a record hides: records that were claimed by then
 * are discarded when they are read, and with each the emergency signals that its injector had counted. Else a guest that has just
 * been reset could be stopped by an order of before.
 *
 * <p>Threads: the vCPU's own.
 */
public final class LocalBacklog extends Padded implements LocalPending {
    private static final int EMERGENCY_GATE = Gate.EMERGENCY_SIGNAL.bit();
    private static final int CODE_BITS = 16;
    private static final long CODE_MASK = (1L << CODE_BITS) - 1;

    private final LocalQueue queue;
    private final Arrivals arrivals;
    private final LongConsumer discarded;
    private final int mask;

    private final PaddedWords programs; // records claimed before it, and code; a stack
    private int programCount;

    private final PaddedWords records; // type and parameter; first in, first out
    private final PaddedWords before; // for each record: emergency signals that come before it
    private int first;
    private int recordCount;

    /** When programs and records were injected; null where nobody asks. */
    private final PaddedWords programSinces;

    private final PaddedWords recordSinces;

    /** Emergency signals arrived as of the last look, and those of them that nothing unread can precede. */
    private long arrived;

    private long safe;
    private boolean passedOver;

    /** Emergency signals delivered or discarded: the owner's copy of what {@link LocalQueue} shows to others. */
    private long emergenciesGone;

    /** The count of records as of the last read of the ring, and whether no record was hidden then. */
    private long countedRecords;

    private boolean isWhole = true;

    /** Records read from the ring since the start. */
    private long readRecords;

    /** Records that were claimed when the vCPU was reset last: of these, a reset has discarded also those that it did not see. */
    private long discardedUpTo;

    /** Of those, what was read only now: how many, and the emergency signals that had arrived before. */
    private int lateRecords;

    private long lateEmergencies;

    /**
     * A backlog with nothing in it.
     *
     * @param discarded is told how many a reset discards, at once and later.
     */
    public LocalBacklog(LocalQueue queue, Arrivals arrivals, LongConsumer discarded) {
        this.queue = queue;
        this.arrivals = arrivals;
        this.discarded = discarded;
        int capacity = queue.capacity();
        mask = capacity - 1;
        programs = new PaddedWords(capacity + 1); // and the place of the own one
        records = new PaddedWords(capacity);
        before = new PaddedWords(capacity);
        programSinces = queue.isTimed() ? new PaddedWords(capacity + 1) : null;
        recordSinces = queue.isTimed() ? new PaddedWords(capacity) : null;
    }

    /**
     * Takes in what has arrived. The count of emergency signals is read before that of the records, and both before the ring:
     * see above. Where no record was counted since the ring was read without a hole, the ring need not be read: a record that
     * is claimed and not counted yet belongs to an injector that has sent no emergency signal behind it.
     */
    public void refresh() {
        Arrivals seen = arrivals; // in a local: a field would be loaded again behind a volatile load
        long emergencies = seen.emergencies();
        long records = seen.records();
        if (records == countedRecords && isWhole) {
            if (emergencies != arrived) {
                arrived = emergencies;
                safe = Math.max(safe, emergencies);
            }
        } else {
            read(emergencies, records);
        }
    }

    private void read(long emergencies, long records) {
        arrived = emergencies;
        isWhole = readRing();
        countedRecords = records;
        if (isWhole) {
            // A record may say that more came before it: what arrived between the look at the count and the read.
            safe = Math.max(safe, emergencies);
        }
        if (lateRecords > 0) {
            discard(lateRecords, lateEmergencies);
            lateRecords = 0;
        }
    }

    /** Reads what is published; whether none is hidden of what was claimed before. */
    private boolean readRing() {
        long claimed = queue.claimedRecords();
        readRecords = queue.read(this, readRecords, claimed);
        queue.freePlaces(readRecords);
        return readRecords == claimed;
    }

    /**
     * One record from the ring, from {@link LocalQueue#read}.
     *
     * @param number of the record, from 0.
     */
    void add(InterruptionType type, int parameter, long emergenciesBefore, long number, long since) {
        safe = Math.max(safe, emergenciesBefore);
        if (number < discardedUpTo) {
            lateRecords++;
            lateEmergencies = Math.max(lateEmergencies, emergenciesBefore);
        } else if (type == InterruptionType.PROGRAM) {
            push(parameter, number, since);
        } else {
            append(type, parameter, emergenciesBefore, since);
        }
    }

    /**
     * Queues a program interruption in front of all that was injected before, hidden or not.
     *
     * @return false, with no effect, if there is no place.
     */
    public boolean raise(int code) {
        refresh(); // what a reset has to discard yet holds places
        if (!queue.takeOwnPlace()) {
            return false;
        }
        push(code, queue.claimedRecords(), Since.NONE);
        readRing(); // past the record that holds the place
        return true;
    }

    /**
     * Puts a program interruption in front, but behind those that were raised after it while it was hidden.
     *
     * @param records that were claimed before it; 48 bits of it are kept, whose difference tells what came later.
     */
    private void push(int code, long records, long since) {
        long program = records << CODE_BITS | code;
        int place = programCount++;
        while (place > 0 && (programs.getPlain(place - 1) & ~CODE_MASK) - (program & ~CODE_MASK) > 0) {
            programs.setPlain(place, programs.getPlain(place - 1));
            if (programSinces != null) {
                programSinces.setPlain(place, programSinces.getPlain(place - 1));
            }
            place--;
        }
        programs.setPlain(place, program);
        if (programSinces != null) {
            programSinces.setPlain(place, since);
        }
    }

    private void append(InterruptionType type, int parameter, long emergenciesBefore, long since) {
        int slot = (first + recordCount) & mask;
        records.setPlain(slot, ((long) type.ordinal() << 32) | Integer.toUnsignedLong(parameter));
        before.setPlain(slot, emergenciesBefore);
        if (recordSinces != null) {
            recordSinces.setPlain(slot, since);
        }
        recordCount++;
    }

    /** Emergency signals that come before the record {@code position}. */
    private long before(int position) {
        return before.getPlain((first + position) & mask);
    }

    private InterruptionType typeOfRecord(int position) {
        return InterruptionType.ofOrdinal((int) (records.getPlain((first + position) & mask) >>> 32));
    }

    /** Whether nothing is queued, as of the last refresh. */
    public boolean isEmpty() {
        return (programCount | recordCount) == 0 && arrived == emergenciesGone;
    }

    /**
     * The first that may be taken, as of the last refresh. Whether emergency signals were passed over on the way
     * to it, or to the end, is the answer of {@link #isPassedOver}.
     *
     * @param emergencyOpen whether the gate of emergency signals is open.
     * @return its type, or null if none may be taken.
     */
    public InterruptionType first(boolean emergencyOpen) {
        passedOver = false;
        if (programCount > 0) {
            return InterruptionType.PROGRAM;
        }
        long gone = emergenciesGone;
        boolean hasRecord = recordCount > 0;
        if ((hasRecord ? before(0) : arrived) > gone) { // emergency signals in front
            if (!emergencyOpen) {
                passedOver = true;
            } else if (safe > gone) {
                return InterruptionType.EMERGENCY_SIGNAL;
            }
        }
        return hasRecord ? typeOfRecord(0) : null;
    }

    /** Reads what has arrived. */
    @Override
    public boolean isTakeable(int openGates) {
        refresh();
        return first((openGates & EMERGENCY_GATE) != 0) != null;
    }

    /** Whether the last {@link #first} passed over emergency signals because their gate was closed. */
    public boolean isPassedOver() {
        return passedOver;
    }

    /** Removes the one that {@link #first} gave, and frees its place. */
    public void remove(InterruptionType type, TakenInterruption taken) {
        taken.parameter = 0;
        taken.parameter64 = 0;
        taken.since = Since.NONE;
        if (type == InterruptionType.EMERGENCY_SIGNAL) {
            freeEmergencies(1);
            taken.took(type.ordinal());
            return;
        }
        if (type == InterruptionType.PROGRAM) {
            taken.parameter = (int) (programs.getPlain(--programCount) & CODE_MASK);
            if (programSinces != null) {
                taken.since = programSinces.getPlain(programCount);
            }
        } else {
            taken.parameter = (int) records.getPlain(first);
            if (recordSinces != null) {
                taken.since = recordSinces.getPlain(first);
            }
            first = (first + 1) & mask;
            recordCount--;
        }
        queue.recordsGone(1, readRecords);
        taken.took(type.ordinal());
    }

    /**
     * Discards all that was injected before the call, and frees the places.
     *
     * @return how many of the queue's first records are gone by that.
     */
    public long clear() {
        refresh();
        discardedUpTo = queue.claimedRecords();
        int records = programCount + recordCount;
        programCount = 0;
        recordCount = 0;
        discard(records, Math.max(arrived, safe)); // safe: a record that is discarded may have come after more
        return discardedUpTo;
    }

    private void freeEmergencies(long count) {
        emergenciesGone += count;
        queue.emergenciesGone(emergenciesGone);
    }

    private void discard(int records, long emergenciesUpTo) {
        long emergencies = Math.max(0, emergenciesUpTo - emergenciesGone);
        queue.recordsGone(records, readRecords);
        freeEmergencies(emergencies);
        discarded.accept(records + emergencies);
    }

    /** Replaces all that is queued. Threads: one, while no other uses the machine. */
    public void restore(List<QueuedInterruption> saved, long accepted) {
        clear();
        for (QueuedInterruption queued : saved) {
            if (queued.type() == InterruptionType.EMERGENCY_SIGNAL) {
                arrivals.announceEmergencies(queued.count());
                continue;
            }
            if (queued.type() != InterruptionType.PROGRAM) {
                queue.takeOwnPlace();
                append(queued.type(), queued.parameter(), arrivals.emergencies(), Since.NONE);
            }
        }
        for (int i = saved.size() - 1; i >= 0; i--) { // a stack: the newest stands in front
            if (saved.get(i).type() == InterruptionType.PROGRAM) {
                raise(saved.get(i).parameter());
            }
        }
        readRing();
        queue.restoreAccepted(accepted);
    }

    /** All that is queued, in queue order. */
    public List<QueuedInterruption> list() {
        refresh();
        List<QueuedInterruption> list = new ArrayList<>();
        for (int i = programCount - 1; i >= 0; i--) {
            list.add(new QueuedInterruption(InterruptionType.PROGRAM, (int) (programs.getPlain(i) & CODE_MASK), 0, 1));
        }
        long gone = emergenciesGone;
        for (int i = 0; i < recordCount; i++) {
            gone = addEmergencies(list, gone, before(i));
            int parameter = (int) records.getPlain((first + i) & mask);
            list.add(new QueuedInterruption(typeOfRecord(i), parameter, 0, 1));
        }
        addEmergencies(list, gone, arrived);
        return list;
    }

    private static long addEmergencies(List<QueuedInterruption> list, long from, long upTo) {
        if (upTo <= from) {
            return from;
        }
        list.add(new QueuedInterruption(InterruptionType.EMERGENCY_SIGNAL, 0, 0, upTo - from));
        return upTo;
    }
}
