package org.interruptor.tools.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine prints, byte for byte, what the conformance cases expect. */
class ConformanceTest {

    private static final String FOLDER = "/conformance";

    private static final int CASES = 103;

    @ParameterizedTest
    @MethodSource("cases")
    void printsWhatTheCaseExpects(String name) throws Exception {
        Cases.assertPrints(FOLDER, name);
    }

    @Test
    void noCaseIsMissing() throws Exception {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(CASES);
    }

    static List<String> cases() throws IOException, URISyntaxException {
        return Cases.in(FOLDER);
    }
}
