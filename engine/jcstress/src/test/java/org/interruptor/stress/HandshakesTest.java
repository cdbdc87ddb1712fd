package org.interruptor.stress;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** The quick form of the stress tests, on every build. */
class HandshakesTest {
    private static Options options;

    @BeforeAll
    static void takesTheOptionsOfTheQuickForm() throws Exception {
        options = Main.quickOptions(List.of());
    }

    static Stream<String> handshakes() {
        return InThisJvm.tests(options);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handshakes")
    @Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void seesNothingThatItForbids(String handshake) throws Exception {
        TestResult result = InThisJvm.run(handshake, options);
        if (!InThisJvm.passed(result)) {
            fail(InThisJvm.describe(result));
        }
    }
}
