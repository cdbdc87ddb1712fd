package org.interruptor.tools.model;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a result of what must not happen, too: a replay that throws, and one that does not come back. Then the scenario and its
 * seed can still be told.
 */
final class TimeLimitedReplayer implements Replayer {

    private static final int STATUS_NONE = -1;

    private final Replayer replayer;
    private final Duration limit;

    TimeLimitedReplayer(Replayer replayer, Duration limit) {
        this.replayer = replayer;
        this.limit = limit;
    }

    @Override
    public Result replay(String name, String text) {
        FutureTask<Result> task = new FutureTask<>(() -> replayer.replay(name, text));
        Thread thread = new Thread(task, "replay of " + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            StringBuilder where = new StringBuilder("no answer within ").append(limit);
            for (StackTraceElement frame : thread.getStackTrace()) {
                where.append("\n    at ").append(frame);
            }
            return new Result(List.of(), where.toString(), STATUS_NONE);
        } catch (ExecutionException thrown) {
            StringWriter trace = new StringWriter();
            thrown.getCause().printStackTrace(new PrintWriter(trace, true));
            return new Result(List.of(), trace.toString(), STATUS_NONE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Result(List.of(), "interrupted", STATUS_NONE);
        }
    }
}
