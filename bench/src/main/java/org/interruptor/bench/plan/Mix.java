package org.interruptor.bench.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which interruptions are injected, in which proportion: {@code virtio}, or {@code emergency=3,virtio=1}.
 *
 * @param weights shares, each 1 or more.
 */
public record Mix(Map<Signal, Integer> weights) {
    /** At most so many in one turn of the pattern. */
    private static final int MAX_WEIGHT = 1000;

    /** Copies the shares. */
    public Mix {
        weights = Collections.unmodifiableMap(new EnumMap<>(weights));
    }

    /** One kind only. */
    public static Mix of(Signal signal) {
        return new Mix(Map.of(signal, 1));
    }

    /**
     * Reads a mix.
     *
     * @throws IllegalArgumentException if a name is unknown or named twice, or a share is not 1 to 1000.
     */
    @JsonCreator
    public static Mix parse(String text) {
        Map<Signal, Integer> weights = new EnumMap<>(Signal.class);
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            Signal signal = Signal.of(pair[0].strip());
            int weight = pair.length == 1 ? 1 : Parse.integer("share of " + signal.label(), pair[1], 1, MAX_WEIGHT);
            if (weights.put(signal, weight) != null) {
                throw new IllegalArgumentException("mix '" + text + "' names " + signal.label() + " twice");
            }
        }
        return new Mix(weights);
    }

    /** The kinds that occur. */
    public Set<Signal> signals() {
        return weights.keySet();
    }

    /** Whether it is of one kind alone. */
    public boolean isOnly(Signal signal) {
        return weights.keySet().equals(Set.of(signal));
    }

    /** Whether one that is for a single vCPU occurs. */
    public boolean hasLocal() {
        return weights.keySet().stream().anyMatch(signal -> !signal.isFloating());
    }

    /** Whether it needs architecture rules. */
    public boolean isArchitecture() {
        return weights.keySet().stream().anyMatch(Signal::isArchitecture);
    }

    /** One turn of the pattern, in an order that the seed decides; to be repeated. */
    public List<Signal> pattern(long seed) {
        List<Signal> pattern = new ArrayList<>();
        weights.forEach((signal, weight) -> pattern.addAll(Collections.nCopies(weight, signal)));
        Collections.shuffle(pattern, new Random(seed));
        return pattern;
    }

    @JsonValue
    @Override
    public String toString() {
        return weights.entrySet().stream()
                .map(share -> weights.size() == 1
                        ? share.getKey().label()
                        : share.getKey().label() + "=" + share.getValue())
                .collect(Collectors.joining(","));
    }
}
