package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.queue.TakenInterruption;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The local queue: read by its vCPU while injectors offer. */
public final class LocalReadAgainstOffer {
    private LocalReadAgainstOffer() {}

    /** One injector sends a restart and then an emergency signal, and the vCPU takes them: {@code R}, {@code E}. */
    public abstract static class Order {
        final Rig rig = Rig.take();
        final LocalQueue queue = rig.vcpu.queue();
        final Arrivals arrivals = rig.vcpu.arrivals();
        final LocalBacklog backlog = new LocalBacklog(queue, arrivals, discarded -> {});
        private final TakenInterruption taken = new TakenInterruption();
        private final StringBuilder order = new StringBuilder();

        void offer() {
            offerRestart();
            queue.offerEmergency();
        }

        final void offerRestart() {
            queue.reserve();
            queue.commit(queue.claim(InterruptionType.RESTART), 0);
        }

        void look() {
            backlog.refreshAndSee();
        }

        void takeAll() {
            look();
            for (InterruptionType type = backlog.first(true); type != null; type = backlog.first(true)) {
                backlog.remove(type, taken);
                order.append(type.name().charAt(0));
                look();
            }
        }

        void judge(L_Result r) {
            takeAll();
            r.r1 = order;
            rig.giveBack();
        }
    }

    /** The injector sends its emergency signal first. */
    public abstract static class SignalFirst extends Order {
        @Override
        void offer() {
            queue.offerEmergency();
            offerRestart();
        }
    }

    /** The record of another injector's stop, {@code S}, was claimed before and is published after. */
    public abstract static class Hole extends Order {
        private final int stop;

        Hole() {
            queue.reserve();
            stop = queue.claim(InterruptionType.STOP);
        }

        @Override
        void offer() {
            super.offer();
            queue.commit(stop, 0);
        }
    }

    /** Nothing is claimed and not yet published. */
    @JCStressTest
    @Outcome(id = "RE", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    @State
    public static class InOrder extends Order {
        @Actor
        public void injector() {
            offer();
        }

        @Actor
        public void vcpu() {
            takeAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The emergency signal does not overtake the restart that cannot be seen yet. */
    @JCStressTest
    @Outcome(id = "SRE", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    @State
    public static class InOrderBehindAnUnpublishedRecord extends Hole {
        @Actor
        public void injectors() {
            offer();
        }

        @Actor
        public void vcpu() {
            takeAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The restart may arrive behind the vCPU's look at the count, and with it the signal. */
    @JCStressTest
    @Outcome(id = "ER", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    @State
    public static class InOrderSignalFirst extends SignalFirst {
        @Actor
        public void injector() {
            offer();
        }

        @Actor
        public void vcpu() {
            takeAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** What a record says of the signals before it is forgotten: safe is what the look at the count found. */
    @JCStressTest
    @Outcome(id = "ER", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    @State
    public static class WithoutTrustingTheCountOfARecord extends SignalFirst {
        @Override
        void look() {
            super.look();
            Inside.SAFE.set(backlog, (long) Inside.ARRIVED.get(backlog));
        }

        @Actor
        public void injector() {
            offer();
        }

        @Actor
        public void vcpu() {
            takeAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The count is read behind the ring. */
    @JCStressTest
    @Outcome(id = "RE", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    @State
    public static class WithoutCountBeforeRing extends Order {
        @Override
        void look() {
            super.look();
            Inside.ARRIVED.set(backlog, arrivals.emergencies());
            Inside.SAFE.set(backlog, arrivals.emergencies());
        }

        @Actor
        public void injector() {
            offer();
        }

        @Actor
        public void vcpu() {
            takeAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** Emergency signals are taken although a record is claimed and not yet published. */
    @JCStressTest
    @Outcome(id = "SRE", expect = ACCEPTABLE, desc = "Each once, in order.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, doubled or overtaken.")
    @State
    public static class WithoutHoldingBehindAnUnpublishedRecord extends Hole {
        @Override
        void look() {
            super.look();
            Inside.SAFE.set(backlog, (long) Inside.ARRIVED.get(backlog));
        }

        @Actor
        public void injectors() {
            offer();
        }

        @Actor
        public void vcpu() {
            takeAll();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** One place is left for two injectors. */
    public abstract static class LastPlace {
        final Rig rig = Rig.take();
        InjectResult first;
        InjectResult second;

        LastPlace() {
            for (int i = 1; i < rig.vcpu.queue().capacity(); i++) {
                rig.vcpu.injectRestart();
            }
        }

        void judge(L_Result r) {
            r.r1 = (first == InjectResult.ACCEPTED ? 1 : 0) + (second == InjectResult.ACCEPTED ? 1 : 0);
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "One gets it.")
    @Outcome(expect = FORBIDDEN, desc = "Both or neither.")
    @State
    public static class OnePlaceForTwo extends LastPlace {
        @Actor
        public void first() {
            first = rig.vcpu.injectStop();
        }

        @Actor
        public void second() {
            second = rig.vcpu.injectStop();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "One gets it.")
    @Outcome(expect = FORBIDDEN, desc = "Both or neither.")
    @State
    public static class WithoutReservingByCompareAndSet extends LastPlace {
        private final PaddedWords reserved = new PaddedWords(1);

        private InjectResult reserve() {
            long places = reserved.getVolatile(0);
            if (places >= 1) {
                return InjectResult.FULL;
            }
            reserved.setVolatile(0, places + 1);
            return InjectResult.ACCEPTED;
        }

        @Actor
        public void first() {
            first = reserve();
        }

        @Actor
        public void second() {
            second = reserve();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** The queue is full; a place is freed while an injector asks for one. */
    public abstract static class Full {
        final Rig rig = Rig.take();
        private Object result;
        private int delivered;

        Full() {
            while (rig.vcpu.injectRestart() == InjectResult.ACCEPTED) {}
        }

        void offer() {
            try {
                result = rig.vcpu.injectRestart();
            } catch (IllegalStateException noRoom) {
                result = "no room for a place";
            }
        }

        /** Whether the injector was told what became of its offer. */
        boolean isOffered() {
            return result instanceof InjectResult;
        }

        void take() {
            delivered += rig.vcpu.deliverPending();
        }

        void judge(L_Result r) {
            take();
            int all = rig.vcpu.queue().capacity() + (result == InjectResult.ACCEPTED ? 1 : 0);
            r.r1 = result + (delivered == all ? ", all delivered" : ", " + delivered + " delivered");
            rig.giveBack();
        }
    }

    @JCStressTest
    @Outcome(
            id = {"ACCEPTED, all delivered", "FULL, all delivered"},
            expect = ACCEPTABLE,
            desc = "Room, or not yet.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or doubled.")
    @State
    public static class FreedAgainstOffered extends Full {
        @Actor
        public void inject() {
            offer();
        }

        @Actor
        public void deliver() {
            take();
        }

        @Arbiter
        public void end(L_Result r) {
            judge(r);
        }
    }

    /** A place is freed before the vCPU has read its record: the ring has no room for the one who gets it. */
    @JCStressTest
    @Outcome(
            id = {"ACCEPTED, all delivered", "FULL, all delivered"},
            expect = ACCEPTABLE,
            desc = "Room, or not yet.")
    @Outcome(expect = FORBIDDEN, desc = "Lost or doubled.")
    @State
    public static class WithoutReadingBeforeFreeing extends Full {
        @Actor
        public void inject() {
            offer();
        }

        @Actor
        public void deliver() {
            rig.vcpu.queue().freeRecords(1);
            take();
        }

        @Arbiter
        public void end(L_Result r) {
            rig.vcpu.queue().freeRecords(isOffered() ? -1 : 0);
            judge(r);
        }
    }
}
