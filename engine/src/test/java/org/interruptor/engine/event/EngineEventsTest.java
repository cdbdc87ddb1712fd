package org.interruptor.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.interruptor.engine.Guest;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineEventsTest {
    private static final List<String> NAMES = List.of(
            InjectionEvent.NAME,
            DeliveryEvent.NAME,
            WaitEvent.NAME,
            FaultEvent.NAME,
            CoalescedEvent.NAME,
            SuppressedEvent.NAME);
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;
    private static final int EXTERNAL_NEW_PSW = 0x1b0;

    /** Orders of SIGNAL PROCESSOR. */
    private static final int SENSE = 0x01;

    private static final int EXTERNAL_CALL = 0x02;
    private static final int EMERGENCY_SIGNAL = 0x03;
    private static final int STOP = 0x05;
    private static final int RESTART = 0x06;
    private static final int STOP_AND_STORE_STATUS = 0x09;
    private static final int SET_PREFIX = 0x0d;

    @TempDir
    private Path directory;

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private final Machine machine =
            Machine.builder(storage).rules(Rules.ORIGINAL).vcpus(2).build();
    private final VcpuHandle handle = machine.vcpu(1);

    private Vcpu vcpu() {
        return Guest.own(handle);
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    @Test
    void areOffUnlessARecordingAsksForThem() throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            interruptAndWait();

            assertThat(MachineEvents.isInjectionOn()).isFalse();
            assertThat(MachineEvents.isDeliveryOn()).isFalse();
            assertThat(MachineEvents.isWaitOn()).isFalse();
            assertThat(MachineEvents.isFaultOn()).isFalse();
            assertThat(MachineEvents.isCoalescedOn()).isFalse();
            assertThat(MachineEvents.isSuppressedOn()).isFalse();
            assertThat(eventsOf(recording)).isEmpty();
        }
    }

    @Test
    void tellEachInjectionWithItsTargetAndParameters() throws IOException {
        List<RecordedEvent> injections;
        try (Recording recording = recordingOf(InjectionEvent.NAME)) {
            machine.injectVirtio(0xd00000ff, 0x1_0000_0002L);
            handle.injectSetPrefix(0xffff_e000);
            vcpu().raiseProgram(0x11);
            machine.inject(0xfffe0000, 0, 0); // refused
            injections = eventsOf(recording);
        }

        assertThat(injections).hasSize(3);
        assertThat(injections).allSatisfy(event -> {
            assertThat(event.getInt("machine")).isEqualTo(machine.number());
            assertThat(event.getThread().getJavaName())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(event.getStackTrace()).isNull();
        });
        RecordedEvent virtio = injections.get(0);
        assertThat(virtio.getInt("vcpu")).isEqualTo(InjectionEvent.ANY_VCPU);
        assertThat(virtio.getString("type")).isEqualTo("virtio");
        assertThat(virtio.getLong("parameter")).isEqualTo(0xd00000ffL);
        assertThat(virtio.getLong("parameter64")).isEqualTo(0x1_0000_0002L);
        assertThat(injections.get(1).getInt("vcpu")).isEqualTo(1);
        assertThat(injections.get(1).getString("type")).isEqualTo("set-prefix");
        assertThat(injections.get(1).getLong("parameter")).isEqualTo(0xffff_e000L);
        assertThat(injections.get(2).getString("type")).isEqualTo("program");
        assertThat(injections.get(2).getLong("parameter")).isEqualTo(0x11);
    }

    @Test
    void tellEachDelivery() throws IOException {
        List<RecordedEvent> deliveries;
        try (Recording recording = recordingOf(DeliveryEvent.NAME)) {
            vcpu().registers().psw(EXTERNAL, 0);
            vcpu().registers().control(0, 0x200);
            machine.injectService(0xfffffff0);
            handle.injectStop();
            vcpu().deliverPending();
            deliveries = eventsOf(recording);
        }

        assertThat(deliveries).extracting(event -> event.getString("type")).containsExactly("stop", "service");
        assertThat(deliveries).extracting(event -> event.getInt("vcpu")).containsOnly(1);
        assertThat(deliveries.get(1).getLong("parameter")).isEqualTo(0xfffffff0L);
    }

    @Test
    void tellEachWaitWithItsDurationAndItsOutcome() throws IOException {
        List<RecordedEvent> waits;
        try (Recording recording = recordingOf(WaitEvent.NAME)) {
            vcpu().registers().psw(EXTERNAL, 0);
            assertThat(vcpu().beginWait(() -> {})).isEqualTo(WaitOutcome.WAITING);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 2_000_000) {
                Thread.onSpinWait();
            }
            handle.kick();
            assertThat(vcpu().endWait()).isEqualTo(WaitOutcome.KICKED);
            vcpu().registers().psw(0, 0);
            assertThat(vcpu().enterWait()).isEqualTo(WaitOutcome.DISABLED);
            waits = eventsOf(recording);
        }

        assertThat(waits).extracting(event -> event.getString("outcome")).containsExactly("kicked", "disabled");
        assertThat(waits.get(0).getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(2));
        assertThat(waits.get(1).getInt("vcpu")).isEqualTo(1);
    }

    @Test
    void leaveOutAWaitWhoseBeginningNobodyRecorded() throws IOException {
        vcpu().registers().psw(EXTERNAL, 0);
        try (Recording before = recordingOf(WaitEvent.NAME)) {
            vcpu().beginWait(() -> {});
        }
        handle.kick();
        vcpu().endWait();
        vcpu().beginWait(() -> {});
        try (Recording recording = recordingOf(WaitEvent.NAME)) {
            handle.kick();
            assertThat(vcpu().endWait()).isEqualTo(WaitOutcome.KICKED);

            assertThat(eventsOf(recording)).isEmpty();
        }
    }

    @Test
    void tellEachFault() throws IOException {
        List<RecordedEvent> faults;
        try (Recording recording = recordingOf(FaultEvent.NAME)) {
            vcpu().registers().prefix(0xffff_e000L);
            handle.injectRestart();
            assertThat(vcpu().deliverPending()).isEqualTo(Vcpu.FAULT);
            faults = eventsOf(recording);
        }

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.getInt("vcpu")).isEqualTo(1);
            assertThat(fault.getString("type")).isEqualTo("restart");
            assertThat(fault.getLong("prefix")).isEqualTo(0xffff_e000L);
        });
    }

    @Test
    void tellEachInjectionThatIsCoalescedOrSuppressed() throws IOException {
        List<RecordedEvent> events;
        try (Machine merging = Machine.builder(storage).vcpus(2).build();
                Recording recording = recordingOf(CoalescedEvent.NAME, SuppressedEvent.NAME)) {
            for (int i = 0; i < 2; i++) {
                merging.vcpu(1).injectEmergency(0);
                merging.injectTimingAlert(1 << i);
                merging.subchannel(0x1_0007).inject(i, 0);
                merging.vcpu(0).injectMachineCheck(new MachineCheck(MachineCheck.WARNING));
            }
            merging.suppression(3, true);
            for (int i = 0; i < 2; i++) {
                merging.injectAdapter(3, true);
            }
            events = eventsOf(recording);
        }

        assertThat(events)
                .extracting(
                        event -> event.getEventType().getName(),
                        event -> event.getInt("vcpu"),
                        event -> event.getString("type"),
                        event -> event.getLong("parameter"),
                        event -> event.getLong("parameter64"))
                .containsExactly(
                        tuple(CoalescedEvent.NAME, 1, "emergency", 0L, 0L),
                        tuple(CoalescedEvent.NAME, -1, "timing-alert", 2L, 0L),
                        tuple(CoalescedEvent.NAME, -1, "io", 0x1_0007L, 1L << 32),
                        tuple(CoalescedEvent.NAME, 0, "machine-check", 0L, MachineCheck.WARNING),
                        tuple(SuppressedEvent.NAME, -1, "adapter", 3L, 0L));
    }

    /** CPU addresses are not the numbers: events of injections and deliveries have the address. */
    @Test
    void tellEachSignalBetweenCpusAsItsDelivery() throws IOException {
        List<RecordedEvent> events;
        try (Machine signalling =
                        Machine.builder(storage).vcpus(3).cpuAddresses(4, 5, 8).build();
                Recording recording = recordingOf(InjectionEvent.NAME, CoalescedEvent.NAME, DeliveryEvent.NAME)) {
            Vcpu target = openToSignals(signalling);
            signalling.signalProcessor(2, 5, EXTERNAL_CALL, 0);
            signalling.signalProcessor(2, 5, EXTERNAL_CALL, 0); // status: one is pending
            signalling.signalProcessor(2, 5, EMERGENCY_SIGNAL, 0);
            signalling.signalProcessor(2, 5, EMERGENCY_SIGNAL, 0);
            signalling.vcpu(1).injectEmergency(0);
            Guest.own(signalling.vcpu(2)).checkStop();
            target.deliverPending();
            signalling.signalProcessor(0, 5, STOP, 0);
            signalling.signalProcessor(0, 5, SENSE, 0);
            target.deliverPending();
            signalling.signalProcessor(0, 5, SET_PREFIX, 0x4000);
            target.deliverPending();
            signalling.signalProcessor(0, 5, RESTART, 0);
            target.deliverPending();
            signalling.signalProcessor(0, 5, STOP_AND_STORE_STATUS, 0); // has no delivery
            events = eventsOf(recording).stream()
                    .filter(event -> event.getInt("vcpu") == 1)
                    .toList();
        }

        assertThat(told(events, InjectionEvent.NAME))
                .containsExactly(
                        "external-call 8",
                        "emergency 8",
                        "emergency 4",
                        "malfunction-alert 8",
                        "stop 0",
                        "set-prefix 16384",
                        "restart 0");
        assertThat(told(events, CoalescedEvent.NAME)).containsExactly("emergency 8");
        assertThat(told(events, DeliveryEvent.NAME))
                .containsExactlyInAnyOrderElementsOf(told(events, InjectionEvent.NAME));
    }

    private static Vcpu openToSignals(Machine signalling) {
        Vcpu target = Guest.own(signalling.vcpu(1));
        target.registers().psw(EXTERNAL, 0);
        target.registers().control(0, 0xe000);
        signalling.storage().putLong(EXTERNAL_NEW_PSW, EXTERNAL);
        return target;
    }

    private static List<String> told(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .map(event -> event.getString("type") + " " + event.getLong("parameter"))
                .toList();
    }

    @Test
    void saysInWordsWhatEachFieldIs() throws IOException {
        try (Recording recording = recordingOf(NAMES.toArray(new String[0]))) {
            interruptAndWait();
            eventsOf(recording);
        }

        List<EventType> types = FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> NAMES.contains(type.getName()))
                .toList();
        assertThat(types).hasSameSizeAs(NAMES).allSatisfy(type -> {
            assertThat(type.getLabel()).isNotBlank();
            assertThat(type.getDescription()).isNotBlank();
            assertThat(type.getCategoryNames()).containsExactly("Interruptor");
            assertThat(ownFields(type)).isNotEmpty().allSatisfy(field -> {
                assertThat(field.getLabel()).as(field.getName()).isNotBlank();
                assertThat(field.getDescription()).as(field.getName()).isNotBlank();
            });
        });
    }

    private static List<ValueDescriptor> ownFields(EventType type) {
        List<String> common = List.of("startTime", "duration", "eventThread", "stackTrace");
        return type.getFields().stream()
                .filter(field -> !common.contains(field.getName()))
                .toList();
    }

    private void interruptAndWait() {
        vcpu().registers().psw(EXTERNAL, 0);
        handle.injectStop();
        vcpu().deliverPending();
        vcpu().beginWait(() -> {});
        handle.kick();
        vcpu().endWait();
    }

    private static Recording recordingOf(String... names) {
        Recording recording = new Recording();
        for (String name : names) {
            recording.enable(name);
        }
        recording.start();
        return recording;
    }

    private List<RecordedEvent> eventsOf(Recording recording) throws IOException {
        recording.stop();
        Path file = Files.createTempFile(directory, "events", ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> NAMES.contains(event.getEventType().getName()))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }
}
