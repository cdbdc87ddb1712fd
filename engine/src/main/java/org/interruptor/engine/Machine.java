package org.interruptor.engine;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.MachineEvents;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.observe.CountersFile;
import org.interruptor.engine.observe.CountersLayout;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Notifier;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.engine.wake.Waiters;
import org.interruptor.memory.GuestMemory;

/**
 * A virtual machine as its interruptions see it: storage, vCPUs, a clock, and the queue of floating interruptions that any
 * vCPU may take.
 *
 * <p>Threads: any, for every method. Injection never blocks, allocates or throws.
 *
 * <p>Progress: no injector waits for another. One that is stopped between claiming and publishing a floating interruption
 * hides those behind it from all vCPUs until it goes on.
 */
public final class Machine implements AutoCloseable {
    /** vCPUs that a machine can have at most. */
    public static final int MAX_VCPUS = HandOn.MAX_VCPUS;

    /** Machines built so far in this process. */
    private static final AtomicInteger BUILT = new AtomicInteger();

    private final int number = BUILT.incrementAndGet();
    private final MachineState state = new MachineState();
    private final GuestMemory storage;
    private final TodClock clock;
    private final FloatingRing floating;
    private final Waiters waiters;
    private final VcpuSet operating;
    private final Counters counters;
    private final Tell tell;
    private final VcpuHandle[] vcpus;
    private final Notifier notifier;
    private final CountersFile countersFile;
    private final Sampler sampler;

    Machine(MachineBuilder builder) {
        int count = builder.vcpus();
        storage = builder.storage();
        clock = builder.clock();
        floating = new FloatingRing(builder.floatingCapacity());
        waiters = new Waiters(count);
        operating = new VcpuSet(count);
        counters = new Counters(count);
        tell = new Tell(builder.listener(), builder.errorHandler(), new MachineEvents(number, count), counters);
        Arrivals[] arrivals = new Arrivals[count];
        WaitWord[] words = new WaitWord[count];
        for (int i = 0; i < count; i++) {
            arrivals[i] = new Arrivals();
            words[i] = new WaitWord(tell);
        }
        notifier = new Notifier(arrivals, words, waiters, operating);
        vcpus = new VcpuHandle[count];
        for (int i = 0; i < count; i++) {
            vcpus[i] = new VcpuHandle(i, this, builder, arrivals[i], words[i]);
            operating.add(i);
        }
        CountersLayout layout = new CountersLayout(count);
        sampler = new Sampler(this, layout);
        countersFile = builder.countersFile()
                        == null // the last, so that no file of a machine that was not built is left
                ? null
                : CountersFile.create(
                        builder.countersFile(), layout, number, builder.floatingCapacity(), builder.localCapacity());
    }

    /** To be called once the machine is whole. */
    void startSampling() {
        if (countersFile != null) {
            sampler.writeTo(countersFile);
            sampler.sampleUntilEnd(); // so that nobody reads a file without one
            SamplerThread.start(this, sampler, countersFile);
        }
    }

    /**
     * Begins to build a machine.
     *
     * @param storage its absolute storage; the machine does not close it.
     * @return a builder with defaults for everything else.
     */
    public static MachineBuilder builder(GuestMemory storage) {
        return new MachineBuilder(storage);
    }

    /**
     * Injects a service signal: external interruption 0x2401, for any vCPU.
     *
     * @param parameter external interruption parameter, 32 bits.
     * @return ACCEPTED, FULL or CLOSED.
     */
    public InjectResult injectService(int parameter) {
        return inject(InterruptionType.SERVICE_SIGNAL, parameter, 0);
    }

    /**
     * Injects a virtio completion: external interruption 0x2603, for any vCPU.
     *
     * @param parameter external interruption parameter, 32 bits.
     * @param parameter64 64-bit external interruption parameter.
     * @return ACCEPTED, FULL or CLOSED.
     */
    public InjectResult injectVirtio(int parameter, long parameter64) {
        return inject(InterruptionType.VIRTIO, parameter, parameter64);
    }

    /**
     * Injects by raw number: for front ends that pass on what they get.
     *
     * @param rawType see {@link InterruptionType#rawNumber()}; numbers that are not service signal or virtio are INVALID.
     * @param parameter 32 bits.
     * @param parameter64 64 bits, ignored for a service signal.
     * @return ACCEPTED, INVALID, FULL or CLOSED.
     */
    public InjectResult inject(int rawType, int parameter, long parameter64) {
        InterruptionType type = InterruptionType.ofRawNumber(rawType);
        if (type == null || !type.isFloating()) {
            return refuse(InjectResult.INVALID);
        }
        return inject(type, parameter, type.hasParameter64() ? parameter64 : 0);
    }

    private InjectResult inject(InterruptionType type, int parameter, long parameter64) {
        if (state.isClosed()) {
            return refuse(InjectResult.CLOSED);
        }
        Object event = tell.injecting();
        long sequence = floating.offer(type, parameter, parameter64);
        if (sequence == FloatingRing.NONE) {
            return refuse(InjectResult.FULL);
        }
        // Publishing is a release store; without the fence the look at the idle bits could pass it, and a vCPU that
        // opens its
        // wait would see neither. Pairs with the opening of the wait and the look behind it, in Waiting.
        VarHandle.fullFence();
        notifier.injected(Gate.SERVICE, sequence);
        tell.injected(event, EngineListener.MACHINE, type, parameter, parameter64);
        return InjectResult.ACCEPTED;
    }

    private InjectResult refuse(InjectResult result) {
        counters.refusedFloating();
        return result;
    }

    /**
     * A vCPU.
     *
     * @param id its number, 0 to {@link #vcpuCount} less 1.
     * @return its handle, for all threads; the one that {@link VcpuHandle#bind binds} it gets the {@link Vcpu}.
     * @throws IllegalArgumentException if there is none with that number.
     */
    public VcpuHandle vcpu(int id) {
        if (id < 0 || id >= vcpus.length) {
            throw new IllegalArgumentException("vCPU " + id + " does not exist: expected 0 to " + (vcpus.length - 1));
        }
        return vcpus[id];
    }

    /**
     * How many vCPUs the machine has.
     *
     * @return 0 or more.
     */
    public int vcpuCount() {
        return vcpus.length;
    }

    /**
     * Closes the machine. Injections are refused from now on, waiting vCPUs come out, deliveries end their pass, and what is
     * queued is discarded and counted. More than once does no harm. Storage stays as it is.
     */
    @Override
    public void close() {
        state.close();
        for (VcpuHandle vcpu : vcpus) {
            vcpu.closed();
        }
        if (countersFile != null) {
            sampler.end();
        }
    }

    /**
     * Whether the machine is closed.
     *
     * @return true from the beginning of the first {@link #close}.
     */
    public boolean isClosed() {
        return state.isClosed();
    }

    /**
     * The machine's number: by it events and counters files tell the machines of a process apart.
     *
     * @return 1 for the first machine that was built in this process, 2 for the next, and so on.
     */
    public int number() {
        return number;
    }

    /**
     * Guest storage.
     *
     * @return what the machine was built with.
     */
    public GuestMemory storage() {
        return storage;
    }

    /**
     * The clock that all vCPUs share.
     *
     * @return what the machine was built with.
     */
    public TodClock clock() {
        return clock;
    }

    /**
     * Floating interruptions ever accepted: those delivered, queued and discarded.
     *
     * @return how many.
     */
    public long floatingAccepted() {
        return floating.accepted();
    }

    /**
     * Floating interruptions queued.
     *
     * @return how many; 0 on a closed machine.
     */
    public long floatingQueued() {
        return isClosed() ? 0 : floating.queued();
    }

    /**
     * Floating interruptions discarded, by closing or by a fault of mapped storage.
     *
     * @return how many; exact as soon as all vCPU threads have come out of their deliveries, each of which may still take one.
     */
    public long floatingDiscarded() {
        return floatingDiscarded(isClosed());
    }

    long floatingDiscarded(boolean isClosed) {
        long discarded = isClosed ? floating.queued() : 0;
        for (int i = 0; i < vcpus.length; i++) {
            discarded += counters.get(i, Counter.FLOATING_DISCARDED_BY_FAULT);
        }
        return discarded;
    }

    /**
     * Floating injections refused as invalid, full or closed.
     *
     * @return how many.
     */
    public long floatingRefused() {
        return counters.floatingRefused();
    }

    /**
     * The floating interruptions that are queued, in queue order.
     *
     * @return a snapshot, empty on a closed machine.
     */
    public List<QueuedInterruption> queuedFloating() {
        return isClosed() ? List.of() : floating.snapshot();
    }

    /**
     * How many vCPUs are in the wait: a hint.
     *
     * @return 0 or more.
     */
    public int idleCount() {
        return waiters.idle().size();
    }

    /**
     * All counters, and a sample of all gauges, as of now. Allocates; no vCPU and no injector is held up.
     *
     * @return a snapshot.
     */
    public CountersSnapshot snapshot() {
        return sampler.snapshot();
    }

    /**
     * Why each vCPU does or does not run, in words, from what it shows to all threads: what it does, what is pending, which
     * gate holds each back, what would wake it. Of a vCPU that is not in the wait the registers are those of some moment.
     * Allocates; no vCPU and no injector is held up.
     *
     * @return some lines for each vCPU, each ended by a line feed.
     */
    public String explain() {
        CountersSnapshot snapshot = snapshot();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < vcpus.length; i++) {
            text.append(snapshot.explain(i));
        }
        return text.toString();
    }

    /**
     * Takes out the interruption state, for a snapshot or a migration. Changes nothing. The machine must be at rest: nobody
     * injects, and no thread of a vCPU is in a method of the engine; each vCPU was kicked out of its wait, and enters it again
     * afterwards, here or on the other machine, since its PSW says so. Threads: any, with a happens-before edge from those.
     *
     * @return the state; guest storage is not in it.
     * @throws IllegalStateException if the machine is closed or a vCPU is in the wait.
     */
    public SavedMachine save() {
        return new StateTransfer(this).save();
    }

    /**
     * Puts in the interruption state of another machine, in place of this one's: all, or nothing. Both have as many vCPUs and
     * as much storage, whose contents the embedder brings over; the capacities of the queues may differ, if what is queued
     * fits. A {@link org.interruptor.engine.clock.SettableTodClock} is set; with any other clock, the guest's time goes on
     * where it stood if the embedder adds {@code saved.tod() - clock().tod()} to the epoch of each vCPU. The machine must be
     * at rest, as for {@link #save}.
     *
     * @param saved the state.
     * @throws IllegalArgumentException if it does not fit; the message says why. Nothing has changed.
     * @throws IllegalStateException if this machine is closed or a vCPU is in the wait. Nothing has changed.
     */
    public void restore(SavedMachine saved) {
        new StateTransfer(this).restore(saved);
    }

    FloatingRing floating() {
        return floating;
    }

    Waiters waiters() {
        return waiters;
    }

    VcpuSet operating() {
        return operating;
    }

    Notifier notifier() {
        return notifier;
    }

    Counters counters() {
        return counters;
    }

    Tell tell() {
        return tell;
    }

    MachineState state() {
        return state;
    }
}
