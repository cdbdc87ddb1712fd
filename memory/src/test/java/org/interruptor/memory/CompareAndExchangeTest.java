package org.interruptor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compare-and-exchange on guest storage: what is compared, what is stored, and that nothing gets between the two. */
class CompareAndExchangeTest {
    private static final int THREADS = 4;
    private static final int ADDITIONS = 50_000;

    private final GuestMemory memory = GuestMemory.allocate(GuestMemory.PAGE_LENGTH);

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void replacesAnEqualWordAndNothingBesideIt() {
        memory.putLong(0, 0x1122334455667788L);
        assertThat(memory.compareAndExchangeInt(4, 0x55667788, 0x99aabbcc)).isEqualTo(0x55667788);
        assertThat(memory.getLong(0)).isEqualTo(0x1122334499aabbccL);
    }

    @Test
    void leavesAnUnequalWordAndAnswersIt() {
        memory.putInt(8, 0x01020304);
        assertThat(memory.compareAndExchangeInt(8, 0x04030201, 7)).isEqualTo(0x01020304);
        assertThat(memory.getInt(8)).isEqualTo(0x01020304);
    }

    @Test
    void replacesAnEqualDoublewordAndLeavesAnUnequalOne() {
        memory.putLong(16, 0x1122334455667788L);
        assertThat(memory.compareAndExchangeLong(16, 1, 2)).isEqualTo(0x1122334455667788L);
        assertThat(memory.compareAndExchangeLong(16, 0x1122334455667788L, 0x0123456789abcdefL))
                .isEqualTo(0x1122334455667788L);
        assertThat(memory.getLong(16)).isEqualTo(0x0123456789abcdefL);
    }

    @Test
    void refusesWhatIsNotAlignedOrNotInside() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.compareAndExchangeInt(2, 0, 1))
                .withMessage("address=0x2: expected a multiple of 4");
        assertThatIllegalArgumentException().isThrownBy(() -> memory.compareAndExchangeLong(4, 0, 1));
        assertThatThrownBy(() -> memory.compareAndExchangeLong(memory.size(), 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.compareAndExchangeInt(-4, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Doublewords of the guest's would not be doublewords of the machine's. */
    @Test
    void storageThatDoesNotBeginAtADoublewordIsRefused() {
        ByteBuffer aligned =
                ByteBuffer.allocateDirect(GuestMemory.PAGE_LENGTH + 64).alignedSlice(Long.BYTES);
        for (int offset = 0; offset <= 16; offset++) {
            ByteBuffer slice = aligned.slice(offset, GuestMemory.PAGE_LENGTH);
            UnsafeBuffer view = new UnsafeBuffer(slice);
            if (offset % Long.BYTES == 0) {
                assertThat(GuestMemory.wrap(slice).compareAndExchangeLong(8, 0, 0))
                        .isZero();
                assertThat(GuestMemory.wrap(view).compareAndExchangeLong(8, 0, 0))
                        .isZero();
            } else {
                String sentence =
                        "guest memory begins " + offset % Long.BYTES + " bytes behind a multiple of 8, where no"
                                + " doubleword can be compared and exchanged: allocate it, or wrap aligned direct memory";
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> GuestMemory.wrap(slice))
                        .withMessage(sentence);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> GuestMemory.wrap(view))
                        .withMessage(sentence);
            }
        }
    }

    /** Java 24 and later have compact object headers, and arrays that begin at 12. */
    @Test
    @Timeout(60)
    void arraysAreWrappedOrRefusedAsTheirHeadersAre(@TempDir Path folder) throws Exception {
        List<String> out = new ForkedJvm(folder)
                .run(
                        ArrayMain.class,
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:+UseCompactObjectHeaders",
                        ForkedJvm.AGRONA_FLAG)
                .out();
        assertThat(out)
                .first()
                .isIn(
                        "16 wrapped",
                        "12 guest memory begins 4 bytes behind a multiple of 8 (arrays do with"
                                + " -XX:+UseCompactObjectHeaders), where no doubleword can be compared and exchanged:"
                                + " allocate it, or wrap aligned direct memory");
    }

    static final class ArrayMain {
        public static void main(String[] args) {
            String answer = "wrapped";
            try {
                GuestMemory.wrap(new byte[GuestMemory.PAGE_LENGTH]).compareAndExchangeLong(8, 0, 1);
            } catch (IllegalArgumentException refused) {
                answer = refused.getMessage();
            }
            System.out.println(new UnsafeBuffer(new byte[1]).addressOffset() + " " + answer);
        }
    }

    @Test
    void losesNoAdditionOfSeveralThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(this::add));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(memory.getInt(0)).isEqualTo(THREADS * ADDITIONS);
        assertThat(memory.getLong(8)).isEqualTo((long) THREADS * ADDITIONS);
    }

    private void add() {
        for (int i = 0; i < ADDITIONS; i++) {
            int word;
            do {
                word = memory.getInt(0);
            } while (memory.compareAndExchangeInt(0, word, word + 1) != word);
            long doubleword;
            do {
                doubleword = memory.getLong(8);
            } while (memory.compareAndExchangeLong(8, doubleword, doubleword + 1) != doubleword);
        }
    }
}
