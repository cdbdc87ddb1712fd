package org.interruptor.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pauses of a machine, counted. A lock orders pausers among themselves; no vCPU takes it unless the machine is paused.
 *
 * <p>Threads: any but a vCPU's.
 */
final class Pauses {
    private final AtomicInteger pauses = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rests = lock.newCondition();

    boolean isPaused() {
        return pauses.get() > 0;
    }

    /** A vCPU has come to rest while the machine is paused. */
    void vcpuRests() {
        lock.lock();
        try {
            rests.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Brings all vCPUs to rest; false, with nothing paused, if that took too long. */
    boolean begin(VcpuHandle[] vcpus, long timeoutNanos) throws InterruptedException {
        pauses.incrementAndGet(); // a full fence is behind it; partner: PauseGate.enter
        boolean areAtRest = false;
        lock.lock();
        try {
            for (VcpuHandle vcpu : vcpus) {
                vcpu.pause().callOut();
            }
            areAtRest = awaitRest(vcpus, timeoutNanos);
            return areAtRest;
        } finally {
            lock.unlock();
            if (!areAtRest) {
                end(vcpus);
            }
        }
    }

    private boolean awaitRest(VcpuHandle[] vcpus, long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        for (VcpuHandle vcpu : vcpus) {
            while (!vcpu.pause().isAtRest()) {
                if (left <= 0) {
                    return false;
                }
                left = rests.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)))
                        + Math.max(0, left - TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        return true;
    }

    /** Ends one pause. */
    void end(VcpuHandle[] vcpus) {
        int left = pauses.decrementAndGet();
        if (left < 0) {
            pauses.incrementAndGet();
            throw new IllegalStateException("resume() without pause()");
        }
        if (left == 0) {
            for (VcpuHandle vcpu : vcpus) {
                vcpu.pause().resumed();
            }
        }
    }
}
