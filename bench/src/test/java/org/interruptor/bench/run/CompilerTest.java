package org.interruptor.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CompilerTest {
    private static final String IDLE = """
            Current compiles:\s

            C1 compile queue:
            Empty

            C2 compile queue:
            Empty

            """;

    @Test
    void compilersAreIdleWhenNothingIsCompiledAndNothingWaits() {
        assertThat(Compiler.isIdle(IDLE)).isTrue();
        assertThat(Compiler.isIdle("")).as("a JVM that does not tell").isTrue();
    }

    @Test
    void aMethodThatIsCompiledOrWaitsIsWork() {
        assertThat(Compiler.isIdle(
                        IDLE.replaceFirst("\n", "\nC2 CompilerThread0  1225   !   4       A::b (497 bytes)\n")))
                .isFalse();
        assertThat(Compiler.isIdle(
                        IDLE.replaceFirst("C2 compile queue:\nEmpty", "C2 compile queue:\n1223  4  A::b (66 bytes)")))
                .isFalse();
    }

    @Test
    void thisJvmTellsAndComesToRest() {
        Compiler compiler = new Compiler();

        assertThat(compiler.workedMillis()).isPositive();
        assertThat(compiler.awaitIdle(TimeUnit.SECONDS.toNanos(120))).isTrue();
    }
}
