package org.interruptor.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.gate.InterruptionType.SERVICE_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.VIRTIO;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The ring that all vCPUs claim from. {@code UnpublishedSlotTest} has what an injector that is stopped may delay. */
class FloatingRingTest {
    private final FloatingRing queue = new FloatingRing(2);
    private final TakenInterruption taken = new TakenInterruption();

    @Test
    void ofAllWhoHaveSeenAHeadOneTakesItAndTheOthersGetNothing() {
        queue.offer(VIRTIO, 1, 2);
        queue.offer(SERVICE_SIGNAL, 3, 0);
        long head = queue.head();
        TakenInterruption others = new TakenInterruption();

        assertThat(queue.take(head, taken)).isTrue();
        assertThat(queue.take(head, others)).isFalse();
        assertThat(taken.type()).isEqualTo(VIRTIO);
        assertThat(taken.parameter).isEqualTo(1);
        assertThat(taken.parameter64).isEqualTo(2);
        assertThat(others.parameter).isZero(); // not written
        assertThat(queue.head()).isEqualTo(head + 1);
    }

    @Test
    void aHeadThatIsTakenMayNotBeTakenWhenItsSlotIsUsedAgain() {
        queue.offer(VIRTIO, 1, 0);
        long old = queue.head();
        queue.take(old, taken);
        queue.offer(VIRTIO, 2, 0);
        queue.offer(VIRTIO, 3, 0); // in the slot of the first

        assertThat(queue.take(old, taken)).isFalse();
        assertThat(queue.queued()).isEqualTo(2);
    }

    @Test
    void aQueueThatIsNeverEmptyHasAHeadWhateverOthersTakeMeanwhile() throws InterruptedException {
        queue.offer(VIRTIO, 0, 0);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread other = new Thread(() -> {
            while (!isOver.get()) {
                queue.offer(VIRTIO, 1, 0);
                queue.take(queue.head(), taken); // the one before: the ring goes round with every second
            }
        });
        other.start();
        boolean hadAlways = true;
        for (int i = 0; i < 3_000_000; i++) {
            hadAlways &= queue.head() != FloatingRing.NONE;
        }
        isOver.set(true);
        other.join();

        assertThat(hadAlways).isTrue();
    }

    @Test
    void anEmptyQueueHasNoHeadHoweverOftenItHasGoneRound() {
        for (int i = 0; i < 10; i++) {
            assertThat(queue.head()).isEqualTo(FloatingRing.NONE);
            queue.offer(VIRTIO, i, 0);
            assertThat(queue.head()).isEqualTo(i);
            queue.take(i, taken);
        }
        assertThat(queue.accepted()).isEqualTo(10);
        assertThat(queue.queued()).isZero();
    }
}
