package org.interruptor.tools.guest.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.InjectResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that answers FULL: nobody waits for it, and the interruption comes when there is place. */
@Timeout(60)
class StatusInterruptionTest {
    /** An engine that has no place so many times. */
    private static final class Engine implements StatusInterruption.Source {
        private final AtomicInteger refusals = new AtomicInteger();
        private final List<Integer> injected = new CopyOnWriteArrayList<>();
        private volatile boolean isWithdrawn;

        Engine(int refusals) {
            this.refusals.set(refusals);
        }

        @Override
        public InjectResult inject(int parameter, int word) {
            if (refusals.getAndDecrement() > 0) {
                return InjectResult.FULL;
            }
            injected.add(parameter);
            return InjectResult.ACCEPTED;
        }

        @Override
        public boolean withdraw() {
            isWithdrawn = true;
            return false;
        }
    }

    @Test
    void aRefusedInterruptionIsOwedUntilItIsTaken() {
        Engine engine = new Engine(2);
        StatusInterruption interruption = new StatusInterruption(engine);
        interruption.make(7, 0x1800_0000);
        assertThat(interruption.isOwed()).isTrue();
        interruption.offerAgain();
        assertThat(interruption.isOwed()).isTrue();
        interruption.offerAgain();
        assertThat(interruption.isOwed()).isFalse();
        interruption.offerAgain();
        assertThat(engine.injected).containsExactly(7);
    }

    @Test
    void whatIsWithdrawnIsNotOwed() {
        Engine engine = new Engine(1);
        StatusInterruption interruption = new StatusInterruption(engine);
        interruption.make(7, 0);
        interruption.withdraw();
        interruption.offerAgain();
        assertThat(interruption.isOwed()).isFalse();
        assertThat(engine.injected).isEmpty();
        assertThat(engine.isWithdrawn).isTrue();
    }

    /** The thread of the device offers it again, for a change by the device and for one by a CPU. */
    @Test
    void theDevicesThreadOffersAgain() {
        Engine engine = new Engine(5);
        try (ChannelFixture fixture = new ChannelFixture();
                Subchannel subchannel = new Subchannel(
                        0x1000,
                        new EchoDevice(),
                        fixture.storage(),
                        new Measurements(fixture.storage()),
                        engine,
                        thrown -> {
                            throw new AssertionError(thrown);
                        })) {
            ChannelFixture.enable(subchannel, 0, 0);
            subchannel.attention();
            fixture.await("the interruption of the attention", () -> engine.injected.size() == 1);
            int[] irb = new int[Subchannel.IRB_WORDS];
            assertThat(subchannel.test(irb)).isZero();

            engine.refusals.set(3);
            fixture.ccw(0, 0x03, 0, 0, 0);
            assertThat(subchannel.start(new Orb(42, ChannelFixture.FORMAT_1, ChannelFixture.PROGRAM)))
                    .isZero();
            fixture.await("the interruption of the end", () -> engine.injected.size() == 2);
            assertThat(subchannel.test(irb)).isZero();
            assertThat(engine.injected).containsExactly(0x0bad_f00d, 42);
        }
    }
}
