package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineCounters;
import org.interruptor.engine.observe.VcpuGauge;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another process sees the counters rise while the machine runs, and sees it closed. */
@ExtendWith(NothingLeftOpen.class)
class CountersFromAnotherProcessTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;
    private static final int READINGS = 5;

    /** The other process: follows deliveries of vCPU 1 until the machine is closed. */
    public static final class Follower {
        private Follower() {}

        public static void main(String[] args) throws IOException {
            MachineCounters counters = MachineCounters.open(Path.of(args[0]));
            System.out.println(counters.pid() + " " + counters.isProcessAlive());
            long last = -1;
            while (!counters.isClosed()) {
                CountersSnapshot snapshot = counters.snapshot();
                long delivered = snapshot.counter(1, Counter.DELIVER_EMERGENCY_SIGNAL);
                if (delivered > last && snapshot.gauge(1, VcpuGauge.ACCEPTED) > 0) {
                    last = delivered;
                    System.out.println(delivered);
                }
            }
            System.out.println("closed " + counters.snapshot().gauge(1, VcpuGauge.ACCEPTED));
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void followsAMachineThatRuns(@TempDir Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("guest.counters");
        AtomicBoolean running = new AtomicBoolean(true);
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine machine = Machine.builder(storage)
                        .rules(Rules.ORIGINAL)
                        .vcpus(2)
                        .countersFile(file)
                        .build();
                OtherProcess follower = new OtherProcess(Follower.class, file.toString())) {
            storage.putLong(0x1b0, EXTERNAL); // the new PSW keeps the gate open
            Thread vcpuThread = new Thread(() -> deliver(machine.vcpu(1).bind(), running));
            vcpuThread.start();

            assertThat(follower.nextLine()).isEqualTo(ProcessHandle.current().pid() + " true");
            long last = -1;
            for (int i = 0; i < READINGS; i++) {
                long delivered = Long.parseLong(follower.nextLine());
                assertThat(delivered).isGreaterThan(last);
                last = delivered;
            }
            running.set(false);
            vcpuThread.join();
            machine.close();

            String line = follower.nextLine();
            while (!line.startsWith("closed")) {
                line = follower.nextLine();
            }
            assertThat(line).isEqualTo("closed " + machine.vcpu(1).accepted());
            assertThat(follower.waitFor()).isZero();
        }
    }

    private static void deliver(Vcpu vcpu, AtomicBoolean running) {
        vcpu.registers().psw(EXTERNAL, 0);
        vcpu.registers().control(0, 0x4000);
        while (running.get()) {
            vcpu.handle().injectEmergency();
            vcpu.deliverPending();
        }
    }
}
