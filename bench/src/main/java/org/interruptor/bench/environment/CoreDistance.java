package org.interruptor.bench.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.interruptor.bench.latency.PingPongTrial;
import org.interruptor.bench.trial.Figure;
import org.interruptor.bench.trial.MeasurementRefused;

/**
 * How far two cores are from one another.
 *
 * @param from one core, by the system's number.
 * @param to the other.
 * @param nanos in which a cache line goes from one to the other: half of a round trip.
 */
public record CoreDistance(int from, int to, double nanos) {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** All pairs of so many cores are measured in a moment; of more, only those of the first with each other. */
    private static final int CORES_IN_PAIRS = 8;

    private static final int MOST_CORES = 64;

    /**
     * Measures the distances of the cores that the process may use.
     *
     * @return none where threads cannot be bound to cores, or where nobody answers in time.
     */
    static List<CoreDistance> measure() {
        int[] cores = Cores.numbers();
        List<CoreDistance> distances = new ArrayList<>();
        int lasts = Math.min(cores.length, cores.length <= CORES_IN_PAIRS ? cores.length : 1);
        for (int i = 0; i < lasts; i++) {
            for (int k = i + 1; k < Math.min(cores.length, MOST_CORES); k++) {
                add(distances, cores[i], cores[k]);
            }
        }
        return distances;
    }

    private static void add(List<CoreDistance> distances, int from, int to) {
        try (PingPongTrial trial = new PingPongTrial((worker, workers) -> Cores.bind(worker == 0 ? from : to))) {
            trial.warmUp(NANOS);
            distances.add(new CoreDistance(from, to, trial.run(NANOS).figures().get(Figure.ONE_WAY)));
        } catch (MeasurementRefused e) {
            // Somebody else has the core: this distance is not known.
            return;
        }
    }
}
