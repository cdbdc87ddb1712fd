package org.interruptor.bench.result;

/**
 * The figures that one comparison judges together. The more there are, the more often chance alone changes one of them, so each
 * is judged more strictly (Bonferroni's correction): a comparison of the same code finds a change in {@link #FALSE_ALARMS} of all
 * cases or fewer, however many figures it has. A stricter test needs more JVMs.
 *
 * @param figures how many, at least 0.
 * @param isPaired whether both builds ran in the same JVMs; else they are of two runs.
 */
public record Family(int figures, boolean isPaired) {
    /** In this part of all comparisons of the same code, chance makes a change. */
    public static final double FALSE_ALARMS = 0.02;

    /** A figure has changed if chance makes such a change with this probability or a lower one. */
    double level() {
        return FALSE_ALARMS / Math.max(1, figures);
    }

    /** So many JVMs, in each of two runs if there are two, make it possible to judge. With fewer, all changes could be chance. */
    public int neededJvms() {
        int jvms = 1;
        while (!isEnough(isPaired ? leastOfPairs(jvms) : leastOfSamples(jvms, jvms))) {
            jvms++;
        }
        return jvms;
    }

    /** Whether a test whose least probability is this one can find a change. */
    boolean isEnough(double leastP) {
        return leastP <= level();
    }

    /** The least p of the signed-rank test: all differences have the same sign. */
    static double leastOfPairs(int pairs) {
        return Math.min(1, 2 * Math.pow(0.5, pairs));
    }

    /** The least p of Mann and Whitney's test: all samples of one side are greater than all of the other. */
    static double leastOfSamples(int before, int after) {
        double orders = 1; // the number of ways to choose the ranks of one side
        for (int i = 1; i <= before; i++) {
            orders *= (double) (after + i) / i;
        }
        return Math.min(1, 2 / orders);
    }
}
