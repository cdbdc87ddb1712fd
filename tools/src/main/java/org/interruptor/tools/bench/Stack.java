package org.interruptor.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A stack of a recording, made readable: the frames of the harness are one, and so are those of the profiler itself.
 *
 * @param thread the name of the thread.
 * @param frames the outermost first, each with the mark of its kind that the converter leaves, such as {@code _[j]}.
 * @param samples how many were seen.
 */
record Stack(String thread, List<String> frames, long samples) {
    /** Instead of frames that drive what is measured. */
    static final String HARNESS = "harness";

    /** Instead of frames of the profiler. */
    static final String PROFILER = "async-profiler";

    /** Threads that do what is measured, by the names that the harness gives them. */
    private static final Pattern WORKER = Pattern.compile("(vcpu-\\d+|injector-\\d+|one-thread|ping|pong|waiter-\\d+)");

    private static final Pattern NAME = Pattern.compile("\\[(.*) tid=\\d+]");
    private static final Pattern NUMBER = Pattern.compile("-\\d+$");

    /** The mark of a frame's kind: compiled, inlined, the kernel's. */
    private static final Pattern KIND = Pattern.compile("_\\[.]$");

    private static final Pattern HARNESS_FRAME = Pattern.compile(
            "java/lang/Thread\\.run.*"
                    + "|org/interruptor/bench/(load|latency|trial|run|plan)/.*"
                    + "|org/interruptor/bench/baseline/(VcpuUnderTest|EngineUnderTest|TimerUnderTest|InterruptorEngine|Guest\\.).*"
                    + "|start_thread|clone3?|thread_native_entry.*|JavaThread::.*|JavaCalls::.*|Thread::call_run.*|call_stub.*");

    private static final Pattern PROFILER_FRAME = Pattern.compile(
            "(PerfEvents|WallClock|CTimer|ITimer|CpuEngine|Profiler|FlightRecorder|StackWalker)::.*|__restore_rt.*");

    /** Copies the list. */
    Stack {
        frames = List.copyOf(frames);
    }

    /**
     * Reads a line of the converter's collapsed form with threads.
     *
     * @return empty if it is something else.
     */
    static Optional<Stack> parse(String line) {
        int space = line.lastIndexOf(' ');
        if (space <= 0) {
            return Optional.empty();
        }
        String[] frames = line.substring(0, space).split(";", -1);
        var name = NAME.matcher(frames[0]);
        if (!name.matches()) {
            return Optional.empty();
        }
        List<String> own = Stream.of(frames).skip(1).toList();
        return Optional.of(new Stack(name.group(1), folded(own), Long.parseLong(line.substring(space + 1))));
    }

    private static List<String> folded(List<String> frames) {
        List<String> folded = new ArrayList<>();
        for (String frame : frames) {
            if (PROFILER_FRAME.matcher(frame).matches()) {
                folded.add(PROFILER);
                return folded;
            }
            boolean isHarness = HARNESS_FRAME.matcher(frame).matches();
            if (!isHarness) {
                folded.add(frame);
            } else if (folded.isEmpty() || !folded.get(folded.size() - 1).equals(HARNESS)) {
                folded.add(HARNESS);
            }
        }
        return folded;
    }

    /** Whether a thread did it that injects, or is a vCPU. */
    boolean isWorkers() {
        return WORKER.matcher(thread).matches();
    }

    /** The frame in which it ends: class and method, without its kind. */
    String top() {
        String last = frames.isEmpty() ? thread : frames.get(frames.size() - 1);
        return KIND.matcher(last).replaceAll("").replace('/', '.');
    }

    /** As a line for a flame graph: threads of a kind together, classes without their packages. */
    String toLine() {
        StringBuilder line = new StringBuilder(NUMBER.matcher(thread).replaceAll(""));
        frames.forEach(frame -> line.append(';').append(frame.substring(frame.lastIndexOf('/') + 1)));
        return line.append(' ').append(samples).toString();
    }
}
