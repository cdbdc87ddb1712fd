package org.interruptor.tools.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.PswMask;
import org.interruptor.tools.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The latency log of a machine beside its counters file. */
class LatencyLineTest {
    private static final int TIMES = 1200;

    @TempDir
    private Path folder;

    private Path counters;
    private Path log;

    @BeforeEach
    void run() {
        counters = folder.resolve("guest.counters");
        log = folder.resolve("guest.counters.hlog");
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine machine = Machine.builder(storage)
                        .rules(Rules.ORIGINAL)
                        .countersFile(counters)
                        .latencyLog(log)
                        .build()) {
            Vcpu vcpu = machine.vcpu(0).bind();
            vcpu.registers().control(0, 0x4200);
            for (int i = 0; i < TIMES; i++) {
                machine.injectVirtio(1, 1);
                vcpu.registers().psw(PswMask.EXTERNAL, 0);
                vcpu.deliverPending();
            }
            machine.vcpu(0).injectRestart();
            vcpu.deliverPending();
        }
    }

    @Test
    void isShownBelowTheMachine() {
        CommandRun run = CommandRun.of("top", "--once", counters.toString());

        assertThat(run.out())
                .containsPattern("\nlatency \\d+\\.\\d s ago: (restart 1, p50 -, p99 -, max [0-9.]+ [mun]?s; )?"
                        + "virtio [0-9,]+, p50 [0-9.]+ [mun]?s, p99 ([0-9.]+ [mun]?s|-), max [0-9.]+ [mun]?s");
        assertThat(CommandRun.of("top", "--once", counters.toString(), "--latency", log.toString())
                        .out())
                .contains("\nlatency ");
    }

    @Test
    void isAnObjectOfTheJson() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of("top", "--once", "--json", counters.toString())
                        .out());

        assertThat(json.at("/latency/restart/count").asInt()).isEqualTo(1);
        assertThat(json.at("/latency/virtio/count").asInt()).isBetween(1, TIMES);
        assertThat(json.at("/latency/virtio/p50_ns").asLong()).isPositive();
    }

    /** Only the end is read, and the line that is being written is left out. */
    @Test
    void ofALongLogTheLastWholeIntervalIsShown() throws Exception {
        String text = Files.readString(log);
        String lines = text.substring(text.indexOf("Tag="));
        while (Files.size(log) < 3 << 20) {
            Files.writeString(log, lines, StandardOpenOption.APPEND);
        }
        Files.writeString(log, lines.substring(0, 20), StandardOpenOption.APPEND);

        assertThat(new LatencyLine(log).read())
                .hasValueSatisfying(interval -> assertThat(interval.classes()).containsKey("restart"));
    }

    @Test
    void whatIsNoLogIsLeftOutAndANameThatIsNoneIsTold() throws Exception {
        Files.writeString(log, "no log\n1,2,3\n");
        assertThat(CommandRun.of("top", "--once", counters.toString()).out()).doesNotContain("latency");

        CommandRun run = CommandRun.of("top", "--once", counters.toString(), "--latency", folder + "/nosuch");
        assertThat(run.err()).isEqualTo("interruptor top: " + folder + "/nosuch: no such file\n");
        assertThat(run.status()).isEqualTo(2);
    }
}
