package org.interruptor.bench.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static Properties build(String commit, String dirty) {
        Properties properties = new Properties();
        properties.setProperty("git.commit.id.abbrev", commit);
        properties.setProperty("git.dirty", dirty);
        return properties;
    }

    @Test
    void theCommitIsSaidWithANoteIfTheSourcesHadChanges() {
        assertThat(Origin.describe(build("abc1234", "false"))).isEqualTo("abc1234");
        assertThat(Origin.describe(build("abc1234", "true"))).isEqualTo("abc1234, with changes");
    }

    @Test
    void aBuildWithoutGitIsOfUnknownSources() {
        assertThat(Origin.describe(new Properties())).isEqualTo("unknown");
        assertThat(Origin.describe(build("${git.commit.id.abbrev}", "${git.dirty}")))
                .isEqualTo("unknown");
    }
}
