package org.interruptor.tools.guest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Whether the guest runs, and how it ended: whoever says so first.
 *
 * <p>Threads: any.
 */
final class Ending {
    private final CompletableFuture<GuestEnd> end = new CompletableFuture<>();
    private final Supplier<String> explain;

    /** {@code explain} tells what the CPUs are doing, some lines; for a guest that is stuck. */
    Ending(Supplier<String> explain) {
        this.explain = explain;
    }

    void end(GuestEnd how) {
        end.complete(how);
    }

    /** It will not end by itself. */
    void stuck(String sentence) {
        end(new GuestEnd(GuestEnd.Reason.STUCK, sentence + "\n" + explain.get()));
    }

    /** Something broke that is no fault of the guest's. */
    void failed(Throwable thrown) {
        end.completeExceptionally(thrown);
    }

    /**
     * Waits for the end, and makes one if it does not come.
     *
     * @param timeout null for as long as it takes.
     * @throws InterruptedException if the calling thread is interrupted; that ends the guest too.
     */
    GuestEnd await(Duration timeout) throws InterruptedException {
        try {
            return timeout == null ? end.get() : end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            stuck("the guest has not ended within " + timeout.toMillis() / 1000.0 + " s");
            return await(null);
        } catch (InterruptedException e) {
            end(new GuestEnd(GuestEnd.Reason.STUCK, "the machine was interrupted"));
            throw e;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static RuntimeException rethrown(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
