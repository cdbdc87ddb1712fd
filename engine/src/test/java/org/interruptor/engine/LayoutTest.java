package org.interruptor.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.deliver.Delivery;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.queue.TakenInterruption;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Notifier;
import org.interruptor.engine.wake.Sleeper;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.engine.wake.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/**
 * What different threads write lies on different cache lines, whatever the JVM makes of the order of fields. Asserted are
 * distances, of the offsets that JOL reads; offsets as such change with the object's header.
 *
 * <p>Not kept apart are the slots of the two rings, 16 bytes each, and their flags: who fills one is behind who filled the last.
 */
@ExtendWith(NothingLeftOpen.class)
class LayoutTest {
    /** Tells the other JVM the names of the padded classes. */
    private static final String PADDED = "padded";

    private static final int LINE = 64;

    /** Two lines: adjacent ones are fetched in pairs. */
    private static final int DISTANCE = 2 * LINE;

    static {
        System.setProperty(
                "jol.skipDynamicAttach", "true"); // sizes of objects, for which it would be an agent, are not asked for
    }

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

    /** The instance fields of a class, those of its superclasses too, but for the padding of {@link Padded}. */
    private static Stream<FieldLayout> allFieldsOf(Class<?> type) {
        return ClassLayout.parseClass(type).fields().stream().filter(field -> !isOf(field, Padded.class));
    }

    /** Those that it declares itself. */
    private static Stream<FieldLayout> fieldsOf(Class<?> type) {
        return allFieldsOf(type).filter(field -> isOf(field, type));
    }

    private static boolean isOf(FieldLayout field, Class<?> type) {
        return field.hostClass().equals(type.getName()) || field.hostClass().equals(type.getSimpleName());
    }

    private static boolean isPadding(FieldLayout field) {
        return field.name().matches("p\\d\\d");
    }

    private static long first(Stream<FieldLayout> fields) {
        return fields.mapToLong(FieldLayout::offset).min().orElseThrow();
    }

    /** Behind the last one. */
    private static long end(Stream<FieldLayout> fields) {
        return fields.mapToLong(field -> field.offset() + field.size()).max().orElseThrow();
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
                .mapToLong(FieldLayout::offset);
    }

    @Test
    void theWaitWordHasItsLinesToItself() {
        long padding = end(fieldsOf(WaitWord.class).filter(LayoutTest::isPadding));
        long word = end(fieldsOf(WaitWord.class).filter(field -> !isPadding(field)));

        // One of the padding's ints may fill a gap in front of the word.
        assertThat(padding + Integer.BYTES - word).isGreaterThanOrEqualTo(DISTANCE);
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
                .endsWith("all distances hold"); // JOL says first that it is no agent
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
