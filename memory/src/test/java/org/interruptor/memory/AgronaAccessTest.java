package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AgronaAccessTest {

    @TempDir
    private Path folder;

    @Test
    void withTheFlagTheCheckReturns() {
        assertThatCode(AgronaAccess::check).doesNotThrowAnyException();
    }

    @Test
    @Timeout(60)
    void withoutTheFlagEachAttemptNamesIt() throws Exception {
        ForkedJvm.Output output = new ForkedJvm(folder).run(AttemptsMain.class);

        assertThat(output.out())
                .hasSize(14)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("java.lang.IllegalStateException: ")
                        .endsWith(" --add-exports java.base/jdk.internal.misc=ALL-UNNAMED"));
        assertThat(folder.resolve("storage")).doesNotExist();
    }

    @Test
    @Timeout(60)
    void withTheFlagAloneTheJvmHasNothingToWarnOf() throws Exception {
        ForkedJvm.Output output = new ForkedJvm(folder).run(AttemptsMain.class, ForkedJvm.AGRONA_FLAG);

        assertThat(output.out()).hasSize(14).allSatisfy(line -> assertThat(line).startsWith("fine: "));
        assertThat(output.err()).isEmpty();
    }

    /** Each way to Agrona, twice: without the flag its classes fail differently the second time. */
    static final class AttemptsMain {
        public static void main(String[] args) {
            List<Callable<?>> attempts = List.of(
                    () -> GuestMemory.allocate(4096),
                    () -> GuestMemory.map(Path.of("storage"), 4096),
                    () -> GuestMemory.wrap(new byte[4096]),
                    () -> GuestMemory.wrap(ByteBuffer.allocate(4096)),
                    () -> GuestMemory.wrap((MutableDirectBuffer) null),
                    Lowcore::new,
                    () -> {
                        AgronaAccess.check();
                        return "checked";
                    });
            for (int round = 0; round < 2; round++) {
                for (Callable<?> attempt : attempts) {
                    try {
                        System.out.println("fine: " + attempt.call());
                    } catch (NullPointerException e) {
                        System.out.println("fine: nothing to wrap");
                    } catch (Throwable e) {
                        System.out.println(e);
                    }
                }
            }
        }
    }
}
