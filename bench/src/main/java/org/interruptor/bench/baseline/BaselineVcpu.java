package org.interruptor.bench.baseline;

import com.lmax.disruptor.Sequence;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.bench.plan.Signal;
import org.interruptor.engine.contract.WaitStrategy;

/** A vCPU of a {@link BaselineEngine}. */
final class BaselineVcpu extends PaddedFields implements VcpuUnderTest {
    private static final long RUNNING = 0;
    private static final long SPINNING = 1;
    private static final long PARKED = 2;

    private final int id;
    private final GuestCpu cpu;
    private final InterruptionQueue local;
    private final InterruptionQueue floating;
    private final AtomicLongArray idle;
    private final WaitStrategy strategy;

    // Padded words that other threads write.
    private final Sequence attention = new Sequence(0);
    private final Sequence state = new Sequence(RUNNING);
    private final Sequence kicked = new Sequence(0);

    /** Whom to wake; written before the wait opens. */
    private Thread thread;

    private int spins;

    BaselineVcpu(
            int id,
            GuestCpu cpu,
            InterruptionQueue local,
            InterruptionQueue floating,
            AtomicLongArray idle,
            WaitStrategy strategy) {
        this.id = id;
        this.cpu = cpu;
        this.local = local;
        this.floating = floating;
        this.idle = idle;
        this.strategy = strategy;
        this.spins = strategy.firstSpins();
    }

    InterruptionQueue local() {
        return local;
    }

    // Any thread; what it announces is published, and a full fence is behind it.

    /** Something came for this vCPU. */
    void announce() {
        if (!wake() && attention.get() == 0) {
            attention.setVolatile(1);
        }
    }

    /** Ends the wait, if it is in one and nobody else has ended it. */
    boolean wake() {
        if (state.get() == RUNNING) {
            return false;
        }
        if (state.compareAndSet(SPINNING, RUNNING)) {
            attention.setVolatile(1);
            return true;
        }
        if (state.compareAndSet(PARKED, RUNNING)) {
            attention.setVolatile(1);
            LockSupport.unpark(thread);
            return true;
        }
        return false;
    }

    @Override
    public void kick() {
        kicked.setVolatile(1);
        announce();
    }

    @Override
    public long delivered(Signal signal) {
        return cpu.delivered(signal);
    }

    // The vCPU's own thread.

    @Override
    public boolean isAttention() {
        return attention.get() != 0;
    }

    @Override
    public int deliver() {
        attention.setVolatile(0); // clear; fence; look
        return deliverFrom(local) + deliverFrom(floating);
    }

    private int deliverFrom(InterruptionQueue queue) {
        if (queue.isEmpty()) {
            return 0;
        }
        int count = 0;
        Interruption interruption = queue.take(cpu.openGates());
        while (interruption != null) {
            cpu.perform(interruption);
            count++;
            interruption = queue.take(cpu.openGates());
        }
        return count;
    }

    private boolean isTakeable() {
        long openGates = cpu.openGates();
        return local.isTakeable(openGates) || floating.isTakeable(openGates);
    }

    private boolean isKicked() {
        if (kicked.get() == 0) {
            return false;
        }
        kicked.setVolatile(0);
        return true;
    }

    @Override
    public boolean await() {
        thread = Thread.currentThread();
        while (true) {
            if (isKicked()) {
                return false;
            }
            if (isTakeable()) {
                return true;
            }
            open();
            if (kicked.get() == 0 && !isTakeable()) {
                sleep();
            }
            leave();
        }
    }

    private void open() {
        idle.getAndAccumulate(id >>> 6, 1L << id, (word, bit) -> word | bit);
        state.setVolatile(SPINNING); // open; fence; look again
    }

    @SuppressWarnings("ThreadPriorityCheck") // as the engine does
    private void sleep() {
        for (int i = 0; i < spins || spins == WaitStrategy.WITHOUT_END; i++) {
            if (state.get() != SPINNING) {
                spins = strategy.nextSpins(spins, 0);
                return;
            }
            Thread.onSpinWait();
        }
        for (int i = strategy.yields(); i > 0; i--) {
            Thread.yield();
            if (state.get() != SPINNING) {
                spins = strategy.nextSpins(spins, 0);
                return;
            }
        }
        if (state.compareAndSet(SPINNING, PARKED)) {
            long start = System.nanoTime();
            while (state.get() == PARKED) {
                LockSupport.park(this);
            }
            spins = strategy.nextSpins(spins, Math.max(1, System.nanoTime() - start));
        }
    }

    private void leave() {
        state.setVolatile(RUNNING);
        idle.getAndAccumulate(id >>> 6, ~(1L << id), (word, others) -> word & others);
    }

    @Override
    public void emergencyGate(boolean open) {
        cpu.emergencyGate(open);
    }
}
