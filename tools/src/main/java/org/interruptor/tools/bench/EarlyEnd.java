package org.interruptor.tools.bench;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.interruptor.bench.run.Interruption;

/** Work that cannot end early, and is not waited for any more when the JVM is to end. Threads: one. */
final class EarlyEnd {
    private volatile CompletableFuture<?> current = new CompletableFuture<>();

    EarlyEnd() {
        Interruption.endBy(() -> current.cancel(false));
    }

    /**
     * Does some work, on a thread of its own.
     *
     * @return what it gives; nothing if the JVM is to end: then it goes on meanwhile.
     */
    <T> Optional<T> await(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        current = result;
        if (Interruption.isRequested()) {
            return Optional.empty();
        }
        Thread thread = new Thread(() -> complete(result, work), "trial");
        thread.setDaemon(true);
        thread.start();
        try {
            return Optional.of(result.join());
        } catch (CancellationException early) {
            return Optional.empty();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw failed;
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error thrown) {
            result.completeExceptionally(thrown);
        }
    }
}
