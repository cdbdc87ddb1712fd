/**
 * The interrupt engine. The packages that are not exported are the floors between: public for each other, and no embedder's.
 */
module org.interruptor.engine {
    requires transitive org.interruptor.memory;
    requires transitive org.agrona;
    requires transitive chronicle.core;
    requires com.lmax.disruptor;
    requires HdrHistogram;
    requires jdk.jfr;

    exports org.interruptor.engine;
    exports org.interruptor.engine.clock;
    exports org.interruptor.engine.contract;
    exports org.interruptor.engine.gate;
    exports org.interruptor.engine.observe;
}
