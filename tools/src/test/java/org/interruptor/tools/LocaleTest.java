package org.interruptor.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.interruptor.engine.Machine;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the JVM's locale has digits of its own, ours are ASCII still: other programs read them. */
@Timeout(400)
class LocaleTest {
    private static final Pattern OTHER_DIGITS = Pattern.compile("[\\p{Nd}&&[^0-9]]");

    private final Locale before = Locale.getDefault();

    @TempDir
    private Path folder;

    @BeforeEach
    void setLocale() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    }

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    private static void check(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out() + run.err())
                .containsPattern("[0-9]")
                .as("output of %s", String.join(" ", args))
                .doesNotContainPattern(OTHER_DIGITS);
    }

    @Test
    @SuppressWarnings("DefaultLocale")
    void hasDigitsThatCouldBeSeen() {
        assertThat(String.format(Locale.getDefault(), "%d", 12)).containsPattern(OTHER_DIGITS);
    }

    @Test
    void digitsOfCommandsAreAscii() throws IOException {
        check("run", "guest:hello", "--trace");
        check("measure", "--seconds", "0.05", "--warm-up", "0");
        check("soak", "--seconds", "1", "--count", "1000");
        check("bench", "--list");
        check(
                "bench",
                "pair-virtio",
                "--engines",
                "interruptor,lists",
                "--rounds",
                "2",
                "--duration",
                "5ms",
                "--warmup",
                "5ms",
                "--output",
                folder.resolve("bench").toString());
        for (String file : new String[] {"report.html", "results.json"}) {
            assertThat(folder.resolve("bench").resolve(file)).content().doesNotContainPattern(OTHER_DIGITS);
        }
        Path dump = Files.write(folder.resolve("dump"), new byte[8192]);
        check("lowcore", dump.toString());
        check("replay", "scenarios/eight-interruptions.scn");
        Path counters = folder.resolve("counters");
        try (GuestMemory storage = GuestMemory.allocate(1 << 16);
                Machine machine =
                        Machine.builder(storage).countersFile(counters).build()) {
            assertThat(machine.isClosed()).isFalse();
            check("top", "--once", counters.toString());
            check("top", "--once", "--json", counters.toString());
        }
    }
}
