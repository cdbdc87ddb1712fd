package org.interruptor.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.gate.Gate;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Publishing against going to wait, for all that can end a wait, on a machine. The same with nothing around it, and with parts
 * left out: {@link org.interruptor.engine.wake.PublishAgainstOpen}.
 */
public final class PublishAgainstWait {
    private PublishAgainstWait() {}

    /** What comes. */
    enum What {
        FLOATING,
        /** A floating one; so many vCPUs are marked that the idle bits say who waits. */
        AMONG_MANY,
        RECORD,
        EMERGENCY,
        KICK,
        START,
        /** A start that is not posted: today's loop would sleep through it. */
        START_WITHOUT_EDGE,
        CLOSE
    }

    /** How it can end. */
    @Outcome(id = "seen", expect = ACCEPTABLE, desc = "The look finds it.")
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The wait is claimed.")
    @Outcome(expect = FORBIDDEN, desc = "Sleeps through it.")
    public static class Woken {}

    /** One vCPU goes to wait while something comes. */
    abstract static class Sides {
        private final Rig rig = Rig.take();
        private final What what;
        private WaitOutcome outcome = WaitOutcome.NOT_WAITING;

        Sides(What what) {
            this.what = what;
            if (what == What.START || what == What.START_WITHOUT_EDGE) {
                rig.vcpu.stop();
            }
            if (what == What.AMONG_MANY) {
                rig.markAll();
            }
        }

        void comes() {
            switch (what) {
                case FLOATING, AMONG_MANY -> rig.machine.injectService(1);
                case RECORD -> rig.handle.injectRestart();
                case EMERGENCY -> rig.handle.injectEmergency();
                case KICK -> rig.handle.kick();
                case START -> rig.handle.start();
                case START_WITHOUT_EDGE -> {
                    rig.handle.state().start();
                    rig.word.claimAndWake(Gate.ORDER);
                }
                case CLOSE -> rig.machine.close();
            }
        }

        void goToWait() {
            outcome = rig.beginWait();
        }

        /** An embedder's loop: a delivery, and a wait only for as long as the vCPU is stopped. */
        void loop() {
            rig.vcpu.deliverPending();
            if (!rig.vcpu.isOperating()) {
                goToWait();
            }
        }

        /** Whether the vCPU sleeps on is asked when all is over. */
        void judge(L_Result r) {
            r.r1 = outcome != WaitOutcome.WAITING ? "seen" : rig.isWoken() ? "woken" : "sleeps on";
            rig.giveBack();
        }
    }

    // spotless:off
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Floating extends Sides {
        public Floating() { super(What.FLOATING); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class FloatingAmongMany extends Sides {
        public FloatingAmongMany() { super(What.AMONG_MANY); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Record extends Sides {
        public Record() { super(What.RECORD); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Emergency extends Sides {
        public Emergency() { super(What.EMERGENCY); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Kick extends Sides {
        public Kick() { super(What.KICK); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Start extends Sides {
        public Start() { super(What.START); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class Close extends Sides {
        public Close() { super(What.CLOSE); }
        @Actor public void injector() { comes(); }
        @Actor public void vcpu() { goToWait(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    /** Started between the loop's look and its wait. */
    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class StartAgainstLoop extends Sides {
        public StartAgainstLoop() { super(What.START); }
        @Actor public void starter() { comes(); }
        @Actor public void vcpu() { loop(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }

    @JCStressTest @JCStressMeta(Woken.class) @State
    public static class WithoutStartAsAnEdge extends Sides {
        public WithoutStartAsAnEdge() { super(What.START_WITHOUT_EDGE); }
        @Actor public void starter() { comes(); }
        @Actor public void vcpu() { loop(); }
        @Arbiter public void end(L_Result r) { judge(r); }
    }
    // spotless:on
}
