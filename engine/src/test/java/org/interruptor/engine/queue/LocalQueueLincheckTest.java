package org.interruptor.engine.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.interruptor.engine.LincheckForm;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.InterruptionType;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The local queue against a plain list: injections of all threads and takes of the owner are as if one came after the other.
 *
 * <p>The owner takes when no injector is between reserving and committing: until then it looks again, as it may see nothing
 * of what stands behind. What such an injector hides, and what not, is in {@link UnpublishedRecordTest} and in the module
 * {@code jcstress}. The three variants say what is left of a plain list where two injectors overtake each other inside an
 * injection, which no order of theirs forbids:
 *
 * <ul>
 *   <li>all inject all; the gate of emergency signals is open, the queue never full;
 *   <li>one thread injects records, all inject emergency signals; the gate is open or closed;
 *   <li>all inject set-prefix orders into a queue of two places, which hold them until they are delivered.
 * </ul>
 *
 * <p>Seen to fail with: places reserved, and signals counted, by a look and a store; the count of signals read after a record is
 * claimed; and an engine of the time, in which a read of the ring set back what is safe to take to a count that was older
 * than the records it had found.
 */
@Tag("lincheck")
class LocalQueueLincheckTest {
    private static final String OWNER = "owner";
    private static final String NOTHING = "nothing";

    @Test
    void inAllInterleavingsFoundTheOrderIsThatOfAList() {
        LincheckForm.modelCheck(Order.class, Plain.class);
    }

    // What random scenarios seldom are: few operations, and everything taken in the end.

    @Test
    void ofTwoSignalsAtOnceNoneIsLost() {
        LincheckForm.modelCheck(
                Order.class,
                Plain.class,
                List.of(List.of("emergency"), List.of("emergency")),
                Collections.nCopies(2, "take"));
    }

    /** One injector is half way through, another sends a record and then a signal. */
    @Test
    void aSignalOvertakesNoRecordOfItsInjectorBehindAnUnpublishedOne() {
        LincheckForm.modelCheck(
                Order.class,
                Plain.class,
                List.of(List.of("restart"), List.of("restart", "emergency")),
                Collections.nCopies(3, "take"));
    }

    /** Both arrive between the owner's look at the count and its read of the ring. */
    @Test
    void aRecordOvertakesNoSignalOfItsInjectorBehindTheOwnersLook() {
        LincheckForm.modelCheck(
                Order.class,
                Plain.class,
                List.of(List.of("emergency", "restart"), List.of("take")),
                Collections.nCopies(2, "take"));
    }

    @Test
    void aResetThatDiscardsARecordDiscardsTheSignalsBeforeIt() {
        LincheckForm.modelCheck(
                Order.class,
                Plain.class,
                List.of(List.of("emergency", "restart"), List.of("reset")),
                Collections.nCopies(2, "take"));
    }

    /** The vCPU has sent it to itself, and another injector is half way through in front of it. */
    @Test
    void aResetDiscardsARecordBehindAnUnpublishedOne() {
        LincheckForm.modelCheck(
                Order.class,
                Plain.class,
                List.of(List.of("restart"), List.of("restart", "reset")),
                Collections.nCopies(2, "take"));
    }

    @Test
    void aResetDiscardsASignalBehindAnUnpublishedRecord() {
        LincheckForm.modelCheck(
                Order.class,
                Plain.class,
                List.of(List.of("restart"), List.of("emergency", "reset")),
                Collections.nCopies(2, "take"));
    }

    /** As above, and what is hidden is a program interruption that was injected before one is raised. */
    @Test
    void aRaisedProgramInterruptionComesBeforeOneThatWasHidden() {
        LincheckForm.modelCheck(
                Order.class,
                Plain.class,
                List.of(List.of("restart"), List.of("program 1", "raiseProgram 2")),
                Collections.nCopies(3, "take"));
    }

    @Test
    void inAllRunsOfRealThreadsTheOrderIsThatOfAList() {
        LincheckForm.stress(Order.class, Plain.class);
    }

    @Test
    void inAllInterleavingsFoundMaskedSignalsKeepTheirPlaces() {
        LincheckForm.modelCheck(Masked.class, Plain.class);
    }

    @Test
    void inAllRunsOfRealThreadsMaskedSignalsKeepTheirPlaces() {
        LincheckForm.stress(Masked.class, Plain.class);
    }

    @Test
    void inAllInterleavingsFoundTheBoundIsThatOfAList() {
        LincheckForm.modelCheck(Bound.class, PlainOfTwo.class);
    }

    @Test
    void inAllRunsOfRealThreadsTheBoundIsThatOfAList() {
        LincheckForm.stress(Bound.class, PlainOfTwo.class);
    }

    /** The queue, and each operation on it once. */
    abstract static class Queue {
        private final Arrivals arrivals = new Arrivals();
        private final LocalQueue queue;
        private final LocalBacklog backlog;

        Queue(int capacity) {
            queue = new LocalQueue(capacity, arrivals);
            backlog = new LocalBacklog(queue, arrivals, discarded -> {});
        }

        final boolean inject(InterruptionType type, int parameter) {
            int index = queue.claim(type, parameter);
            if (index == LocalQueue.FULL) {
                return false;
            }
            queue.commit(index);
            return true;
        }

        final boolean injectEmergency() {
            return queue.offerEmergency();
        }

        /** As {@code Vcpu.raiseProgram} does. */
        final boolean raise(int code) {
            return backlog.raise(code);
        }

        final String takeFirst(boolean isOpen) {
            awaitInjectors();
            backlog.refresh();
            InterruptionType type = backlog.first(isOpen);
            String passedOver = backlog.isPassedOver() ? "passed over, " : "";
            if (type == null) {
                return passedOver + NOTHING;
            }
            TakenInterruption taken = new TakenInterruption();
            backlog.remove(type, taken);
            return passedOver + type + " " + taken.parameter;
        }

        final void discardAll() {
            backlog.clear();
        }

        private void drain() {
            backlog.refresh();
        }

        private void awaitInjectors() {
            do {
                drain();
            } while (queue.queuedRecords() > records(backlog.list()));
        }

        private static long records(List<QueuedInterruption> list) {
            return list.stream()
                    .filter(queued -> queued.type() != InterruptionType.EMERGENCY_SIGNAL)
                    .count();
        }
    }

    /** All inject all. */
    @Param(name = "number", gen = IntGen.class, conf = "1:9")
    public static class Order extends Queue {
        public Order() {
            super(32);
        }

        @Operation
        public boolean restart() {
            return inject(InterruptionType.RESTART, 0);
        }

        @Operation
        public boolean program(@Param(name = "number") int code) {
            return inject(InterruptionType.PROGRAM, code);
        }

        @Operation(nonParallelGroup = OWNER)
        public boolean raiseProgram(@Param(name = "number") int code) {
            return raise(code);
        }

        @Operation
        public boolean emergency() {
            return injectEmergency();
        }

        @Operation(nonParallelGroup = OWNER)
        public String take() {
            return takeFirst(true);
        }

        @Operation(nonParallelGroup = OWNER)
        public void reset() {
            discardAll();
        }
    }

    /** One thread injects records, all inject emergency signals, and the gate may be closed. */
    @Param(name = "number", gen = IntGen.class, conf = "1:9")
    public static class Masked extends Queue {
        public Masked() {
            super(32);
        }

        @Operation(nonParallelGroup = "records")
        public boolean setPrefix(@Param(name = "number") int prefix) {
            return inject(InterruptionType.SET_PREFIX, prefix);
        }

        @Operation(nonParallelGroup = "records")
        public boolean program(@Param(name = "number") int code) {
            return inject(InterruptionType.PROGRAM, code);
        }

        @Operation
        public boolean emergency() {
            return injectEmergency();
        }

        @Operation(nonParallelGroup = OWNER)
        public String take(@Param(gen = BooleanGen.class) boolean isOpen) {
            return takeFirst(isOpen);
        }
    }

    /** All inject what goes to the back, the owner raises program interruptions, and there are two places. */
    @Param(name = "number", gen = IntGen.class, conf = "1:9")
    public static class Bound extends Queue {
        public Bound() {
            super(2);
        }

        @Operation
        public boolean setPrefix(@Param(name = "number") int prefix) {
            return inject(InterruptionType.SET_PREFIX, prefix);
        }

        @Operation(nonParallelGroup = OWNER)
        public boolean raiseProgram(@Param(name = "number") int code) {
            return raise(code);
        }

        @Operation(nonParallelGroup = OWNER)
        public String take() {
            return takeFirst(true);
        }
    }

    /** One after the other: a list of names, in which everything has its place. */
    public static class Plain {
        private static final String EMERGENCY = "EMERGENCY_SIGNAL 0";

        private final int places;
        private final List<String> queue = new ArrayList<>();

        public Plain() {
            this(Integer.MAX_VALUE);
        }

        Plain(int places) {
            this.places = places;
        }

        private boolean isFull() {
            return records() >= places;
        }

        private long records() {
            return queue.stream().filter(name -> !name.equals(EMERGENCY)).count();
        }

        private boolean append(String name) {
            return !isFull() && queue.add(name);
        }

        public boolean restart() {
            return append("RESTART 0");
        }

        public boolean setPrefix(int prefix) {
            return append("SET_PREFIX " + prefix);
        }

        public boolean program(int code) {
            return !isFull() && raise(code);
        }

        /** There is one place more for these. */
        public boolean raiseProgram(int code) {
            return records() <= places && raise(code);
        }

        private boolean raise(int code) {
            queue.add(0, "PROGRAM " + code);
            return true;
        }

        public boolean emergency() {
            return queue.add(EMERGENCY);
        }

        public String take() {
            return take(true);
        }

        public String take(boolean isOpen) {
            boolean isPassedOver = !isOpen && !queue.isEmpty() && queue.get(0).equals(EMERGENCY);
            String passedOver = isPassedOver ? "passed over, " : "";
            for (int i = 0; i < queue.size(); i++) {
                if (isOpen || !queue.get(i).equals(EMERGENCY)) {
                    return passedOver + queue.remove(i);
                }
            }
            return passedOver + NOTHING;
        }

        public void reset() {
            queue.clear();
        }
    }

    /** With two places. */
    public static class PlainOfTwo extends Plain {
        public PlainOfTwo() {
            super(2);
        }
    }
}
