package org.interruptor.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.interruptor.engine.contract.InjectResult;
import org.junit.jupiter.api.Test;

/** The ring of one I/O interruption subclass: room, and what happens where there is none. */
class IoRingTest {
    private final IoRing ring = new IoRing(0, 2);
    private final IoRing other = new IoRing(1, 2);
    private final Subchannel head = new Subchannel(1);
    private final Subchannel source = new Subchannel(2);
    private final TakenInterruption taken = new TakenInterruption();

    /** An entry in the first ring that is given up, since the subclass changes while nothing is pending. */
    private void leaveDeadEntry() {
        assertThat(ring.inject(source, 0)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(source.withdraw()).isTrue();
        assertThat(other.inject(source, 0)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(other.take(other.head(), taken)).isTrue();
    }

    @Test
    void fullComesBeforeAnythingChangesSoNobodyHasReliedOnAnInjectionThatEndsFull() {
        ring.inject(head, 7);
        leaveDeadEntry();
        leaveDeadEntry();
        long before = source.state();

        assertThat(ring.inject(source, 1)).isEqualTo(InjectResult.FULL);
        assertThat(source.state()).isEqualTo(before);
        assertThat(other.inject(source, 2)).isEqualTo(InjectResult.ACCEPTED);
    }

    @Test
    void deadEntriesBehindTheHeadArePassedOnceItIsTaken() {
        ring.inject(head, 7);
        leaveDeadEntry();
        leaveDeadEntry();
        ring.take(ring.head(), taken);

        assertThat(taken.parameter).isEqualTo(1);
        assertThat(ring.inject(source, 3)).isEqualTo(InjectResult.ACCEPTED);
        assertThat(ring.take(ring.head(), taken)).isTrue();
        assertThat(taken.parameter64).isEqualTo(3);
    }

    @Test
    void theSubclassOfAPendingOneDoesNotChange() {
        ring.inject(source, 1);

        assertThat(other.inject(source, 2)).isEqualTo(InjectResult.INVALID);
        ring.take(ring.head(), taken);
        assertThat(taken.parameter64).isEqualTo(1);
        assertThat(other.head()).isEqualTo(FloatingRing.NONE);
    }
}
