package org.interruptor.tools.top;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.MachineGauge;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.observe.VcpuGauge;

/** A reading as one JSON object on one line; rates once there are two readings. */
final class TopJson {

    private final MachineCounters counters;
    private final LatencyLine latency;

    TopJson(MachineCounters counters, LatencyLine latency) {
        this.counters = counters;
        this.latency = latency;
    }

    String render(Reading reading, Instant time, List<Integer> vcpus, boolean isExplained) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        Age age = Age.of(counters, reading, time);
        root.put("time", time.toString())
                .put("machine", counters.machineNumber())
                .put("pid", counters.pid())
                .put("process_alive", counters.isProcessAlive())
                .put("built_at", counters.builtAt().toString())
                .put("closed", counters.isClosed())
                .put("sample_age_seconds", age.seconds())
                .put("process_runs", !age.isStale() && counters.isProcessAlive())
                .put("floating_capacity", counters.floatingCapacity())
                .put("local_capacity", counters.localCapacity());
        ObjectNode floating = root.putObject("floating");
        for (MachineGauge gauge : MachineGauge.values()) {
            floating.put(gauge.label(), reading.now().gauge(gauge));
        }
        if (reading.hasRates()) {
            root.put("seconds", reading.seconds());
            floating.putObject("per_second")
                    .put(MachineGauge.ACCEPTED.label(), reading.rate(MachineGauge.ACCEPTED))
                    .put(MachineGauge.REFUSED.label(), reading.rate(MachineGauge.REFUSED));
        }
        latency.read().ifPresent(interval -> put(root.putObject("latency"), interval));
        ArrayNode array = root.putArray("vcpus");
        vcpus.forEach(vcpu -> vcpu(array.addObject(), reading, vcpu, isExplained));
        return root.toString();
    }

    private static void put(ObjectNode node, LatencyLine.Interval interval) {
        node.put("until", Instant.ofEpochMilli(interval.endMillis()).toString());
        interval.classes()
                .forEach((name, times) -> node.putObject(name)
                        .put("count", times.getTotalCount())
                        .put("p50_ns", times.getValueAtPercentile(50))
                        .put("p90_ns", times.getValueAtPercentile(90))
                        .put("p99_ns", times.getValueAtPercentile(99))
                        .put("max_ns", times.getMaxValue()));
    }

    private static void vcpu(ObjectNode node, Reading reading, int vcpu, boolean isExplained) {
        CountersSnapshot now = reading.now();
        node.put("vcpu", vcpu).put("state", reading.state(vcpu));
        ArrayNode conditions = node.putArray("conditions");
        for (VcpuCondition condition : VcpuCondition.values()) {
            if (condition.isIn(now.gauge(vcpu, VcpuGauge.CONDITIONS))) {
                conditions.add(condition.name().toLowerCase(Locale.ROOT));
            }
        }
        ObjectNode counted = node.putObject("counters");
        for (Counter counter : Counter.values()) {
            counted.put(counter.label(), now.counter(vcpu, counter));
        }
        ObjectNode gauges = node.putObject("gauges");
        for (VcpuGauge gauge : VcpuGauge.values()) {
            gauges.put(gauge.label(), now.gauge(vcpu, gauge));
        }
        if (reading.hasRates()) {
            ObjectNode rates = node.putObject("per_second");
            for (Counter counter : Counter.values()) {
                rates.put(counter.label(), reading.rate(vcpu, counter));
            }
            rates.put(VcpuGauge.ACCEPTED.label(), reading.rate(vcpu, VcpuGauge.ACCEPTED));
        }
        if (isExplained) {
            node.put("explanation", now.explain(vcpu));
        }
    }
}
