package org.interruptor.tools.guest.device;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Machine;
import org.interruptor.engine.contract.InjectResult;

/**
 * The test device. Requests are completed in the order in which they came, each with the parameters that it brought, at least
 * {@link #interval} apart.
 *
 * <p>At most {@link #MAX_REQUESTS} are under way, from the request to the delivery of its completion: further ones are refused,
 * so that the device cannot fill the floating queue.
 *
 * <p>Threads: any, for all methods; completions come from the device's own.
 */
public final class TestDevice implements AutoCloseable {
    /** Requests that may be under way. */
    public static final int MAX_REQUESTS = 1024;

    private record Request(int parameter, long parameter64) {}

    private final Machine machine;
    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(MAX_REQUESTS);
    private final AtomicInteger underWay = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "test-device");
    private volatile long intervalNanos;

    /**
     * Starts the device.
     *
     * @param machine where its completions go.
     */
    public TestDevice(Machine machine) {
        this.machine = machine;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Sets the rate.
     *
     * @param nanos between two completions at least; 0 for as fast as it can.
     */
    public void interval(long nanos) {
        intervalNanos = nanos;
    }

    /**
     * Asks for a completion.
     *
     * @param parameter its external-interruption parameter, 32 bits.
     * @param parameter64 its 64-bit parameter.
     * @return false if too many are under way.
     */
    public boolean request(int parameter, long parameter64) {
        return begin() && requests.add(new Request(parameter, parameter64));
    }

    /**
     * Completes at once, on the calling thread, what the guest has not asked for.
     *
     * @param parameter the external-interruption parameter, 32 bits.
     * @param parameter64 the 64-bit parameter.
     * @return false if too many are under way, or the machine is closed.
     */
    public boolean complete(int parameter, long parameter64) {
        return begin() && machine.injectVirtio(parameter, parameter64) == InjectResult.ACCEPTED;
    }

    private boolean begin() {
        if (underWay.incrementAndGet() > MAX_REQUESTS) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A completion was delivered. */
    public void delivered() {
        underWay.decrementAndGet();
    }

    /**
     * A reset of the machine, which has discarded the completions: no request is under way. One that the device's thread has in its hands
     * is still completed. Threads: one, while no CPU operates.
     */
    public void reset() {
        requests.clear();
        underWay.set(0);
    }

    /**
     * Requests under way.
     *
     * @return how many have not been delivered yet.
     */
    public int underWay() {
        return underWay.get();
    }

    private void run() {
        long last = System.nanoTime() - intervalNanos;
        try {
            while (true) {
                Request request = requests.take();
                sleepUntil(last + intervalNanos);
                last = System.nanoTime();
                if (machine.injectVirtio(request.parameter, request.parameter64) == InjectResult.CLOSED) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = nanoTime - System.nanoTime();
        }
    }

    /** Ends the device's thread; what is under way is not completed. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
