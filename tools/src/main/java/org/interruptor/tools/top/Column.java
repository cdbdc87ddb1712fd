package org.interruptor.tools.top;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.observe.VcpuGauge;

/**
 * A column of the table of vCPUs: what has been counted in all, or as a rate once there are two readings; or what stands there
 * now.
 *
 * @param name its heading; with {@code /s} behind it where it is a rate.
 * @param total what was counted, or stands there.
 * @param rate counted per second; null where the column is no counter.
 * @param isOptional whether it is left out where all of it is zero, whatever the width: classes that only some machines use.
 */
record Column(
        String name,
        ToLongBiFunction<Reading, Integer> total,
        ToDoubleBiFunction<Reading, Integer> rate,
        boolean isOptional) {

    /** The table, from left to right; in front of these come the number and the state. */
    static final List<Column> ALL =
            Stream.of(upToTimers(), ones(), others()).flatMap(List::stream).toList();

    private static List<Column> upToTimers() {
        return List.of(
                counted("waits", Counter.EXIT_WAIT_STATE),
                counted("wakeups", Counter.WAKEUPS),
                counted("for-nothing", Counter.WAKEUPS_FOR_NOTHING),
                new Column(
                        "accepted",
                        (reading, vcpu) -> reading.now().gauge(vcpu, VcpuGauge.ACCEPTED),
                        (reading, vcpu) -> reading.rate(vcpu, VcpuGauge.ACCEPTED),
                        false),
                counted("refused", Counter.REFUSED),
                optional("coalesced", Counter.COALESCED),
                counted("program", Counter.DELIVER_PROGRAM_INT),
                counted("stop", Counter.DELIVER_STOP_SIGNAL),
                counted("set-prefix", Counter.DELIVER_PREFIX_SIGNAL),
                counted("restart", Counter.DELIVER_RESTART_SIGNAL),
                counted("emergency", Counter.DELIVER_EMERGENCY_SIGNAL),
                counted("comparator", Counter.DELIVER_CLOCK_COMPARATOR),
                counted("service", Counter.DELIVER_SERVICE_SIGNAL),
                counted("virtio", Counter.DELIVER_VIRTIO_INTERRUPT),
                optional("io", Counter.DELIVER_IO),
                optional("adapter", Counter.DELIVER_ADAPTER),
                optional("external-call", Counter.DELIVER_EXTERNAL_CALL),
                optional("malfunction", Counter.DELIVER_MALFUNCTION_ALERT),
                optional("cpu-timer", Counter.DELIVER_CPU_TIMER));
    }

    /** What carries its code alone. */
    private static List<Column> ones() {
        return Arrays.stream(InterruptionType.values())
                .filter(InterruptionType::isOne)
                .map(type -> optional(type.label(), type.counter()))
                .toList();
    }

    private static List<Column> others() {
        return List.of(
                optional("key", Counter.DELIVER_INTERRUPT_KEY),
                optional("timing", Counter.DELIVER_TIMING_ALERT),
                optional("measurement", Counter.DELIVER_MEASUREMENT_ALERT),
                optional("service-event", Counter.DELIVER_SERVICE_EVENT),
                optional("page-initial", Counter.DELIVER_PAGE_FAULT_INITIAL),
                optional("page-completion", Counter.DELIVER_PAGE_FAULT_COMPLETION),
                optional("machine-check", Counter.DELIVER_MACHINE_CHECK),
                optional("channel-report", Counter.DELIVER_CHANNEL_REPORT),
                optional("svc", Counter.DELIVER_SUPERVISOR_CALL),
                new Column(
                        "q:emergency",
                        (reading, vcpu) -> reading.now().gauge(vcpu, VcpuGauge.QUEUED_EMERGENCY_SIGNALS),
                        null,
                        false),
                new Column("q:others", Reading::queuedLocally, null, false));
    }

    private static Column counted(String name, Counter counter) {
        return counted(name, counter, false);
    }

    private static Column optional(String name, Counter counter) {
        return counted(name, counter, true);
    }

    private static Column counted(String name, Counter counter, boolean isOptional) {
        return new Column(
                name,
                (reading, vcpu) -> reading.now().counter(vcpu, counter),
                (reading, vcpu) -> reading.rate(vcpu, counter),
                isOptional);
    }

    String heading(Reading reading) {
        return rate != null && reading.hasRates() ? name + "/s" : name;
    }

    String cell(Reading reading, int vcpu) {
        return rate != null && reading.hasRates()
                ? rate(rate.applyAsDouble(reading, vcpu))
                : Long.toString(total.applyAsLong(reading, vcpu));
    }

    /** Of all vCPUs together. */
    String sum(Reading reading) {
        return rate != null && reading.hasRates()
                ? rate(all(reading)
                        .mapToDouble(vcpu -> rate.applyAsDouble(reading, vcpu))
                        .sum())
                : Long.toString(all(reading)
                        .mapToLong(vcpu -> total.applyAsLong(reading, vcpu))
                        .sum());
    }

    /** Whether there is nothing in it but zeros, also where it shows rates: else it would come and go. */
    boolean isZero(Reading reading) {
        return all(reading).allMatch(vcpu -> total.applyAsLong(reading, vcpu) == 0);
    }

    private static IntStream all(Reading reading) {
        return IntStream.range(0, reading.now().vcpuCount());
    }

    /** A rate: with a decimal only where it is small. */
    static String rate(double perSecond) {
        return perSecond == 0 ? "0" : String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%.0f", perSecond);
    }
}
