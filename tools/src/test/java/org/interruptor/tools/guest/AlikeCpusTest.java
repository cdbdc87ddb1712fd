package org.interruptor.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports about vCPUs, of which some are alike. */
class AlikeCpusTest {
    @ParameterizedTest
    @CsvSource({
        "nothing, nothing",
        "vCPU 0 runs|, vCPU 0 runs|",
        "vCPU 0 runs|vCPU 1 waits|, vCPU 0 runs|vCPU 1 waits|",
        "vCPU 0 runs|  so|vCPU 1 runs|  so|, 'vCPUs 0, 1: runs|  so|'",
        "vCPU 0 a|vCPU 1 b|vCPU 2 b|vCPU 3 b|vCPU 4 a|, 'vCPUs 0, 4: a|vCPUs 1 to 3: b|'",
        "vCPU 0 waits for at least 1.0 ms|vCPU 1 waits for at least 2.0 s|, 'vCPUs 0, 1: waits for at least 1.0 ms|'",
        "first|vCPU 7 a|, first|vCPU 7 a|",
    })
    void areFolded(String report, String folded) {
        assertThat(AlikeCpus.fold(report.replace('|', '\n'))).isEqualTo(folded.replace('|', '\n'));
    }
}
