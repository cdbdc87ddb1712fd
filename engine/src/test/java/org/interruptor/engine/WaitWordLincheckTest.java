package org.interruptor.engine;

import org.interruptor.engine.wake.WaitWord;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The wait word against a state and a set of gates: the owner opens, parks and leaves, all claim, as if one came after the
 * other. So there is one winner for each wait at most, and the winner knows whether it has to wake.
 *
 * <p>Model checking was seen to fail with a claim, and with a way to parked, that is a look and a store.
 */
@Tag("lincheck")
class WaitWordLincheckTest {
    private static final String OWNER = "owner";
    private static final long[] GATES = {0, 0x200, 0x4000, 0x4200};

    @Test
    void allInterleavingsFoundHaveOneWinnerForEachWait() {
        LincheckForm.modelCheck(Word.class, Plain.class);
    }

    @Test
    void allRunsOfRealThreadsHaveOneWinnerForEachWait() {
        LincheckForm.stress(Word.class, Plain.class);
    }

    /** What the threads do. */
    @Param(name = "gates", gen = IntGen.class, conf = "0:3")
    public static class Word {
        private final WaitWord word = new WaitWord();
        private long gates;

        /** Opens the wait, or opens it again after a claim. */
        @Operation(nonParallelGroup = OWNER)
        public boolean open(@Param(name = "gates") int number) {
            if (word.isOpen()) {
                return false;
            }
            gates = GATES[number];
            word.open(gates);
            return true;
        }

        @Operation(nonParallelGroup = OWNER)
        public boolean park() {
            return word.park(gates);
        }

        @Operation(nonParallelGroup = OWNER)
        public void leave() {
            word.leave();
        }

        @Operation
        public int claim(@Param(name = "gates") int number) {
            return word.claim(GATES[number]);
        }

        @Operation
        public int state() {
            return word.state();
        }
    }

    /** One after the other. */
    public static class Plain {
        private static final int RUNNING = 0;
        private static final int SPINNING = 1;
        private static final int PARKED = 2;
        private static final int NOTIFIED = 3;

        private int state = RUNNING;
        private long gates;

        private boolean isOpen() {
            return state == SPINNING || state == PARKED;
        }

        public boolean open(int number) {
            if (isOpen()) {
                return false;
            }
            state = SPINNING;
            gates = GATES[number];
            return true;
        }

        public boolean park() {
            if (state != SPINNING) {
                return false;
            }
            state = PARKED;
            return true;
        }

        public void leave() {
            state = RUNNING;
        }

        public int claim(int number) {
            if (!isOpen() || (gates & GATES[number]) != GATES[number]) {
                return RUNNING;
            }
            int claimed = state;
            state = NOTIFIED;
            return claimed;
        }

        public int state() {
            return state;
        }
    }
}
