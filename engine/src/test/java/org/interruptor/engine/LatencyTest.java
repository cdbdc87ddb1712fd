package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The latency log: what is in it, with what time, and that recording allocates nothing. */
@Timeout(300)
class LatencyTest {
    private static final long OPEN = PswMask.EXTERNAL | PswMask.IO | PswMask.MACHINE_CHECK;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    /** Histograms keep two digits. */
    private static final double LEAST = 0.98;

    @TempDir
    private Path folder;

    private final GuestMemory storage = GuestMemory.allocate(1 << 16);
    private Machine machine;

    private void build(Rules rules, int vcpus) {
        machine = Machine.builder(storage)
                .rules(rules)
                .vcpus(vcpus)
                .localCapacity(8)
                .floatingCapacity(64)
                .latencyLog(file())
                .build();
        for (int i = 0; i < vcpus; i++) {
            open(machine.vcpu(i).owner().registers());
        }
        for (long address = 0; address < 0x2000; address += 8) { // new PSWs leave all gates open
            storage.putLong(address, address % 16 == 0 ? OPEN | 0x1_8000_0000L : 0);
        }
    }

    private static void open(Registers registers) {
        registers.psw(OPEN, 0);
        registers.control(0, 0x2_0000_f272L);
        registers.control(6, 0xff00_0000L);
        registers.control(14, 0x1f00_0000L);
    }

    private Path file() {
        return folder.resolve("guest.hlog");
    }

    @AfterEach
    void close() {
        machine.close();
        storage.close();
    }

    private static void pause() {
        for (long end = System.nanoTime() + PAUSE_NANOS; System.nanoTime() < end; ) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** All intervals of the log, by their tags. */
    private Map<String, Histogram> log() throws Exception {
        machine.close();
        Map<String, Histogram> sums = new TreeMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(file().toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                sums.computeIfAbsent(next.getTag(), tag -> new Histogram(3)).add((Histogram) next);
            }
        }
        return sums;
    }

    private void assertLog(String tag, long count) throws Exception {
        Map<String, Histogram> log = log();
        assertThat(log).containsKey(tag);
        assertThat(log.get(tag).getTotalCount()).as(tag).isEqualTo(count);
        assertThat(log.get(tag).getMinValue()).as(tag).isGreaterThan((long) (LEAST * PAUSE_NANOS));
    }

    @Test
    void eachClassOfTheOriginalRulesHasItsTimes() throws Exception {
        build(Rules.ORIGINAL, 2);
        VcpuHandle handle = machine.vcpu(1);
        handle.injectRestart();
        handle.injectSetPrefix(0);
        handle.injectStop();
        handle.injectProgram(1);
        handle.injectEmergency();
        machine.injectService(1);
        machine.injectVirtio(1, 1);
        pause();
        Vcpu vcpu = handle.bind();
        while (vcpu.deliverPending() > 0 || !vcpu.isOperating()) {
            handle.start();
        }

        Map<String, Histogram> log = log();
        assertThat(log.keySet())
                .containsExactly(
                        "emergency/vcpu-1",
                        "program/vcpu-1",
                        "restart/vcpu-1",
                        "service/vcpu-1",
                        "set-prefix/vcpu-1",
                        "stop/vcpu-1",
                        "virtio/vcpu-1");
        assertThat(log.values()).allSatisfy(times -> {
            assertThat(times.getTotalCount()).isEqualTo(1);
            assertThat(times.getMinValue()).isGreaterThan((long) (LEAST * PAUSE_NANOS));
        });
    }

    @Test
    void ofQueuedOnesEachHasItsOwnTime() throws Exception {
        build(Rules.ORIGINAL, 1);
        machine.injectVirtio(1, 1);
        machine.vcpu(0).injectRestart();
        pause();
        machine.injectVirtio(2, 2);
        machine.vcpu(0).injectRestart();
        Vcpu vcpu = machine.vcpu(0).bind();
        long before = System.nanoTime();
        vcpu.deliverPending();
        long delivering = System.nanoTime() - before;

        Map<String, Histogram> log = log();
        for (String tag : List.of("virtio/vcpu-0", "restart/vcpu-0")) {
            assertThat(log.get(tag).getTotalCount()).isEqualTo(2);
            assertThat(log.get(tag).getMaxValue()).isGreaterThan((long) (LEAST * PAUSE_NANOS));
            assertThat(log.get(tag).getMaxValue() - log.get(tag).getMinValue())
                    .as("delivering took %d ns", delivering)
                    .isGreaterThan((long) (LEAST * PAUSE_NANOS
                            - delivering
                            - (1 - LEAST) * log.get(tag).getMaxValue()));
        }
    }

    @Test
    void eachClassOfTheArchitectureRulesHasItsTimes() throws Exception {
        build(Rules.ARCHITECTURE, 2);
        VcpuHandle handle = machine.vcpu(0);
        assertThat(List.of(
                        handle.injectProgram(1),
                        handle.injectEmergency(1),
                        handle.injectExternalCall(1),
                        handle.inject(0xffff1200, 1),
                        handle.inject(0xffff1003, 0),
                        handle.inject(0xffff1007, 0),
                        handle.inject(0xffff1407, 1),
                        machine.injectInterruptKey(),
                        machine.injectTimingAlert(1),
                        machine.injectService(1),
                        machine.injectVirtio(1, 1),
                        machine.subchannel(0x10000).inject(1, 0),
                        machine.injectAdapter(3, false),
                        handle.injectPageFault(1),
                        machine.injectPageFaultCompletion(1),
                        machine.injectServiceEvent(1),
                        handle.injectMachineCheck(new MachineCheck(MachineCheck.WARNING)),
                        machine.injectChannelReport()))
                .allMatch(InjectResult.ACCEPTED::equals);
        pause();
        Vcpu vcpu = handle.bind();
        while (vcpu.deliverPending() > 0) {
            open(vcpu.registers());
        }

        Map<String, Histogram> log = log();
        assertThat(log.keySet())
                .containsExactlyInAnyOrder(
                        "program/vcpu-0",
                        "emergency/vcpu-0",
                        "external-call/vcpu-0",
                        "malfunction-alert/vcpu-0",
                        "tod-clock-sync-check/vcpu-0",
                        "warning-track/vcpu-0",
                        "measurement-alert/vcpu-0",
                        "interrupt-key/vcpu-0",
                        "timing-alert/vcpu-0",
                        "service/vcpu-0",
                        "virtio/vcpu-0",
                        "io/vcpu-0",
                        "adapter/vcpu-0",
                        "page-fault-initial/vcpu-0",
                        "page-fault-completion/vcpu-0",
                        "service-event/vcpu-0",
                        "machine-check/vcpu-0",
                        "channel-report/vcpu-0");
        assertThat(log.values()).allSatisfy(times -> {
            assertThat(times.getTotalCount()).isEqualTo(1);
            assertThat(times.getMinValue()).isGreaterThan((long) (LEAST * PAUSE_NANOS));
        });
    }

    @Test
    void signalsBetweenCpusHaveTimesAndResetsForgetThem() throws Exception {
        build(Rules.ARCHITECTURE, 2);
        Vcpu vcpu = machine.vcpu(0).bind();
        machine.signalProcessor(1, 0, 0x02, 0); // external call
        vcpu.reset();
        pause();
        machine.signalProcessor(1, 0, 0x03, 0); // emergency signal
        machine.signalProcessor(1, 0, 0x02, 0);
        pause();
        open(vcpu.registers());
        while (vcpu.deliverPending() > 0) {
            open(vcpu.registers());
        }

        Map<String, Histogram> log = log();
        assertThat(log.keySet()).containsExactly("emergency/vcpu-0", "external-call/vcpu-0");
        assertThat(log.get("external-call/vcpu-0").getTotalCount()).isEqualTo(1);
    }

    @Test
    void whatTestPendingInterruptionTakesHasATimeToo() throws Exception {
        build(Rules.ARCHITECTURE, 1);
        Vcpu vcpu = machine.vcpu(0).bind();
        machine.injectAdapter(3, false);
        machine.subchannel(0x10000).inject(1, 0);
        pause();
        IoInterruption taken = new IoInterruption();
        assertThat(vcpu.takeIo(0xff, taken)).isTrue();
        assertThat(vcpu.takeIo(0xff, taken)).isTrue();
        machine.injectAdapter(3, false);
        vcpu.deliverPending();

        Map<String, Histogram> log = log();
        assertThat(log.get("io/vcpu-0").getMinValue()).isGreaterThan((long) (LEAST * PAUSE_NANOS));
        assertThat(log.get("adapter/vcpu-0").getTotalCount()).isEqualTo(2);
    }

    @Test
    void ofThoseThatMergeTheFirstHasATime() throws Exception {
        build(Rules.ORIGINAL, 1);
        machine.vcpu(0).injectEmergency();
        pause();
        machine.vcpu(0).injectEmergency();
        machine.vcpu(0).bind().deliverPending();

        assertLog("emergency/vcpu-0", 1);
    }

    @Test
    void underLoadEachDeliveryOfAQueueHasATimeThatIsPossible() throws Exception {
        build(Rules.ORIGINAL, 1);
        Vcpu vcpu = machine.vcpu(0).bind();
        AtomicBoolean isOver = new AtomicBoolean();
        long start = System.nanoTime();
        List<Thread> injectors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                while (!isOver.get()) {
                    machine.injectVirtio(1, 1);
                    machine.vcpu(0).injectRestart();
                }
            });
            thread.start();
            injectors.add(thread);
        }
        int delivered = 0;
        while (delivered < 20_000) {
            open(vcpu.registers());
            delivered += Math.max(0, vcpu.deliverPending());
        }
        isOver.set(true);
        for (Thread thread : injectors) {
            thread.join();
        }
        int rest = 1;
        while (rest > 0) {
            open(vcpu.registers());
            rest = vcpu.deliverPending();
            delivered += rest;
        }
        long elapsed = System.nanoTime() - start;

        Map<String, Histogram> log = log();
        assertThat(log.values().stream().mapToLong(Histogram::getTotalCount).sum())
                .isEqualTo(delivered);
        assertThat(log.values())
                .allSatisfy(times -> assertThat(times.getMaxValue()).isLessThan(elapsed * 102 / 100));
    }

    @Test
    void recordingAllocatesNothing() {
        build(Rules.ORIGINAL, 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Vcpu vcpu = machine.vcpu(0).bind();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 10 && allocated > 0; round++) { // compiled code that falls back allocates once
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                machine.injectVirtio(1, 1);
                machine.vcpu(0).injectEmergency();
                machine.vcpu(0).injectRestart();
                vcpu.registers().psw(OPEN, 0);
                vcpu.deliverPending();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }

    @Test
    void aLogThatCannotBeMadeIsTold() throws Exception {
        build(Rules.ORIGINAL, 1);
        Path below = Files.writeString(folder.resolve("file"), "").resolve("below");

        assertThatThrownBy(() -> Machine.builder(storage).latencyLog(below).build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("latency log " + below + ": ");
    }
}
