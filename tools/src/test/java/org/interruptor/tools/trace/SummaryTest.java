package org.interruptor.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pairs, summaries and pictures of events that nobody had to record. */
class SummaryTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private static TraceEvent event(long micros, EventKind kind, int vcpu, String what, long parameter) {
        return new TraceEvent(
                START.plusNanos(micros * 1000), Duration.ZERO, kind, 1, vcpu, what, parameter, 0, "device-1");
    }

    private static TraceEvent inject(long micros, int vcpu, String what, long parameter) {
        return event(micros, EventKind.INJECTION, vcpu, what, parameter);
    }

    private static TraceEvent deliver(long micros, int vcpu, String what, long parameter) {
        return event(micros, EventKind.DELIVERY, vcpu, what, parameter);
    }

    private static TraceEvent await(long micros, long length, int vcpu, String outcome) {
        return new TraceEvent(
                START.plusNanos(micros * 1000),
                Duration.ofNanos(length * 1000),
                EventKind.WAIT,
                1,
                vcpu,
                outcome,
                0,
                0,
                "vcpu-" + vcpu);
    }

    private static List<TraceEvent> sorted(TraceEvent... events) {
        return Stream.of(events).sorted(Comparator.comparing(TraceEvent::time)).toList();
    }

    private static TraceEvent deliverWord(long micros, int vcpu, String what, long parameter, long parameter64) {
        return new TraceEvent(
                START.plusNanos(micros * 1000),
                Duration.ZERO,
                EventKind.DELIVERY,
                1,
                vcpu,
                what,
                parameter,
                parameter64,
                "vcpu-" + vcpu);
    }

    @Test
    void anAdapterInterruptionIsJoinedByItsSubclass() {
        List<Flight> flights = Flight.of(sorted(
                inject(1, -1, "adapter", 3),
                inject(2, -1, "adapter", 0),
                deliverWord(5, 1, "adapter", 0, 0x8000_0000L),
                deliverWord(9, 0, "adapter", 0, 0x9800_0000L)));
        assertThat(flights).extracting(Flight::nanos).containsExactly(8000L, 3000L);
    }

    @Test
    void anIoInterruptionIsJoinedByItsSubchannel() {
        List<Flight> flights = Flight.of(sorted(
                inject(1, -1, "io", 0x10000),
                inject(2, -1, "io", 0x10001),
                inject(3, -1, "timing-alert", 1),
                deliverWord(5, 1, "io", 0x10001, 0x7_1800_0000L),
                deliverWord(6, 1, "timing-alert", 3, 0),
                deliverWord(9, 0, "io", 0x10000, 0x8_1800_0000L)));
        assertThat(flights).extracting(Flight::nanos).containsExactly(8000L, 3000L, 3000L);
    }

    @Test
    void injectionsThatMergeAreCountedAndHaveNoFlight() {
        List<TraceEvent> events = sorted(
                inject(1, -1, "adapter", 3),
                event(2, EventKind.COALESCED, -1, "adapter", 3),
                event(3, EventKind.COALESCED, -1, "adapter", 3),
                event(4, EventKind.SUPPRESSED, -1, "adapter", 3),
                event(5, EventKind.COALESCED, 1, "emergency", 0),
                new TraceEvent(
                        START.plusNanos(9000),
                        Duration.ZERO,
                        EventKind.DELIVERY,
                        1,
                        0,
                        "adapter",
                        0,
                        0x9800_0000L,
                        "vcpu-0"));
        List<Flight> flights = Flight.of(events);

        assertThat(flights).extracting(Flight::nanos).containsExactly(8000L);
        assertThat(Summary.of(events, flights))
                .containsPattern("coalesced +suppressed\n +adapter +2 +1\n +emergency +1 +0\n");
        assertThat(Picture.of("merged", events, flights))
                .contains("\"merged\":[[0,1000,\"adapter, coalesced\"],[0,2000,")
                .contains("\"lanes\":[\"device-1\",\"vCPU 0\"]");
    }

    @Test
    void aFloatingInterruptionIsJoinedToTheVcpuThatTookItByItsParameters() {
        List<Flight> flights = Flight.of(sorted(
                inject(1, -1, "virtio", 7),
                inject(2, -1, "virtio", 8),
                deliver(5, 1, "virtio", 8),
                deliver(9, 0, "virtio", 7)));

        assertThat(flights).extracting(Flight::nanos).containsExactly(8000L, 3000L);
        assertThat(flights).extracting(flight -> flight.delivery().vcpu()).containsExactly(0, 1);
    }

    @Test
    void localOnesAreJoinedInTheirOrderOnTheirVcpu() {
        List<Flight> flights = Flight.of(sorted(
                inject(1, 0, "emergency", 0),
                inject(2, 1, "emergency", 0),
                inject(3, 0, "emergency", 0),
                deliver(11, 0, "emergency", 0),
                deliver(22, 1, "emergency", 0),
                deliver(33, 0, "emergency", 0)));

        assertThat(flights).extracting(Flight::nanos).containsExactly(10_000L, 20_000L, 30_000L);
    }

    @Test
    void aDeliveryThatIsRecordedBeforeItsInjectionTookNoTime() {
        assertThat(Flight.of(sorted(deliver(1, 0, "restart", 0), inject(2, 0, "restart", 0))))
                .singleElement()
                .satisfies(flight -> {
                    assertThat(flight.isComplete()).isTrue();
                    assertThat(flight.nanos()).isZero();
                });
    }

    @Test
    void whatHasNoPartnerStaysAlone() {
        List<Flight> flights = Flight.of(sorted(
                deliver(1, 0, "restart", 0), // injected before the recording
                inject(2, 1, "restart", 0), // not delivered yet
                deliver(3, 0, "clock-comparator", 0)));

        assertThat(flights).hasSize(3).noneMatch(Flight::isComplete);
    }

    @Test
    void theSummaryHasPercentilesQueuesAndWaits() {
        List<TraceEvent> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(inject(100L * i, -1, "virtio", i));
            events.add(deliver(100L * i + (i < 90 ? 10 : 50), 0, "virtio", i));
        }
        // Three at once for vCPU 1, for 1000 microseconds of 10,000.
        for (int i = 0; i < 3; i++) {
            events.add(inject(2000, 1, "emergency", 0));
            events.add(deliver(3000, 1, "emergency", 0));
        }
        events.add(await(8000, 100, 1, "ready"));
        events.add(await(8200, 100, 1, "ready"));
        events.add(await(9000, 1000, 1, "closed"));
        events.sort(Comparator.comparing(TraceEvent::time));

        String summary = Summary.of(events, Flight.of(events));

        assertThat(summary)
                .startsWith("209 events in 10.000 ms: 103 interruptions injected and delivered, 0 injected alone, 0"
                        + " delivered alone.\n")
                .containsPattern("virtio +100 +(9.9|10.0)\\d+ us +(9.9|10.0)\\d+ us +- +- +(49.9|50.0)\\d+ us\n")
                .containsPattern("emergency +3 +- +- +- +- +(999|1)")
                .containsPattern("emergency +3 +0.30\n")
                .containsPattern("virtio +1 +0.14\n")
                .containsPattern("ready +2 +-")
                .containsPattern("closed +1 +-")
                .containsPattern("machine 1, vCPU 1 +2 +3\n");
    }

    @Test
    void aWaitThatADeliveryFollowsWasForSomething() {
        List<TraceEvent> events = sorted(
                await(1, 10, 0, "ready"),
                deliver(12, 0, "restart", 0),
                await(20, 10, 0, "timer"),
                await(40, 10, 0, "ready"));

        assertThat(new Waits(events).forNothing()).isEmpty();
        assertThat(Summary.of(events, Flight.of(events))).containsPattern("for nothing: .*\n\n  none\n");
    }

    @Test
    void thePictureHasALaneForEachInjectingThreadAndEachVcpuAndJoinsThem() throws Exception {
        List<TraceEvent> events = sorted(
                inject(1, -1, "virtio", 7),
                await(0, 2, 1, "ready"),
                deliver(3, 1, "virtio", 7),
                inject(4, 0, "restart", 0),
                event(5, EventKind.FAULT, 0, "restart", 0x1000));

        String page = Picture.of("a</script>b", events, Flight.of(events));

        assertThat(page).doesNotContain("/*DATA*/", "a</script>", "http:", "https:", "src=");
        String json =
                page.substring(page.indexOf("const data = ") + 13, page.indexOf(";\n", page.indexOf("const data = ")));
        JsonNode data = new ObjectMapper().readTree(json);
        assertThat(data.get("title").asText()).isEqualTo("a</script>b");
        assertThat(data.get("lanes").toString()).isEqualTo("[\"device-1\",\"vCPU 0\",\"vCPU 1\"]");
        assertThat(data.get("injectors").asInt()).isEqualTo(1);
        assertThat(data.get("waits").toString()).isEqualTo("[[2,0,2000,\"ready\"]]");
        assertThat(data.get("faults").toString()).isEqualTo("[[1,5000,\"restart\"]]");
        assertThat(data.get("flights").toString())
                .isEqualTo("[[0,1000,2,3000,\"virtio\",\"0x7 0x0\"],[0,4000,-1,-1,\"restart\",\"0x0 0x0\"]]");
    }
}
