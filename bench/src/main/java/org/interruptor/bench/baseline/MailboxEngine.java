package org.interruptor.bench.baseline;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.bench.plan.Signal;
import org.interruptor.memory.GuestMemory;

/**
 * A limit: one word on a cache line of its own, for one injector and one vCPU. The 64-bit parameter is the word, 0 is nothing
 * there. The vCPU looks at the word, or parks and is unparked at each injection.
 */
final class MailboxEngine implements EngineUnderTest, VcpuUnderTest {
    private static final long EMPTY = 0;

    private final GuestMemory storage = Guest.allocate(1);
    private final Sequence word = new Sequence(EMPTY);
    private final Sequence kicked = new Sequence(0);
    private final boolean parks;
    private final GuestCpu cpu;

    /** The vCPU's, once it serves. */
    private volatile Thread thread;

    /**
     * Sets it up.
     *
     * @param parks whether the vCPU parks; else it spins.
     */
    MailboxEngine(boolean parks, DeliveryObserver observer) {
        this.parks = parks;
        this.cpu = new GuestCpu(0, storage, observer);
    }

    @Override
    public boolean inject(Signal signal, int vcpu, int parameter, long parameter64) {
        if (word.get() != EMPTY) {
            return false;
        }
        if (parks) {
            word.setVolatile(parameter64);
            LockSupport.unpark(thread);
        } else {
            word.set(parameter64); // release
        }
        return true;
    }

    @Override
    public boolean isAttention() {
        return word.get() != EMPTY;
    }

    @Override
    public int deliver() {
        long parameter64 = word.get();
        if (parameter64 == EMPTY) {
            return 0;
        }
        cpu.perform(Signal.VIRTIO, (int) parameter64, parameter64);
        word.set(EMPTY);
        return 1;
    }

    @Override
    public boolean await() {
        thread = Thread.currentThread();
        while (word.get() == EMPTY && kicked.get() == 0) {
            if (parks) {
                LockSupport.park(this);
            } else {
                Thread.onSpinWait();
            }
        }
        return !kicked.compareAndSet(1, 0);
    }

    @Override
    public void kick() {
        kicked.setVolatile(1);
        LockSupport.unpark(thread);
    }

    @Override
    public void emergencyGate(boolean open) {
        cpu.emergencyGate(open);
    }

    @Override
    public long delivered(Signal signal) {
        return cpu.delivered(signal);
    }

    @Override
    public VcpuUnderTest vcpu(int id) {
        return this;
    }

    @Override
    public int vcpuCount() {
        return 1;
    }

    @Override
    public GuestMemory storage() {
        return storage;
    }

    @Override
    public void close() {
        storage.close();
    }
}
