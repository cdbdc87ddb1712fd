package org.interruptor.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.interruptor.engine.gate.InterruptionType.EMERGENCY_SIGNAL;
import static org.interruptor.engine.gate.InterruptionType.RESTART;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.interruptor.engine.gate.InterruptionType;
import org.junit.jupiter.api.Test;

/**
 * Section 9: one injector's injections to one target keep their order, wherever an injector is stopped between claiming a
 * record and publishing it. {@link UnpublishedRecordTest} has the single cases.
 */
class InjectorsOrderTest {
    private static final int INJECTORS = 3;
    private static final int NONE = LocalQueue.FULL;

    /** A vCPU's queue; injectors that go on a step at a time; and what its owner has taken. */
    private static final class Simulation {
        final Arrivals arrivals = new Arrivals();
        final LocalQueue queue = new LocalQueue(64, arrivals);
        final LocalBacklog backlog = new LocalBacklog(queue, arrivals, discarded -> {});
        final TakenInterruption taken = new TakenInterruption();
        final int[] claimed = {NONE, NONE, NONE};
        final int[] sent = new int[INJECTORS];

        /** By the parameter of a record: who sent it, and how many emergency signals that one had sent before it. */
        final List<int[]> records = new ArrayList<>();

        int emergenciesTaken;
        final List<int[]> recordsTaken = new ArrayList<>();

        void inject(int injector, Random random) {
            if (claimed[injector] != NONE) {
                queue.commit(claimed[injector]);
                claimed[injector] = NONE;
            } else if (random.nextBoolean()) {
                assertThat(queue.offerEmergency()).isTrue();
                sent[injector]++;
            } else {
                claimed[injector] = queue.claim(RESTART, records.size());
                if (claimed[injector] != NONE) {
                    records.add(new int[] {injector, sent[injector]});
                }
            }
        }

        void takeSome(int atMost) {
            for (int i = 0; i < atMost; i++) {
                backlog.refresh();
                InterruptionType type = backlog.first(true);
                if (type == null) {
                    return;
                }
                backlog.remove(type, taken);
                if (type == EMERGENCY_SIGNAL) {
                    emergenciesTaken++;
                } else {
                    recordsTaken.add(new int[] {taken.parameter, emergenciesTaken});
                }
            }
        }

        void end(Random random) {
            for (int i = 0; i < INJECTORS; i++) {
                if (claimed[i] != NONE) {
                    inject(i, random);
                }
            }
            takeSome(Integer.MAX_VALUE);
        }
    }

    @Test
    void noRecordAndNoEmergencySignalOfOneInjectorChangePlaces() {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            Simulation simulation = new Simulation();
            for (int step = 0; step < 40; step++) {
                if (random.nextInt(5) == 0) {
                    simulation.takeSome(random.nextInt(4));
                } else {
                    simulation.inject(random.nextInt(INJECTORS), random);
                }
            }
            simulation.end(random);
            check(simulation, seed);
        }
    }

    private static void check(Simulation simulation, long seed) {
        int all = simulation.sent[0] + simulation.sent[1] + simulation.sent[2];
        assertThat(simulation.emergenciesTaken).as("interruptor.seed=%d", seed).isEqualTo(all);
        assertThat(simulation.recordsTaken).hasSameSizeAs(simulation.records);
        for (int i = 0; i < simulation.recordsTaken.size(); i++) {
            int[] recordTaken = simulation.recordsTaken.get(i);
            assertThat(recordTaken[0]).as("interruptor.seed=%d", seed).isEqualTo(i); // in the order of claiming
            int[] record = simulation.records.get(i);
            int sentBefore = record[1];
            int sentAfter = simulation.sent[record[0]] - sentBefore;
            // Emergency signals carry nothing; but so many must have been in front of it, and so many cannot have.
            assertThat(recordTaken[1]).as("interruptor.seed=%d", seed).isBetween(sentBefore, all - sentAfter);
        }
    }
}
