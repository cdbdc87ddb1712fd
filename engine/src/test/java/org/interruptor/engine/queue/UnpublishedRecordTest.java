package org.interruptor.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.PROGRAM;
import static org.interruptor.engine.gate.InterruptionType.RESTART;
import static org.interruptor.engine.gate.InterruptionType.SET_PREFIX;
import static org.interruptor.engine.gate.InterruptionType.STOP;

import java.util.ArrayList;
import java.util.List;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What an injector that is stopped between claiming a record and publishing it may delay, and what not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnpublishedRecordTest {
    private final Arrivals arrivals = new Arrivals();
    private final LocalQueue queue = new LocalQueue(8, arrivals);
    private long discarded;
    private final LocalBacklog backlog = new LocalBacklog(queue, arrivals, count -> discarded += count);

    private int claim(InterruptionType type) {
        return claim(type, 0);
    }

    private int claim(InterruptionType type, int parameter) {
        int index = queue.claim(type, parameter);
        assertThat(index).isNotEqualTo(LocalQueue.FULL);
        return index;
    }

    private void inject(InterruptionType type) {
        if (type == EMERGENCY_SIGNAL) {
            assertThat(queue.offerEmergency()).isTrue();
        } else {
            queue.commit(claim(type));
        }
    }

    private List<InterruptionType> takeAll(boolean emergencyOpen) {
        List<InterruptionType> all = new ArrayList<>();
        TakenInterruption taken = new TakenInterruption();
        backlog.refresh();
        for (InterruptionType type; (type = backlog.first(emergencyOpen)) != null; backlog.refresh()) {
            backlog.remove(type, taken);
            all.add(type);
        }
        return all;
    }

    @Test
    void nothing_that_is_in_front_of_it_waits_for_it() {
        inject(EMERGENCY_SIGNAL);
        inject(STOP);
        int unpublished = claim(RESTART);
        assertThat(takeAll(true)).containsExactly(EMERGENCY_SIGNAL, STOP);

        queue.commit(unpublished);
        assertThat(takeAll(true)).containsExactly(RESTART);
    }

    @Test
    void emergency_signals_that_a_record_in_front_of_it_follows_do_not_wait_for_it_either() {
        inject(EMERGENCY_SIGNAL);
        inject(STOP);
        claim(RESTART);
        assertThat(takeAll(false)).containsExactly(STOP);
        assertThat(takeAll(true)).containsExactly(EMERGENCY_SIGNAL);
    }

    @Test
    void an_emergency_signal_does_not_overtake_a_record_of_its_injector_that_is_hidden_behind_it() {
        int unpublished = claim(STOP);
        inject(RESTART);
        inject(EMERGENCY_SIGNAL);
        assertThat(takeAll(true)).isEmpty();

        queue.commit(unpublished);
        assertThat(takeAll(true)).containsExactly(STOP, RESTART, EMERGENCY_SIGNAL);
    }

    @Test
    void emergency_signals_that_come_while_it_is_claimed_follow_it() {
        inject(EMERGENCY_SIGNAL);
        int unpublished = claim(SET_PREFIX);
        inject(EMERGENCY_SIGNAL);
        queue.commit(unpublished);
        assertThat(takeAll(true)).containsExactly(EMERGENCY_SIGNAL, SET_PREFIX, EMERGENCY_SIGNAL);
    }

    @Test
    void a_reset_discards_it_and_leaves_what_comes_after_in_order() {
        int unpublished = claim(STOP);
        resetThrough2ToThe32Signals();
        inject(RESTART);
        inject(EMERGENCY_SIGNAL);
        discarded = 0;
        assertThat(takeAll(true)).isEmpty();
        queue.commit(unpublished);
        assertThat(takeAll(true)).containsExactly(RESTART, EMERGENCY_SIGNAL);
        assertThat(discarded).isEqualTo(1);
        assertThat(queue.queued()).isZero();
    }

    @Test
    void raised_program_interruptions_come_before_one_that_it_hides_and_after_one_that_comes_later() {
        int unpublished = claim(STOP);
        injectProgram(1);
        raise(2);
        raise(3);
        injectProgram(4);
        raise(5);
        injectProgram(6);
        queue.commit(unpublished);
        assertThat(takePrograms()).containsExactly(6, 5, 4, 3, 2, 1);
        assertThat(takeAll(true)).containsExactly(STOP);
    }

    @Test
    void places_behind_it_are_not_free_before_it_is_published() {
        for (int round = 0; round < 3; round++) {
            int unpublished = claim(STOP);
            for (int i = 1; i < queue.capacity(); i++) {
                raise(i);
                assertThat(takePrograms()).containsExactly(i);
            }
            assertThat(queue.queued()).isEqualTo(1);
            assertThat(queue.claim(RESTART, 0)).isEqualTo(LocalQueue.FULL);
            raise(1);
            raise(2);
            assertThat(takePrograms()).containsExactly(2, 1);

            queue.commit(unpublished);
            assertThat(takeAll(true)).containsExactly(STOP);
            for (int i = 0; i < queue.capacity(); i++) {
                inject(RESTART);
            }
            assertThat(takeAll(true)).hasSize(queue.capacity());
            assertThat(queue.queued()).isZero();
        }
    }

    private void injectProgram(int code) {
        queue.commit(claim(PROGRAM, code));
    }

    private void raise(int code) {
        assertThat(backlog.raise(code)).isTrue();
    }

    private List<Integer> takePrograms() {
        List<Integer> codes = new ArrayList<>();
        TakenInterruption taken = new TakenInterruption();
        backlog.refresh();
        while (backlog.first(true) == PROGRAM) {
            backlog.remove(PROGRAM, taken);
            codes.add(taken.parameter);
        }
        return codes;
    }

    @Test
    void its_number_is_told_from_where_it_is() {
        for (int number = 0; number < 3 * queue.capacity(); number++) {
            int index = claim(STOP);
            int next = claim(RESTART);
            assertThat(queue.recordAt(index)).isEqualTo(2 * number);
            assertThat(queue.recordAt(next)).isEqualTo(2 * number + 1);
            queue.commit(next);
            queue.commit(index);
            assertThat(takeAll(true)).hasSize(2);
        }
    }

    @Test
    void a_reset_discards_what_it_hides() {
        int unpublished = claim(STOP);
        inject(RESTART);
        inject(EMERGENCY_SIGNAL);
        inject(PROGRAM);
        backlog.clear();
        assertThat(discarded).isEqualTo(1);
        assertThat(queue.queued()).isEqualTo(3);

        queue.commit(unpublished);
        inject(SET_PREFIX);
        assertThat(takeAll(true)).containsExactly(SET_PREFIX);
        assertThat(discarded).isEqualTo(4);
        assertThat(queue.queued()).isZero();
    }

    @Test
    void a_reset_that_discards_a_record_discards_the_signals_that_its_injector_had_counted() {
        inject(EMERGENCY_SIGNAL);
        int unpublished = queue.claim(STOP, 0, 2);
        backlog.clear(); // it has counted one, and the injector of the record two
        inject(EMERGENCY_SIGNAL);
        queue.commit(unpublished);
        inject(EMERGENCY_SIGNAL);
        assertThat(takeAll(true)).containsExactly(EMERGENCY_SIGNAL);
        assertThat(discarded).isEqualTo(3);
        assertThat(queue.queued()).isZero();
    }

    @Test
    void places_of_what_is_discarded_late_are_free_again() {
        for (int round = 0; round < 3; round++) {
            int unpublished = claim(STOP);
            for (int i = 1; i < queue.capacity(); i++) {
                inject(RESTART);
            }
            backlog.clear();
            assertThat(queue.claim(RESTART, 0)).isEqualTo(LocalQueue.FULL);
            queue.commit(unpublished);
            assertThat(takeAll(true)).isEmpty();
            assertThat(queue.queued()).isZero();
        }
    }

    @Test
    void a_count_that_is_2_to_the_32_signals_old_is_not_taken_for_a_newer_one() {
        long countOfThen = arrivals.emergencies(); // and there the injector is stopped, before it claims its record
        resetThrough2ToThe32Signals();
        queue.commit(queue.claim(STOP, 0, countOfThen));
        inject(EMERGENCY_SIGNAL);
        inject(RESTART);
        assertThat(takeAll(true)).containsExactly(STOP, EMERGENCY_SIGNAL, RESTART);
    }

    private void resetThrough2ToThe32Signals() {
        long some = LocalQueue.MAX_EMERGENCIES / 2 + 1;
        for (int i = 0; i < 9; i++) {
            arrivals.announceEmergencies(some);
            discarded = 0;
            backlog.clear();
            assertThat(discarded).isEqualTo(some);
        }
    }

    @Test
    void signals_that_came_behind_the_look_at_their_count_are_taken_before_the_record_that_follows_them() {
        queue.commit(queue.claim(SET_PREFIX, 0, 1)); // its injector has counted one, the owner's look has not
        backlog.refresh();

        assertThat(backlog.first(true)).isEqualTo(EMERGENCY_SIGNAL);
    }
}
