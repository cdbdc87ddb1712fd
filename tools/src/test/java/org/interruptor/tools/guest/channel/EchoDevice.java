package org.interruptor.tools.guest.channel;

import java.util.concurrent.CountDownLatch;

/** A device for tests: takes bytes, gives them back, rejects, waits. */
final class EchoDevice implements ChannelDevice {
    static final int TAKE = 0x01;
    static final int GIVE = 0x02;
    static final int GIVE_ALL = 0x0a;
    static final int CONTROL = 0x07;
    static final int WAIT = 0x0b;
    static final int CAPACITY = 16;

    private final byte[] held = new byte[CAPACITY];
    private volatile int length;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean waitsInWork;
    private volatile int enabledCount;
    private volatile int resetCount;
    private volatile int workCount;

    int held() {
        return length;
    }

    int enabledCount() {
        return enabledCount;
    }

    int resetCount() {
        return resetCount;
    }

    int workCount() {
        return workCount;
    }

    /** The next time that it works it waits. */
    void waitInWork() {
        waitsInWork = true;
    }

    private void waitForRelease() {
        arrived.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitArrival() throws InterruptedException {
        arrived.await();
    }

    void release() {
        released.countDown();
    }

    @Override
    public int controlUnitType() {
        return 0x1234;
    }

    @Override
    public int controlUnitModel() {
        return 0x56;
    }

    @Override
    public int execute(int command, Transfer transfer) {
        switch (command) {
            case TAKE -> length = transfer.fetch(held, CAPACITY);
            case GIVE -> transfer.storeAvailable(held, length);
            case GIVE_ALL -> transfer.store(held, length);
            case CONTROL -> {}
            case WAIT -> waitForRelease();
            default -> {
                return COMMAND_REJECT;
            }
        }
        return DONE;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void enabled() {
        enabledCount++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void reset() {
        resetCount++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void work() {
        workCount++;
        if (waitsInWork) {
            waitForRelease();
        }
    }

    @Override
    public boolean notified(long queue) {
        return queue == 0;
    }
}
