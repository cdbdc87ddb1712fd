package org.interruptor.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.interruptor.engine.padding.Line;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.wake.WaitWord;
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
 * <p>Not kept apart are the slots of the two rings, 32 and 16 bytes each: who fills one is behind who filled the last.
 */
@ExtendWith(NothingLeftOpen.class)
class LayoutTest {
    /** Tell the other JVM the names of the padded classes, and of those that are lines. */
    private static final String PADDED = "padded";

    private static final String LINES = "lines";

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

    /** The instance fields of a class, those of its superclasses too, but for padding. */
    private static Stream<FieldLayout> allFieldsOf(Class<?> type) {
        return ClassLayout.parseClass(type).fields().stream().filter(field -> !isPadding(field));
    }

    /** The words of a {@link Line}, as the objects of a class have them. */
    private static Stream<FieldLayout> wordsOf(Class<?> type) {
        return allFieldsOf(type).filter(field -> isOf(field, Line.class));
    }

    /** Those that it declares itself. */
    private static Stream<FieldLayout> fieldsOf(Class<?> type) {
        return allFieldsOf(type).filter(field -> isOf(field, type));
    }

    private static boolean isOf(FieldLayout field, Class<?> type) {
        return field.hostClass().equals(type.getName()) || field.hostClass().equals(type.getSimpleName());
    }

    private static boolean isPadding(FieldLayout field) {
        return (isOf(field, Padded.class) || isOf(field, Line.class))
                && field.name().matches("[pq][0-9a-f]{2}");
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
        assertThat(first(allFieldsOf(type))).as("%s", type).isGreaterThanOrEqualTo(DISTANCE);
    }

    @Test
    void allThatThreadsTouchWhileOthersRunIsPadded() {
        assertThat(padded().stream().map(Class::getSimpleName))
                .contains(
                        "Registers",
                        "Arrivals",
                        "Mailbox",
                        "WaitWord",
                        "MachineState",
                        "LocalQueue",
                        "LocalBacklog",
                        "FloatingRing",
                        "VcpuSet",
                        "Waiters",
                        "Notifier",
                        "Waiting",
                        "Sleeper",
                        "Delivery",
                        "HandOn",
                        "Counters",
                        "Tell",
                        "TakenInterruption");
    }

    /** Stamp and counts of {@link Arrivals}: an injector writes the stamp behind its count, and the owner reads both. */
    @Test
    void stampAndCountsAreInOneLine() {
        long first = first(wordsOf(Arrivals.class));
        long end = end(wordsOf(Arrivals.class));

        assertThat(wordsOf(Arrivals.class)).hasSize(6);
        assertThat(end - first).isLessThanOrEqualTo(LINE);
        // Objects are aligned to 8 bytes at least, so where lines begin is not known; 48 bytes cross one boundary at
        // most.
        assertThat(end - first).isEqualTo(6 * Long.BYTES);
    }

    /** Arrivals: what the owner has seen. WaitWord: whom to wake and the number of the wait. */
    @ParameterizedTest
    @MethodSource("lines")
    void whatTheOwnerWritesIsFarFromWhatOthersWrite(Class<?> type) {
        Stream<FieldLayout> own = allFieldsOf(type).filter(field -> !isOf(field, Line.class));

        assertThat(own.mapToLong(FieldLayout::offset)).allMatch(offset -> offset - end(wordsOf(type)) >= DISTANCE);
    }

    /** The classes that have named words on lines of their own. */
    static List<Class<?>> lines() {
        return padded().stream()
                .filter(type -> Line.class.isAssignableFrom(type) && type != Line.class)
                .toList();
    }

    @Test
    void arrivalsMailboxAndWaitWordAreEachALine() {
        assertThat(lines()).contains(Arrivals.class, Mailbox.class, WaitWord.class);
    }

    /** Objects of their own, each with padding on both sides of its words: in whatever order the heap has them. */
    @ParameterizedTest
    @MethodSource("lines")
    void noOtherObjectsFieldsShareTheLineOfItsWords(Class<?> type) {
        ClassLayout layout = ClassLayout.parseClass(type);

        assertThat(first(wordsOf(type))).isGreaterThanOrEqualTo(DISTANCE);
        assertThat(layout.instanceSize() - end(wordsOf(type))).isGreaterThanOrEqualTo(DISTANCE);
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
                        "-D" + PADDED + "=" + names(padded()),
                        "-D" + LINES + "=" + names(lines()),
                        flag))
                .endsWith("all distances hold"); // JOL says first that it is no agent
    }

    private static String names(List<Class<?>> types) {
        return types.stream().map(Class::getName).collect(joining(","));
    }

    /** The tests above in a JVM that was started with another flag. */
    public static void main(String[] args) throws ReflectiveOperationException {
        LayoutTest test = new LayoutTest();
        for (String type : System.getProperty(PADDED).split(",")) {
            test.theFieldsOfAPaddedClassBeginTwoLinesBehindTheObjectsStart(Class.forName(type));
        }
        test.stampAndCountsAreInOneLine();
        for (String type : System.getProperty(LINES).split(",")) {
            test.whatTheOwnerWritesIsFarFromWhatOthersWrite(Class.forName(type));
            test.noOtherObjectsFieldsShareTheLineOfItsWords(Class.forName(type));
        }
        test.paddedWordsHaveTwoLinesOnEachSide();
        System.out.println("all distances hold");
    }
}
