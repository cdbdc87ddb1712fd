package org.interruptor.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    @TempDir
    private Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private String limits() {
        return Limits.of(folder.resolve("membership"), folder.resolve("groups"));
    }

    @Test
    void ofTheSecondVersion() throws IOException {
        file("membership", "0::/box/one");
        file("groups/box/one/cpu.max", "150000 100000");
        file("groups/box/one/memory.max", "1073741824");
        file("groups/box/one/cpuset.cpus", "0-1");

        assertThat(limits()).isEqualTo("time of 1.50 cores, on cores 0-1, 1024 MiB of memory");
    }

    @Test
    void ofTheFirstVersionWhereAContainersTreeBeginsAtItsGroup() throws IOException {
        file("membership", "4:memory:/box\n1:cpu,cpuacct:/box");
        file("groups/cpu/cpu.cfs_quota_us", "50000");
        file("groups/cpu/cpu.cfs_period_us", "100000");
        file("groups/memory/box/memory.limit_in_bytes", "9223372036854771712");

        assertThat(limits()).isEqualTo("time of 0.50 cores");
    }

    @Test
    void noLimitIsNone() throws IOException {
        assertThat(limits()).isEqualTo("none");
        file("membership", "0::/");
        file("groups/cpu.max", "max 100000");
        file("groups/memory.max", "max");
        file("groups/cpuset.cpus", "");

        assertThat(limits()).isEqualTo("none");
    }
}
