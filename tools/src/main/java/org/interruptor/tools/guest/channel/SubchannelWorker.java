package org.interruptor.tools.guest.channel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What the thread of a device does: takes the functions of its subchannel, executes channel programs, lets the device work off its
 * queues, offers interruptions again that are owed, and carries out subsystem reset.
 *
 * <p>Threads: {@link #work} is the device's; all else any.
 */
final class SubchannelWorker implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 1_000_000;
    private static final long OFFER_AGAIN_NANOS = 50_000;

    private final SubchannelState state;
    private final ChannelDevice device;
    private final DeviceStorage storage;
    private final Measurements measurements;
    private final DeviceThread thread;

    /** Who waits for a reset to be carried out; null for nobody. */
    private final AtomicReference<Thread> resetting = new AtomicReference<>();

    /** The device's thread's: the program that is executed or suspended. */
    private ChannelProgram program;

    SubchannelWorker(
            String name,
            SubchannelState state,
            ChannelDevice device,
            DeviceStorage storage,
            Measurements measurements,
            Consumer<Throwable> errors) {
        this.state = state;
        this.device = device;
        this.storage = storage;
        this.measurements = measurements;
        thread = new DeviceThread(name, this::work, errors);
    }

    void start() {
        thread.start();
    }

    void wake() {
        thread.wake();
    }

    private void work() {
        Thread waiting = resetting.get();
        if (waiting != null) {
            program = null;
            device.reset();
            resetting.set(null);
            LockSupport.unpark(waiting);
            return;
        }
        while (prepared()) {
            program.run();
        }
        device.work();
        if (state.isInterruptionOwed()) {
            offerAgain();
        }
    }

    /** Offers an interruption that is owed. If it is refused again, the thread comes back soon. */
    private void offerAgain() {
        state.offerInterruption();
        if (state.isInterruptionOwed()) {
            LockSupport.parkNanos(this, OFFER_AGAIN_NANOS);
            thread.wake();
        }
    }

    /** Whether there is a program to be run. */
    private boolean prepared() {
        switch (state.nextTask()) {
            case BEGIN -> {
                if (state.takeEnabled()) {
                    device.enabled();
                }
                Orb orb = state.orb();
                ProgramCursor cursor = new ProgramCursor(storage, orb);
                Transfer transfer = new Transfer(storage, cursor, orb, state.limitMode(), measurements.addressLimit());
                program = new ChannelProgram(this, orb, cursor, transfer);
            }
            case RESUME -> {}
            case DROP -> {
                program = null;
                return false;
            }
            case NONE -> {
                return false;
            }
        }
        return program != null;
    }

    // Of the program.

    SubchannelState state() {
        return state;
    }

    ChannelDevice device() {
        return device;
    }

    boolean isCalledOff() {
        return isStopping() || state.isCalledOff();
    }

    void ended(int ccwAddress, int deviceStatus, int subchannelStatus, int count) {
        program = null;
        state.ended(ccwAddress, deviceStatus, subchannelStatus, count, measurements);
    }

    /** Whether the machine is being reset or closed. */
    boolean isStopping() {
        return thread.isClosed() || resetting.get() != null;
    }

    /** Asks the device's thread to reset the device, and waits until it has. Threads: one at a time. */
    void reset() {
        resetting.set(Thread.currentThread());
        thread.wake();
        while (resetting.get() != null && !thread.isClosed()) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
        }
        resetting.set(null);
    }

    /** Ends the thread, then closes the device. */
    @Override
    public void close() {
        thread.close();
        device.close();
    }
}
