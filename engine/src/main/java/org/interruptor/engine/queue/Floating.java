package org.interruptor.engine.queue;

import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.RawIo;

/**
 * What is pending for any vCPU of a machine: the service ring, and under architecture rules the I/O rings and conditions that {@link
 * FloatingWord} tells of.
 *
 * <p>Threads: any. Nothing here wakes a vCPU: that is the notifier's.
 */
public final class Floating {
    /** I/O interruption subclasses. */
    public static final int SUBCLASSES = 8;

    /** Gates behind which floating interruptions wait under original rules. */
    private static final int ORIGINAL_GATES = Gate.SERVICE.bit();

    /** The same under architecture rules. */
    private static final int ALL_GATES = ORIGINAL_GATES
            | Gate.CHANNEL_REPORT.bit()
            | Gate.INTERRUPT_KEY.bit()
            | Gate.TIMING_ALERT.bit()
            | 0xff << Gate.IO_0.ordinal();

    /** In the name of what has the gate of a ring, whose names are sequence numbers: service event and adapter interruptions. */
    private static final long BESIDE_RING = 1L << 62;

    private final FloatingRing service;
    private final FloatingWord word = new FloatingWord();
    private final ParameterBits timingAlert = new ParameterBits();
    private final ParameterBits serviceEvent = new ParameterBits();
    private final IoRing[] io;
    private final SpaceWaiters space = new SpaceWaiters();

    /** Subclasses whose adapter interruptions are in the mode single: bits 0 to 7; suppressed at present: bits 8 to 15. */
    private final AtomicInteger suppression = new AtomicInteger();

    /**
     * Nothing is pending.
     *
     * @param capacity places in the service ring, a power of two.
     * @param subchannels how many there can be; 0 under original rules.
     */
    public Floating(int capacity, int subchannels) {
        service = new FloatingRing(capacity);
        io = new IoRing[subchannels == 0 ? 0 : SUBCLASSES];
        for (int i = 0; i < io.length; i++) {
            io[i] = new IoRing(i, subchannels);
        }
    }

    /** The gates behind which floating interruptions can wait. */
    public int gates() {
        return io.length == 0 ? ORIGINAL_GATES : ALL_GATES;
    }

    /** The gates behind which something may be pending. Volatile read. That of the service ring is always one: it has no hint. */
    public int candidates() {
        return io.length == 0 ? ORIGINAL_GATES : Gate.SERVICE.bit() | FloatingWord.gatesIn(word.word());
    }

    /** Service signals and virtio, behind {@link Gate#SERVICE}. */
    public FloatingRing service() {
        return service;
    }

    /** Who waits for space in the service ring. */
    public SpaceWaiters space() {
        return space;
    }

    /** The word of the other gates. */
    public FloatingWord word() {
        return word;
    }

    /** Timing alert. */
    public ParameterBits timingAlert() {
        return timingAlert;
    }

    /** Service event. */
    public ParameterBits serviceEvent() {
        return serviceEvent;
    }

    /** The ring of an I/O interruption subclass. */
    public IoRing io(int subclass) {
        return io[subclass];
    }

    /** The gate of an I/O interruption subclass. */
    public static Gate gateOf(int subclass) {
        return Gate.ofOrdinal(Gate.IO_0.ordinal() + subclass);
    }

    /** Whether one could be taken now with these gates open. Volatile reads: a wait decides by it. */
    public boolean isTakeable(int openGates) {
        if ((openGates & Gate.SERVICE.bit()) != 0 && service.head() != FloatingRing.NONE) {
            return true;
        }
        if (io.length == 0) {
            return false;
        }
        long seen = word.word();
        for (int left = FloatingWord.gatesIn(seen) & openGates; left != 0; left &= left - 1) {
            if (isPending(seen, Integer.numberOfTrailingZeros(left))) {
                return true;
            }
        }
        return false;
    }

    /** Whether something is pending behind a gate, by its ordinal; looks behind hints. */
    public boolean isPending(long seen, int gate) {
        if (gate == Gate.SERVICE.ordinal()) {
            return service.head() != FloatingRing.NONE || isEventPending(seen);
        }
        if (gate == Gate.INTERRUPT_KEY.ordinal()) {
            return FloatingWord.has(seen, FloatingWord.KEY);
        }
        if (gate == Gate.CHANNEL_REPORT.ordinal()) {
            return FloatingWord.has(seen, FloatingWord.CHANNEL_REPORT);
        }
        if (gate == Gate.TIMING_ALERT.ordinal()) {
            return timingAlert.isPending();
        }
        int subclass = gate - Gate.IO_0.ordinal();
        return FloatingWord.has(seen, FloatingWord.ADAPTER << subclass)
                || (FloatingWord.has(seen, FloatingWord.IO_RING << subclass)
                        && io[subclass].head() != FloatingRing.NONE);
    }

    private boolean isEventPending(long seen) {
        return FloatingWord.has(seen, FloatingWord.SERVICE_EVENT) && serviceEvent.isPending();
    }

    /**
     * The name of what is at the head behind a gate, which no hand-on changes: the sequence number in a ring, otherwise the number
     * of puts or the epoch of the word.
     *
     * @return {@link FloatingRing#NONE} where nothing is pending.
     */
    public long head(Gate gate) {
        if (gate == Gate.SERVICE) {
            return io.length > 0 && isEventPending(word.word()) ? BESIDE_RING | serviceEvent.puts() : service.head();
        }
        long seen = word.word();
        if ((FloatingWord.gatesIn(seen) & gate.bit()) == 0 || !isPending(seen, gate.ordinal())) {
            return FloatingRing.NONE;
        }
        if (gate == Gate.TIMING_ALERT) {
            return timingAlert.puts();
        }
        if (gate != Gate.INTERRUPT_KEY && gate != Gate.CHANNEL_REPORT) {
            long head = io[gate.ordinal() - Gate.IO_0.ordinal()].head();
            return head != FloatingRing.NONE ? head : BESIDE_RING | FloatingWord.epochIn(seen);
        }
        return FloatingWord.epochIn(seen);
    }

    /**
     * A vCPU hands on what is behind a gate: a hint that another one is clearing is set again.
     */
    public void handedOn(Gate gate) {
        int subclass = gate.ordinal() - Gate.IO_0.ordinal();
        if (subclass >= 0 && subclass < SUBCLASSES && io.length > 0) {
            if (io[subclass].head() != FloatingRing.NONE) {
                word.set(FloatingWord.IO_RING << subclass);
            }
        } else if (gate == Gate.TIMING_ALERT && timingAlert.isPending()) {
            word.set(FloatingWord.TIMING_ALERT);
        } else if (gate == Gate.SERVICE && serviceEvent.isPending()) {
            word.set(FloatingWord.SERVICE_EVENT);
        }
    }

    // Saving and restoring. Threads: one, while no other uses the machine.

    /** Clears all but the service ring, and puts in what is a bit of the word, and the suppression modes. */
    public void restore(int bits, int suppressionModes) {
        clear();
        for (int left = bits; left != 0; left &= left - 1) {
            word.set(Integer.lowestOneBit(left));
        }
        suppression.set(suppressionModes);
    }

    /** Makes a timing alert pending. */
    public void putTimingAlert(int parameter) {
        timingAlert.put(parameter);
        word.set(FloatingWord.TIMING_ALERT);
    }

    /** Makes a service event pending. */
    public void putServiceEvent(int eventBits) {
        serviceEvent.put(eventBits);
        word.set(FloatingWord.SERVICE_EVENT);
    }

    /** Makes an I/O interruption pending, or one that is withdrawn again. */
    public void putIo(Subchannel source, long payload, boolean isWithdrawn) {
        int subclass = RawIo.subclassIn((int) payload);
        io[subclass].inject(source, payload);
        if (isWithdrawn) {
            source.withdraw();
        }
        word.set(FloatingWord.IO_RING << subclass);
    }

    /** Suppression modes: single in bits 0 to 7, suppressed in bits 8 to 15. */
    public int suppression() {
        return suppression.get();
    }

    // Suppression of adapter interruptions.

    /** Sets the suppression mode of a subclass: single, or all. */
    public void suppression(int subclass, boolean isSingle) {
        int bits = 0x101 << subclass;
        suppression.updateAndGet(modes -> isSingle ? (modes & ~bits) | 1 << subclass : modes & ~bits);
    }

    /** Sets every subclass to the mode all. */
    public void noSuppression() {
        suppression.set(0);
    }

    /** An adapter that can be suppressed interrupts: whether it is accepted. The first one in the mode single suppresses the next. */
    public boolean isAccepted(int subclass) {
        int single = 1 << subclass;
        int suppressed = single << SUBCLASSES;
        while (true) {
            int modes = suppression.get();
            if ((modes & suppressed) != 0) {
                return false;
            }
            if ((modes & single) == 0 || suppression.compareAndSet(modes, modes | suppressed)) {
                return true;
            }
        }
    }

    /** How many are pending that are neither in the service ring nor of a subchannel. A guess while others inject and take. */
    public int conditions() {
        long bits = word.word() & (FloatingWord.ADAPTERS | FloatingWord.KEY | FloatingWord.CHANNEL_REPORT);
        return Long.bitCount(bits) + (timingAlert.isPending() ? 1 : 0) + (serviceEvent.isPending() ? 1 : 0);
    }

    /** The gates behind which something is pending. */
    public int pendingGates() {
        long seen = word.word();
        int pending = service.head() != FloatingRing.NONE ? Gate.SERVICE.bit() : 0;
        for (int left = io.length == 0 ? 0 : FloatingWord.gatesIn(seen); left != 0; left &= left - 1) {
            int gate = Integer.numberOfTrailingZeros(left);
            pending |= isPending(seen, gate) ? 1 << gate : 0;
        }
        return pending;
    }

    /** Clears all but the service ring's claimed slots, for a subsystem reset; how many were pending. */
    public int clear() {
        TakenInterruption taken = new TakenInterruption();
        int cleared = 0;
        for (long head = service.head(); head != FloatingRing.NONE; head = service.head()) {
            cleared += service.take(head, taken) ? 1 : 0;
        }
        cleared += timingAlert.take() != ParameterBits.NONE ? 1 : 0;
        cleared += serviceEvent.take() != ParameterBits.NONE ? 1 : 0;
        cleared += word.take(FloatingWord.KEY) ? 1 : 0;
        cleared += word.take(FloatingWord.CHANNEL_REPORT) ? 1 : 0;
        for (int i = 0; i < io.length; i++) {
            for (long head = io[i].head(); head != FloatingRing.NONE; head = io[i].head()) {
                cleared += io[i].take(head, taken) ? 1 : 0;
            }
            cleared += word.take(FloatingWord.ADAPTER << i) ? 1 : 0;
        }
        noSuppression();
        return cleared;
    }
}
