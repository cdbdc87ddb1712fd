package org.interruptor.engine.padding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each access reaches the word that it names, and no other. */
class PaddedWordsTest {
    private interface Write {
        void to(PaddedWords words, int index, long value);
    }

    private interface Read {
        long from(PaddedWords words, int index);
    }

    static Stream<Named<Write>> writes() {
        return Stream.of(
                Named.of("setPlain", PaddedWords::setPlain),
                Named.of("setOpaque", PaddedWords::setOpaque),
                Named.of("setRelease", PaddedWords::setRelease),
                Named.of("setVolatile", PaddedWords::setVolatile),
                Named.of(
                        "compareAndSet",
                        (words, index, value) ->
                                assertThat(words.compareAndSet(index, 0, value)).isTrue()),
                Named.of(
                        "getAndSet",
                        (words, index, value) ->
                                assertThat(words.getAndSet(index, value)).isZero()),
                Named.of(
                        "getAndAdd",
                        (words, index, value) ->
                                assertThat(words.getAndAdd(index, value)).isZero()),
                Named.of("getAndBitwiseOr", (words, index, value) -> {
                    assertThat(words.getAndBitwiseOr(index, value)).isZero();
                    assertThat(words.getAndBitwiseAnd(index, value | 1 << 30)).isEqualTo(value);
                    assertThat(words.getAndBitwiseOr(index, 0)).isEqualTo(value);
                }));
    }

    static Stream<Named<Read>> reads() {
        return Stream.of(
                Named.of("getPlain", PaddedWords::getPlain),
                Named.of("getOpaque", PaddedWords::getOpaque),
                Named.of("getAcquire", PaddedWords::getAcquire),
                Named.of("getVolatile", PaddedWords::getVolatile));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void eachWriteReachesItsWord(Write write) {
        PaddedWords words = new PaddedWords(3);
        write.to(words, 0, 7);
        write.to(words, 1, 8);
        write.to(words, 2, 9);

        assertThat(words.getPlain(0)).isEqualTo(7);
        assertThat(words.getPlain(1)).isEqualTo(8);
        assertThat(words.getPlain(2)).isEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("reads")
    void eachReadReachesItsWord(Read read) {
        PaddedWords words = new PaddedWords(3);
        words.setPlain(0, 7);
        words.setPlain(1, 8);
        words.setPlain(2, 9);

        assertThat(read.from(words, 0)).isEqualTo(7);
        assertThat(read.from(words, 1)).isEqualTo(8);
        assertThat(read.from(words, 2)).isEqualTo(9);
    }

    @Test
    void aCompareAndSetThatMeetsAnotherValueChangesNothing() {
        PaddedWords words = new PaddedWords(1);
        words.setPlain(0, 7);

        assertThat(words.compareAndSet(0, 6, 8)).isFalse();
        assertThat(words.getPlain(0)).isEqualTo(7);
    }
}
