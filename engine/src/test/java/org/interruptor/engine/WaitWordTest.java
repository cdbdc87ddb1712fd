package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.TestMachine.EMERGENCY;
import static org.interruptor.engine.TestMachine.FLOATING;
import static org.interruptor.engine.wake.WaitWord.NOTIFIED;
import static org.interruptor.engine.wake.WaitWord.PARKED;
import static org.interruptor.engine.wake.WaitWord.RUNNING;
import static org.interruptor.engine.wake.WaitWord.SPINNING;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.wake.WaitWord;
import org.junit.jupiter.api.Test;

/** The word that decides who ends a wait: at most one winner for each. */
class WaitWordTest {
    private final WaitWord word = new WaitWord();

    @Test
    void nobodyClaimsAWaitThatIsNotOpen() {
        assertThat(word.claim(0)).isEqualTo(RUNNING);
        word.open(FLOATING);
        word.leave();

        assertThat(word.claim(0)).isEqualTo(RUNNING);
        assertThat(word.claim(FLOATING)).isEqualTo(RUNNING);
        assertThat(word.state()).isEqualTo(RUNNING);
    }

    @Test
    void oneClaimsItAndIsToldWhetherItSpunOrWasParked() {
        word.open(FLOATING);
        assertThat(word.claim(FLOATING)).isEqualTo(SPINNING);
        assertThat(word.claim(0)).isEqualTo(RUNNING);
        word.open(FLOATING);
        word.park(FLOATING);

        assertThat(word.claim(FLOATING)).isEqualTo(PARKED);
        assertThat(word.claim(FLOATING)).isEqualTo(RUNNING);
        assertThat(word.state()).isEqualTo(NOTIFIED);
    }

    @Test
    void aClaimNeedsItsGateOpenAndOneForWhatIsTakenAlwaysNeedsNone() {
        word.open(EMERGENCY);
        assertThat(word.claim(FLOATING)).isEqualTo(RUNNING);
        assertThat(word.isOpen()).isTrue();
        assertThat(word.claim(EMERGENCY)).isEqualTo(SPINNING);
        word.open(0);
        assertThat(word.claim(EMERGENCY)).isEqualTo(RUNNING);

        assertThat(word.claim(0)).isEqualTo(SPINNING);
    }

    @Test
    void aClaimedWaitCannotBeParked() {
        word.open(FLOATING);
        word.claim(FLOATING);

        assertThat(word.park(FLOATING)).isFalse();
        assertThat(word.state()).isEqualTo(NOTIFIED);
        assertThat(word.isOpen()).isFalse();
    }

    @Test
    void ofManyClaimersOneWins() throws Exception {
        for (int round = 0; round < 200; round++) {
            word.open(FLOATING);
            word.park(FLOATING);
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
                    winners.addAndGet(word.claim(FLOATING) == PARKED ? 1 : 0);
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
