package org.interruptor.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What different threads write lies on different cache lines, whatever the JVM makes of the order of fields. Asserted are
 * distances, of the offsets that the JVM itself works with; offsets as such change with the object's header.
 */
@ExtendWith(NothingLeftOpen.class)
class LayoutTest {
    /** Tells the other JVM the names of the padded classes. */
    private static final String PADDED = "padded";

    private static final int LINE = 64;

    /** Two lines: adjacent ones are fetched in pairs. */
    private static final int DISTANCE = 2 * LINE;

    /** The classes whose fields must be kept apart from what lies in front of them in the heap. */
    static List<Class<?>> padded() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.interruptor.engine")
                        .stream()
                        .filter(type -> type.isAssignableTo(Padded.class) && !type.isEquivalentTo(Padded.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    /** The instance fields that a class declares itself. */
    private static Stream<Field> fieldsOf(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).filter(field -> !Modifier.isStatic(field.getModifiers()));
    }

    /** Those of its superclasses too, but for the padding of {@link Padded}. */
    private static Stream<Field> allFieldsOf(Class<?> type) {
        return type == Padded.class ? Stream.empty() : Stream.concat(allFieldsOf(type.getSuperclass()), fieldsOf(type));
    }

    private static boolean isPadding(Field field) {
        return field.getName().matches("p\\d\\d");
    }

    private static long first(Stream<Field> fields) {
        return fields.mapToLong(UnsafeApi::objectFieldOffset).min().orElseThrow();
    }

    /** The end of the last one; all words that this class looks at are long. */
    private static long end(Stream<Field> fields) {
        return fields.mapToLong(UnsafeApi::objectFieldOffset).max().orElseThrow() + Long.BYTES;
    }

    @ParameterizedTest
    @MethodSource("padded")
    void theFieldsOfAPaddedClassBeginTwoLinesBehindTheObjectsStart(Class<?> type) {
        assertThat(first(allFieldsOf(type).filter(field -> !isPadding(field))))
                .as("%s", type)
                .isGreaterThanOrEqualTo(DISTANCE);
    }

    @Test
    void allThatThreadsTouchWhileOthersRunIsPadded() {
        assertThat(padded())
                .contains(
                        Machine.class,
                        Vcpu.class,
                        Registers.class,
                        Arrivals.class,
                        WaitWord.class,
                        LocalQueue.class,
                        LocalBacklog.class,
                        FloatingQueue.class,
                        VcpuSet.class,
                        Notifier.class,
                        Waiting.class,
                        Sleeper.class,
                        Delivery.class,
                        HandOn.class,
                        Counters.class,
                        TakenInterruption.class);
    }

    @Test
    void whatInjectorsAnnounceIsFarFromWhatTheOwnerHasSeen() {
        assertThat(first(fieldsOf(Arrivals.class)) - announced().max().orElseThrow())
                .isGreaterThanOrEqualTo(DISTANCE);
    }

    @Test
    void eachWordThatInjectorsAnnounceInIsFarFromTheOthers() {
        long[] offsets = announced().sorted().toArray();

        assertThat(offsets).hasSize(4);
        for (int i = 1; i < offsets.length; i++) {
            assertThat(offsets[i] - offsets[i - 1]).isGreaterThanOrEqualTo(DISTANCE);
        }
    }

    private static LongStream announced() {
        return allFieldsOf(ArrivedWords.class)
                .filter(field -> !isPadding(field))
                .mapToLong(UnsafeApi::objectFieldOffset);
    }

    @Test
    void theWaitWordHasItsLinesToItself() {
        Stream<Field> word = fieldsOf(WaitWord.class).filter(field -> !isPadding(field));
        long lastPadding = fieldsOf(WaitWord.class)
                .filter(LayoutTest::isPadding)
                .mapToLong(UnsafeApi::objectFieldOffset)
                .max()
                .orElseThrow();

        // One of the padding's ints may fill a gap in front of the word.
        assertThat(lastPadding + 2 * Integer.BYTES - end(word)).isGreaterThanOrEqualTo(DISTANCE);
    }

    @Test
    void paddedWordsHaveTwoLinesOnEachSide() throws ReflectiveOperationException {
        PaddedWords words = new PaddedWords(3);
        for (int i = 0; i < 3; i++) {
            words.setVolatile(i, i + 1);
        }
        Field array = PaddedWords.class.getDeclaredField("words");
        array.setAccessible(true);

        long[] padding = new long[DISTANCE / Long.BYTES];
        long[] expected = new long[2 * padding.length + 3];
        System.arraycopy(new long[] {1, 2, 3}, 0, expected, padding.length, 3);
        assertThat((long[]) array.get(words)).containsExactly(expected);
    }

    /** Flags that change headers and alignment; compact headers came with Java 25. */
    static Stream<String> flags() {
        Stream<String> all = Stream.of("-XX:-UseCompressedOops", "-XX:ObjectAlignmentInBytes=16");
        return Runtime.version().feature() < 25 ? all : Stream.concat(all, Stream.of("-XX:+UseCompactObjectHeaders"));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void itHoldsWithOtherObjectHeadersToo(String flag) throws Exception {
        assertThat(OtherProcess.linesOf(
                        LayoutTest.class,
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-D" + PADDED + "="
                                + padded().stream().map(Class::getName).collect(joining(",")),
                        flag))
                .containsExactly("all distances hold");
    }

    /** The tests above in a JVM that was started with another flag. */
    public static void main(String[] args) throws ReflectiveOperationException {
        LayoutTest test = new LayoutTest();
        for (String type : System.getProperty(PADDED).split(",")) {
            test.theFieldsOfAPaddedClassBeginTwoLinesBehindTheObjectsStart(Class.forName(type));
        }
        test.whatInjectorsAnnounceIsFarFromWhatTheOwnerHasSeen();
        test.eachWordThatInjectorsAnnounceInIsFarFromTheOthers();
        test.theWaitWordHasItsLinesToItself();
        test.paddedWordsHaveTwoLinesOnEachSide();
        System.out.println("all distances hold");
    }
}
