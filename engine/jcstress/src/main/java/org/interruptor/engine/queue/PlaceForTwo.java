package org.interruptor.engine.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.stress.Inside;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Places of the local queue: claimed by two, and freed while one asks. */
public final class PlaceForTwo {
    private PlaceForTwo() {}

    /** How it ends in a full queue. */
    @Outcome(
            id = {"1 accepted", "0 accepted"},
            expect = ACCEPTABLE,
            desc = "Room, or not yet.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled, or a place without room.")
    public static class Place {}

    /** Places are left for all but one of those who ask. */
    abstract static class Full extends LocalReadAgainstOffer.Sides {
        private int before;
        private int accepted;
        private boolean isShared;

        Full(LocalReadAgainstOffer.Cut cut, int queued) {
            super(cut);
            before = queued;
            for (int i = 0; i < queued; i++) {
                restart();
            }
        }

        boolean offer() {
            boolean isSlow = cut() == LocalReadAgainstOffer.Cut.EMPTYING_BEFORE_FREEING;
            int index = isSlow ? claimSlowly() : queue.claim(InterruptionType.STOP, 0);
            if (index == LocalQueue.FULL) {
                return false;
            }
            try {
                queue.commit(index);
            } catch (IllegalStateException committedByOther) {
                isShared = true;
            }
            return true;
        }

        /** As Agrona claims, but that the new record waits for the mark that it is not published. */
        private int claimSlowly() {
            ManyToOneRingBuffer ring = Inside.localRing(queue);
            AtomicBuffer buffer = ring.buffer();
            int length = ring.capacity() / queue.capacity();
            long tail = ring.producerPosition();
            if (tail - ring.consumerPosition() >= ring.capacity()) {
                return LocalQueue.FULL;
            }
            buffer.putLongVolatile(ring.capacity() + RingBufferDescriptor.TAIL_POSITION_OFFSET, tail + length);
            linger();
            int record = (int) tail & (ring.capacity() - 1);
            buffer.putIntRelease(RecordDescriptor.lengthOffset(record), -length);
            buffer.putInt(RecordDescriptor.typeOffset(record), InterruptionType.STOP.ordinal() + 1);
            buffer.putLong(RecordDescriptor.encodedMsgOffset(record), 0);
            return RecordDescriptor.encodedMsgOffset(record);
        }

        void offerOne() {
            accepted = offer() ? 1 : 0;
        }

        void take() {
            switch (cut()) {
                case READING_BEFORE_FREEING -> {
                    queue.recordsGone(1, Long.MAX_VALUE);
                    takeAll();
                    queue.recordsGone(-1, 0);
                }
                case EMPTYING_BEFORE_FREEING -> {
                    queue.recordsGone(-queue.capacity(), 0);
                    takeAll();
                    ManyToOneRingBuffer ring = Inside.localRing(queue);
                    int length = ring.capacity() / queue.capacity();
                    for (int record = 0; record < ring.capacity(); record += length) {
                        ring.buffer().putInt(record, length);
                    }
                    queue.recordsGone(queue.capacity(), Long.MAX_VALUE);
                    for (int i = 0; i < 4; i++) {
                        linger();
                        takeAll();
                    }
                }
                default -> takeAll();
            }
        }

        void judgePlace(L_Result r) {
            takeAll();
            boolean isAll = count('R') == before && count('S') == accepted && !isShared;
            r.r1 = isAll ? accepted + " accepted" : count('R') + " old and " + count('S') + " new taken";
            if (isAll) {
                giveBack();
            }
        }
    }

    /** One place for two. */
    abstract static class LastPlace extends Full {
        private boolean first;
        private boolean second;

        LastPlace(LocalReadAgainstOffer.Cut cut) {
            super(cut, 3);
        }

        void first() {
            first = offer();
        }

        void second() {
            second = offer();
        }

        void judgeTwo(L_Result r) {
            judgePlace(r);
            r.r1 = first != second ? "1 accepted" : first ? "both" : "neither";
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Place.class) @State
    public static class OnePlaceForTwo extends LastPlace {
        public OnePlaceForTwo() { super(LocalReadAgainstOffer.Cut.NOTHING); }
        @Actor public void one() { first(); }
        @Actor public void other() { second(); }
        @Arbiter public void end(L_Result r) { judgeTwo(r); }
    }

    @JCStressTest @JCStressMeta(Place.class) @State
    public static class FreedAgainstOffered extends Full {
        public FreedAgainstOffered() { super(LocalReadAgainstOffer.Cut.NOTHING, 4); }
        @Actor public void injector() { offerOne(); }
        @Actor public void vcpu() { take(); }
        @Arbiter public void end(L_Result r) { judgePlace(r); }
    }

    @JCStressTest @JCStressMeta(Place.class) @State
    public static class WithoutReadingBeforeFreeing extends Full {
        public WithoutReadingBeforeFreeing() { super(LocalReadAgainstOffer.Cut.READING_BEFORE_FREEING, 4); }
        @Actor public void injector() { offerOne(); }
        @Actor public void vcpu() { take(); }
        @Arbiter public void end(L_Result r) { judgePlace(r); }
    }

    @JCStressTest @JCStressMeta(Place.class) @State
    public static class WithoutEmptyingBeforeFreeing extends Full {
        public WithoutEmptyingBeforeFreeing() { super(LocalReadAgainstOffer.Cut.EMPTYING_BEFORE_FREEING, 4); }
        @Actor public void injector() { offerOne(); }
        @Actor public void vcpu() { take(); }
        @Arbiter public void end(L_Result r) { judgePlace(r); }
    }
    // spotless:on
}
