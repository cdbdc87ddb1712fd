package org.interruptor.bench.environment;

import java.util.BitSet;
import net.openhft.affinity.Affinity;
import org.interruptor.bench.trial.Placement;

/**
 * Binds the threads of a trial to cores: worker n to the n-th core that the process may use. Where there are more workers than
 * cores nobody is bound, since the operating system spreads them better.
 *
 * <p>Threads: any.
 */
public final class Cores implements Placement {
    private final int[] cores;

    private Cores(int[] cores) {
        this.cores = cores;
    }

    /**
     * The cores that the process may use.
     *
     * @return a placement that binds; or {@link Placement#ANYWHERE} where threads cannot be bound to cores.
     */
    public static Placement available() {
        int[] cores = numbers();
        return cores.length == 0 ? ANYWHERE : new Cores(cores);
    }

    /** The numbers of the cores that the process may use; none where threads cannot be bound to cores. */
    static int[] numbers() {
        // Affinity logs through slf4j, which complains where it finds nobody to log to.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            BitSet allowed = Affinity.getAffinity();
            int[] cores = allowed.stream().toArray();
            // Without a library for this system the calls do nothing: see whether they do.
            return cores.length == 0 || !isBound(cores[0], allowed) ? new int[0] : cores;
        } catch (RuntimeException | LinkageError e) {
            return new int[0];
        }
    }

    /** Binds the calling thread to a core. */
    static void bind(int core) {
        Affinity.setAffinity(core);
    }

    private static boolean isBound(int core, BitSet before) {
        Affinity.setAffinity(core);
        try {
            return Affinity.getAffinity().cardinality() == 1;
        } finally {
            Affinity.setAffinity(before);
        }
    }

    @Override
    public void place(int worker, int workers) {
        if (workers <= cores.length) {
            Affinity.setAffinity(cores[worker]);
        }
    }
}
