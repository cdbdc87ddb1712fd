package org.interruptor.bench.baseline;

import com.lmax.disruptor.Sequence;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;

/**
 * A machine of the usual design: a queue of floating interruptions that all vCPUs share, a queue of local ones for each, an
 * idle bitset, and a rotation over the vCPUs where none is idle. What the queues are makes the baseline.
 *
 * <p>Its handling of closed gates is simpler than Interruptor's (nothing is handed on), which is in its favour; gates of
 * floating interruptions are never closed here.
 */
final class BaselineEngine implements EngineUnderTest {
    private final GuestMemory storage;
    private final InterruptionQueue floating;
    private final BaselineVcpu[] vcpus;
    private final AtomicLongArray idle;

    /** Puts all injections of the machine into one order; or null, if each queue has its own. */
    private final SpinLock order;

    /** The vCPU that the rotation chose last; lost steps do no harm. */
    private final Sequence rotation = new Sequence(0);

    /**
     * Sets a machine up.
     *
     * @param shared makes the floating queue, for a capacity.
     * @param local makes a local queue, for a capacity.
     * @param order puts all injections into one order; or null.
     */
    BaselineEngine(
            Load load,
            IntFunction<InterruptionQueue> shared,
            IntFunction<InterruptionQueue> local,
            SpinLock order,
            DeliveryObserver observer) {
        this.order = order;
        storage = Guest.allocate(load.vcpus());
        floating = shared.apply(load.floatingCapacity());
        idle = new AtomicLongArray((load.vcpus() + 63) >>> 6);
        WaitStrategy strategy = Waits.strategy(load.waitMode());
        // An emergency signal has no place of its own in the engine; here it has, so there must be room for the
        // backlog.
        int localCapacity = load.localCapacity() + load.backlog();
        vcpus = new BaselineVcpu[load.vcpus()];
        for (int i = 0; i < vcpus.length; i++) {
            GuestCpu cpu = new GuestCpu(i, storage, observer);
            vcpus[i] = new BaselineVcpu(i, cpu, local.apply(localCapacity), floating, idle, strategy);
        }
    }

    static BaselineEngine lists(Load load, DeliveryObserver observer) {
        return new BaselineEngine(load, SpinLockedList::new, SpinLockedList::new, new SpinLock(), observer);
    }

    static BaselineEngine lockedDeque(Load load, DeliveryObserver observer) {
        return new BaselineEngine(load, LockedDeque::new, LockedDeque::new, null, observer);
    }

    static BaselineEngine concurrentQueue(Load load, DeliveryObserver observer) {
        return ofChannels(load, Channel::concurrentLinkedQueue, observer);
    }

    static BaselineEngine mpmc(Load load, DeliveryObserver observer) {
        return ofChannels(load, Channel::mpmc, observer);
    }

    private static BaselineEngine ofChannels(Load load, IntFunction<Channel> channel, DeliveryObserver observer) {
        long gate = InterruptionType.VIRTIO.subclassMask();
        return new BaselineEngine(
                load,
                capacity -> new SharedQueue(channel.apply(capacity), gate),
                capacity -> new DrainedQueue(channel.apply(capacity)),
                null,
                observer);
    }

    @Override
    public boolean inject(Signal signal, int vcpu, int parameter, long parameter64) {
        Interruption interruption = new Interruption(signal, parameter, parameter64);
        if (order == null) {
            return inject(interruption, vcpu);
        }
        order.acquire();
        boolean accepted = inject(interruption, vcpu);
        order.release();
        return accepted;
    }

    private boolean inject(Interruption interruption, int vcpu) {
        if (interruption.signal.isFloating()) {
            if (!floating.offer(interruption)) {
                return false;
            }
            VarHandle.fullFence(); // publish; fence; look at the idle bits
            notifyOne();
        } else {
            if (!vcpus[vcpu].local().offer(interruption)) {
                return false;
            }
            VarHandle.fullFence();
            vcpus[vcpu].announce();
        }
        return true;
    }

    private void notifyOne() {
        for (int i = 0; i < idle.length(); i++) {
            for (long bits = idle.get(i); bits != 0; bits &= bits - 1) {
                if (vcpus[(i << 6) + Long.numberOfTrailingZeros(bits)].wake()) {
                    return;
                }
            }
        }
        int next = (int) ((rotation.get() + 1) % vcpus.length);
        rotation.set(next);
        vcpus[next].announce();
    }

    @Override
    public VcpuUnderTest vcpu(int id) {
        return vcpus[id];
    }

    @Override
    public int vcpuCount() {
        return vcpus.length;
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
