package org.interruptor.engine.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.wake.WaitWord.NOTIFIED;
import static org.interruptor.engine.wake.WaitWord.RUNNING;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.MachineEvents;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Gate;
import org.junit.jupiter.api.Test;

/** The word that decides who ends a wait: at most one winner for each. */
class WaitWordTest {
    private static final int FLOATING = Gate.SERVICE.bit() | Gate.ORDER.bit();
    private static final int EMERGENCY = Gate.EMERGENCY_SIGNAL.bit() | Gate.ORDER.bit();

    /** The last gate: its bit lies next to the number of the wait. */
    private static final Gate LAST = Gate.values()[Gate.values().length - 1];

    private final List<Throwable> errors = new ArrayList<>();
    private final WaitWord word = new WaitWord(new Tell(null, errors::add, new MachineEvents(1, 1), new Counters(1)));
    private final Runnable first = () -> {};
    private final Runnable second = () -> {};

    private void open(Runnable whom, int gates) {
        word.begin(whom);
        word.open(gates);
    }

    private void parked(Runnable whom, int gates) {
        open(whom, gates);
        assertThat(word.park(gates)).isTrue();
    }

    @Test
    void nobodyClaimsAWaitThatIsNotOpen() {
        assertThat(word.claim(Gate.ORDER)).isNull();
        open(first, FLOATING);
        word.leave();

        assertThat(word.claim(Gate.ORDER)).isNull();
        assertThat(word.claim(Gate.SERVICE)).isNull();
        assertThat(word.state()).isEqualTo(RUNNING);
    }

    @Test
    void oneClaimsItAndIsToldWhomToWakeIfItWasParked() {
        open(first, FLOATING);
        assertThat(word.claim(Gate.SERVICE)).isNotNull().isNotSameAs(first);
        assertThat(word.claim(Gate.ORDER)).isNull();
        word.open(FLOATING);
        word.park(FLOATING);

        assertThat(word.claim(Gate.SERVICE)).isSameAs(first);
        assertThat(word.claim(Gate.SERVICE)).isNull();
        assertThat(word.state()).isEqualTo(NOTIFIED);
    }

    @Test
    void aClaimNeedsItsGateOpen() {
        open(first, EMERGENCY);
        assertThat(word.claim(Gate.SERVICE)).isNull();
        assertThat(word.isOpen()).isTrue();
        assertThat(word.claim(Gate.EMERGENCY_SIGNAL)).isNotNull();
        word.open(Gate.ORDER.bit());
        assertThat(word.claim(Gate.EMERGENCY_SIGNAL)).isNull();

        assertThat(word.claim(Gate.ORDER)).isNotNull();
    }

    @Test
    void eachGateIsTheOnlyOneThatItsBitOpens() {
        for (Gate gate : Gate.values()) {
            open(first, gate.bit());
            for (Gate other : Gate.values()) {
                if (other != gate) {
                    assertThat(word.claim(other))
                            .as("%s, only %s is open", other, gate)
                            .isNull();
                }
            }
            assertThat(WaitWord.gatesIn(word.word())).isEqualTo(gate.bit());
            assertThat(word.claim(gate)).as("%s", gate).isNotNull();
        }
    }

    @Test
    void theGatesDoNotReachIntoTheNumberOfTheWait() {
        for (int i = 0; i < 5; i++) {
            open(first, LAST.bit());
            assertThat(WaitWord.gatesIn(word.word())).isEqualTo(LAST.bit());
            assertThat(WaitWord.stateIn(word.word())).isEqualTo(WaitWord.SPINNING);
        }
    }

    @Test
    void aClaimedWaitCannotBeParked() {
        open(first, FLOATING);
        word.claim(Gate.SERVICE);

        assertThat(word.park(FLOATING)).isFalse();
        assertThat(word.state()).isEqualTo(NOTIFIED);
        assertThat(word.isOpen()).isFalse();
    }

    @Test
    void theClaimerOfAWaitIsNeverGivenTheCallbackOfAnother() {
        parked(first, FLOATING);
        assertThat(word.claim(Gate.SERVICE)).isSameAs(first);
        word.leave();
        parked(second, FLOATING);

        assertThat(word.claim(Gate.SERVICE)).isSameAs(second);
    }

    @Test
    void theWordOfOneWaitIsNotThatOfTheNext() {
        parked(first, FLOATING);
        long before = word.word();
        word.leave();
        parked(first, FLOATING);

        assertThat(word.word()).isNotEqualTo(before); // so a claimer that has read the old one does not succeed
    }

    @Test
    void aCallbackThatThrowsIsReportedAndHarmsNobody() {
        RuntimeException thrown = new RuntimeException("callback");
        parked(
                () -> {
                    throw thrown;
                },
                FLOATING);
        word.claimAndWake(Gate.SERVICE);

        assertThat(errors).containsExactly(thrown);
    }

    @Test
    void ofManyClaimersOneWins() throws Exception {
        for (int round = 0; round < 200; round++) {
            parked(first, FLOATING);
            AtomicInteger winners = new AtomicInteger();
            CyclicBarrier barrier = new CyclicBarrier(3);
            List<Thread> claimers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                claimers.add(new Thread(() -> {
                    try {
                        barrier.await();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    winners.addAndGet(word.claim(Gate.SERVICE) == first ? 1 : 0);
                }));
            }
            claimers.forEach(Thread::start);
            for (Thread claimer : claimers) {
                claimer.join();
            }

            assertThat(winners).hasValue(1);
        }
    }
}
