package org.interruptor.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a second terminal: the command in a process of its own follows a machine that runs in this one. */
@Timeout(400)
class TopProcessTest {
    private static final long EXTERNAL = 0x0100_0000_0000_0000L;

    @Test
    void seesRatesWhileTheMachineRunsAndEndsWithIt(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("guest.counters");
        AtomicBoolean running = new AtomicBoolean(true);
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine machine = Machine.builder(storage)
                        .rules(Rules.ORIGINAL)
                        .countersFile(file)
                        .build()) {
            storage.putLong(0x1b0, EXTERNAL);
            Thread vcpuThread = new Thread(() -> deliver(machine.vcpu(0).bind(), running));
            vcpuThread.start();
            Process process = top(file);
            try (BufferedReader lines = process.inputReader()) {
                JsonNode line = next(lines);
                while (line.at("/vcpus/0/per_second/deliver_emergency_signal").asDouble() == 0) {
                    line = next(lines);
                }
                assertThat(line.at("/pid").asLong())
                        .isEqualTo(ProcessHandle.current().pid());
                running.set(false);
                vcpuThread.join();
                machine.close();
                while (!line.at("/closed").asBoolean()) {
                    line = next(lines);
                }
                assertThat(line.at("/vcpus/0/counters/deliver_emergency_signal").asLong())
                        .isEqualTo(machine.vcpu(0).accepted());
                assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static Process top(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "top",
                        file.toString(),
                        "--json",
                        "--interval",
                        "0.1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static JsonNode next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        assertThat(line).as("top ended too early").isNotNull();
        return new ObjectMapper().readTree(line);
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
