package org.interruptor.engine.wake;

import java.util.List;
import org.interruptor.engine.LincheckForm;
import org.interruptor.engine.gate.Gate;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The wait word against a state, a set of gates and a callback: the owner opens, parks and leaves, all claim, as if one came
 * after the other. So there is one winner for each wait at most, the winner knows whether it has to wake, and whom it is to
 * wake is of the wait that it has claimed.
 *
 * <p>Each of these was tried in November 2026, and {@link #aSlowClaimerWakesWhomItHasClaimed} failed: a claim that is a look and a
 * store; such a way to parked; a claim that reads whom to wake after its compare-and-set; a word without the number of the wait. The
 * first made {@link #allInterleavingsFoundHaveOneWinnerForEachWait} fail too.
 */
@Tag("lincheck")
class WaitWordLincheckTest {
    private static final String OWNER = "owner";
    private static final Gate[] CLAIMED = {Gate.ORDER, Gate.SERVICE, Gate.EMERGENCY_SIGNAL};
    private static final int[] GATES = {
        Gate.ORDER.bit(),
        Gate.ORDER.bit() | Gate.SERVICE.bit(),
        Gate.ORDER.bit() | Gate.EMERGENCY_SIGNAL.bit(),
        Gate.ORDER.bit() | Gate.SERVICE.bit() | Gate.EMERGENCY_SIGNAL.bit()
    };

    private static final int NOTHING = -1;
    private static final int AWAKE = 0;

    @Test
    void allInterleavingsFoundHaveOneWinnerForEachWait() {
        LincheckForm.modelCheck(Word.class, Plain.class);
    }

    @Test
    void allRunsOfRealThreadsHaveOneWinnerForEachWait() {
        LincheckForm.stress(Word.class, Plain.class);
    }

    /** A claimer that is slow, while one wait is left and the next one parked. */
    @Test
    void aSlowClaimerWakesWhomItHasClaimed() {
        LincheckForm.modelCheck(
                Word.class,
                Plain.class,
                List.of(List.of("claim 0"), List.of("begin 1", "park", "leave", "begin 1", "park")),
                List.of("state"));
    }

    /** Whom a wait wakes: a number, as a callback. */
    private record Whom(int number) implements Runnable {
        @Override
        public void run() {}
    }

    /** What the threads do. */
    @Param(name = "gates", gen = IntGen.class, conf = "0:3")
    @Param(name = "gate", gen = IntGen.class, conf = "0:2")
    public static class Word {
        private final WaitWord word = new WaitWord(null);
        private int gates;
        private int waits;

        /** Begins a wait and opens it. */
        @Operation(nonParallelGroup = OWNER)
        public boolean begin(@Param(name = "gates") int number) {
            if (word.state() != WaitWord.RUNNING) {
                return false;
            }
            gates = GATES[number];
            word.begin(new Whom(++waits));
            word.open(gates);
            return true;
        }

        /** Opens the wait again after a claim. */
        @Operation(nonParallelGroup = OWNER)
        public boolean openAgain() {
            if (word.state() != WaitWord.NOTIFIED) {
                return false;
            }
            word.open(gates);
            return true;
        }

        @Operation(nonParallelGroup = OWNER)
        public boolean park() {
            return word.state() != WaitWord.RUNNING && word.park(gates);
        }

        @Operation(nonParallelGroup = OWNER)
        public void leave() {
            word.leave();
        }

        /** Whom the claimer has to wake. */
        @Operation
        public int claim(@Param(name = "gate") int number) {
            Object whom = word.claim(CLAIMED[number]);
            return whom == null ? NOTHING : whom instanceof Whom callback ? callback.number() : AWAKE;
        }

        @Operation
        public int state() {
            return word.state();
        }
    }

    /** One after the other. */
    public static class Plain {
        private int state = WaitWord.RUNNING;
        private int gates;
        private int waits;

        public boolean begin(int number) {
            if (state != WaitWord.RUNNING) {
                return false;
            }
            state = WaitWord.SPINNING;
            gates = GATES[number];
            waits++;
            return true;
        }

        public boolean openAgain() {
            if (state != WaitWord.NOTIFIED) {
                return false;
            }
            state = WaitWord.SPINNING;
            return true;
        }

        public boolean park() {
            if (state != WaitWord.SPINNING) {
                return false;
            }
            state = WaitWord.PARKED;
            return true;
        }

        public void leave() {
            state = WaitWord.RUNNING;
        }

        public int claim(int number) {
            boolean isOpen = state == WaitWord.SPINNING || state == WaitWord.PARKED;
            if (!isOpen || (gates & CLAIMED[number].bit()) == 0) {
                return NOTHING;
            }
            int whom = state == WaitWord.PARKED ? waits : AWAKE;
            state = WaitWord.NOTIFIED;
            return whom;
        }

        public int state() {
            return state;
        }
    }
}
