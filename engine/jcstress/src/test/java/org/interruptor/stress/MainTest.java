package org.interruptor.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** What stands for a success of the stress tests: nothing that has not run. */
class MainTest {
    private static final String ONE = "org.interruptor.engine.wake.ParkAgainstClaim.Word";
    private static final String ABLATED = "org.interruptor.engine.wake.ParkAgainstClaim.WithoutCompareAndSetOfTheOwner";

    private static Options options;

    @BeforeAll
    static void takesTheOptionsOfTheQuickForm() throws Exception {
        options = Main.quickOptions(List.of());
    }

    private static TestResult result(String test, String seen, long times) {
        TestResult result = new TestResult(Status.NORMAL);
        result.setConfig(InThisJvm.config(test, options));
        if (times > 0) {
            result.addState(seen, times);
        }
        return result;
    }

    @Test
    void aNameThatNoTestHasFails() throws Exception {
        assertThat(Main.quick(List.of("-t", "NoSuchTest"))).isFalse();
    }

    @Test
    void aTestPassesByItsSamples() {
        List<String> selected = List.of(ONE);
        assertThat(Main.allPassed(selected, List.of(result(ONE, "woken", 1)))).isTrue();
        assertThat(Main.allPassed(selected, List.of(result(ONE, "sleeps on", 1))))
                .isFalse();
        assertThat(Main.allPassed(selected, List.of(result(ONE, "", 0)))).isFalse();
    }

    @Test
    void aTestThatWasSelectedAndHasNotRunFails() {
        assertThat(Main.allPassed(List.of(), List.of())).isFalse();
        assertThat(Main.allPassed(List.of(ONE), List.of())).isFalse();
        assertThat(Main.allPassed(List.of(ONE, ABLATED), List.of(result(ONE, "woken", 1))))
                .isFalse();
    }

    @Test
    void anAblationMustHaveRunAndFailed() {
        List<String> selected = List.of(ABLATED);
        TestResult failed = result(ABLATED, "sleeps on", 1);
        TestResult passed = result(ABLATED, "woken", 1);
        assertThat(Main.allFailed(selected, List.of(failed, passed))).isTrue();
        assertThat(Main.allFailed(selected, List.of(passed))).isFalse();
        assertThat(Main.allFailed(selected, List.of())).isFalse();
        assertThat(Main.allFailed(List.of(), List.of())).isFalse();
    }
}
