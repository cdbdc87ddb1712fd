package org.interruptor.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs JMH with its ordinary command line, and gives each forked JVM the flags that Agrona needs.
 *
 * <p>JMH starts a fork with {@code -cp}, where the manifest of {@code benchmarks.jar} has no say, and a
 * {@code -jvmArgsPrepend} on the command line would replace one in {@code @Fork}. Flags appended here come through in
 * either case.
 */
public final class Main {

    /** The same line as the tests': no effect on Java 17 beyond the export, no warning on 25. */
    private static final String FORK_FLAGS = "-XX:+IgnoreUnrecognizedVMOptions"
            + " --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"
            + " --enable-native-access=ALL-UNNAMED"
            + " --sun-misc-unsafe-memory-access=allow";

    private static final String APPEND = "-jvmArgsAppend";

    private Main() {}

    /**
     * Runs JMH.
     *
     * @param args JMH's own arguments; {@code -h} lists them.
     * @throws Exception what JMH throws; the process then ends with a status other than zero.
     */
    public static void main(String[] args) throws Exception {
        org.openjdk.jmh.Main.main(withForkFlags(args));
    }

    /** JMH takes one {@code -jvmArgsAppend}: the user's, if there is one, is lengthened. */
    static String[] withForkFlags(String[] args) {
        List<String> all = new ArrayList<>(List.of(args));
        int option = all.indexOf(APPEND);
        if (option >= 0 && option + 1 < all.size()) {
            all.set(option + 1, FORK_FLAGS + " " + all.get(option + 1));
        } else if (option < 0) {
            all.add(APPEND);
            all.add(FORK_FLAGS);
        }
        return all.toArray(new String[0]);
    }
}
