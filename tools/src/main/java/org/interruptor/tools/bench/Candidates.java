package org.interruptor.tools.bench;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.interruptor.bench.plan.Catalogue;
import org.interruptor.bench.plan.Contender;

/** Names that a shell can complete. */
final class Candidates {
    private Candidates() {}

    /** Scenarios and their groups. */
    static final class Scenarios implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Catalogue.all().stream()
                    .map(Catalogue.Entry::scenario)
                    .flatMap(scenario -> Stream.of(scenario.name(), scenario.group()))
                    .distinct()
                    .iterator();
        }
    }

    /** Engines. */
    static final class Engines implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Contender.values()).map(Contender::label).iterator();
        }
    }

    /** What a profiler can sample. */
    static final class ProfiledEvents implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(
                            "cpu",
                            "wall",
                            "alloc",
                            "lock",
                            "nativemem",
                            "ctimer",
                            "itimer",
                            "context-switches",
                            "cycles",
                            "cache-misses")
                    .iterator();
        }
    }
}
