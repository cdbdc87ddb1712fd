package org.interruptor.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long threads of a round are waited for. */
@Timeout(60)
class WorkersTest {
    private static final long JOIN_MILLIS = 50;
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final CountDownLatch ended = new CountDownLatch(1);

    private Workers working() {
        Workers workers = new Workers(Placement.ANYWHERE, 1, JOIN_MILLIS);
        workers.start("worker", () -> {
            long end = System.nanoTime() + WORK_NANOS;
            for (long left = WORK_NANOS; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            ended.countDown();
        });
        return workers;
    }

    @Test
    void whoWorksAsLongAsSaidIsWaitedFor() {
        working().join(TimeUnit.SECONDS.toNanos(30));
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void whoDoesNotEndIsRefused() throws InterruptedException {
        Workers workers = working();
        assertThatExceptionOfType(MeasurementRefused.class)
                .isThrownBy(workers::join)
                .withMessage("thread worker did not end");
        ended.await();
    }
}
