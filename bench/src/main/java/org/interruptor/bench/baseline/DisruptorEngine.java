package org.interruptor.bench.baseline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.interruptor.memory.GuestMemory;

/**
 * A limit: a bare Disruptor ring for many producers, and its batch processor as the one vCPU. The processor's thread spins at
 * the ring; nobody is chosen, woken or told.
 */
final class DisruptorEngine implements EngineUnderTest {
    /** One interruption in the ring. */
    private static final class Slot {
        int parameter;
        long parameter64;
    }

    private final GuestMemory storage = Guest.allocate(1);
    private final RingBuffer<Slot> ring;
    private final Processor processor;

    DisruptorEngine(Load load, DeliveryObserver observer) {
        // The strategy of which the signal is an empty method: publishing takes no monitor.
        ring = RingBuffer.createMultiProducer(Slot::new, load.floatingCapacity(), new BusySpinWaitStrategy());
        processor = new Processor(new GuestCpu(0, storage, observer), ring);
    }

    @Override
    public boolean inject(Signal signal, int vcpu, int parameter, long parameter64) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) { // one shared instance without a stack trace
            return false;
        }
        Slot slot = ring.get(sequence);
        slot.parameter = parameter;
        slot.parameter64 = parameter64;
        ring.publish(sequence);
        return true;
    }

    @Override
    public VcpuUnderTest vcpu(int id) {
        return processor;
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

    /** The vCPU: it lives in the batch processor's loop. */
    private static final class Processor implements VcpuUnderTest, EventHandler<Slot> {
        private final GuestCpu cpu;
        private final BatchEventProcessor<Slot> loop;
        private VcpuDuty duty;
        private int batch;

        /** From before the loop is entered until it is left. */
        private volatile boolean serving;

        Processor(GuestCpu cpu, RingBuffer<Slot> ring) {
            this.cpu = cpu;
            loop = new BatchEventProcessorBuilder().build(ring, ring.newBarrier(), this);
            ring.addGatingSequences(loop.getSequence());
        }

        @Override
        public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
            if ((cpu.openGates() & Guest.typeOf(Signal.VIRTIO).subclassMask()) == 0) {
                throw new IllegalStateException(
                        "a gate was closed, and a batch processor cannot leave an event behind");
            }
            cpu.perform(Signal.VIRTIO, slot.parameter, slot.parameter64);
            batch++;
            if (endOfBatch) {
                duty.delivered(batch);
                batch = 0;
            }
        }

        @Override
        public void serve(VcpuDuty own) {
            duty = own;
            serving = true;
            while (!own.isOver()) {
                loop.run();
            }
            serving = false;
        }

        /** A loop that is halted before it runs would never run again. */
        @Override
        public void kick() {
            while (serving && !loop.isRunning()) {
                Thread.onSpinWait();
            }
            if (serving) {
                loop.halt();
            }
        }

        @Override
        public long delivered(Signal signal) {
            return cpu.delivered(signal);
        }

        @Override
        public boolean isAttention() {
            throw onlyServes();
        }

        @Override
        public int deliver() {
            throw onlyServes();
        }

        @Override
        public boolean await() {
            throw onlyServes();
        }

        @Override
        public void emergencyGate(boolean open) {
            throw onlyServes();
        }

        private static UnsupportedOperationException onlyServes() {
            return new UnsupportedOperationException("a batch processor has a loop of its own: it only serves");
        }
    }
}
