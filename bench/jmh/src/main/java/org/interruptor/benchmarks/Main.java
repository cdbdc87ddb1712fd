package org.interruptor.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.interruptor.bench.run.JvmFlags;

/**
 * Runs JMH with its ordinary command line, and adds three things to it: the flags that Agrona needs in each forked JVM, the
 * path of the library for {@code -prof async}, and that a benchmark which has lost an interruption fails the run.
 *
 * <p>JMH starts a fork with {@code -cp}, where the manifest of {@code benchmarks.jar} has no say, and a
 * {@code -jvmArgsPrepend} on the command line would replace one in {@code @Fork}. Flags appended here come through in
 * either case.
 */
public final class Main {
    private static final String APPEND = "-jvmArgsAppend";
    private static final String PROFILER = "-prof";
    private static final String FAIL_ON_ERROR = "-foe";

    private Main() {}

    /**
     * Runs JMH.
     *
     * @param args JMH's own arguments; {@code -h} lists them.
     * @throws Exception what JMH throws; the process then ends with a status other than zero.
     */
    public static void main(String[] args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        addForkFlags(all);
        for (int i = 0; i + 1 < all.size(); i++) {
            if (all.get(i).equals(PROFILER)) {
                all.set(i + 1, ProfilerLibrary.withPath(all.get(i + 1)));
            }
        }
        if (!all.contains(FAIL_ON_ERROR)) {
            all.addAll(List.of(FAIL_ON_ERROR, "true"));
        }
        org.openjdk.jmh.Main.main(all.toArray(new String[0]));
    }

    /** JMH takes one {@code -jvmArgsAppend}: the user's, if there is one, is lengthened. */
    static void addForkFlags(List<String> args) {
        String flags = String.join(" ", JvmFlags.FLAGS);
        int option = args.indexOf(APPEND);
        if (option >= 0 && option + 1 < args.size()) {
            args.set(option + 1, flags + " " + args.get(option + 1));
        } else if (option < 0) {
            args.add(APPEND);
            args.add(flags);
        }
    }
}
