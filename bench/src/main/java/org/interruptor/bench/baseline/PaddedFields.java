package org.interruptor.bench.baseline;

/** Two cache lines in front of the fields of an object, so that no two such objects share one. */
abstract class PaddedFields {
    // spotless:off
    @SuppressWarnings("unused")
    private long
            p00, p01, p02, p03, p04, p05, p06, p07,
            p10, p11, p12, p13, p14, p15, p16, p17;
    // spotless:on
}
