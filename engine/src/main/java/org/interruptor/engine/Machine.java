package org.interruptor.engine;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.clock.MachineClock;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.cpu.SignalProcessor;
import org.interruptor.engine.event.MachineEvents;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Latencies;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.observe.CountersFile;
import org.interruptor.engine.observe.CountersLayout;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.queue.Subchannel;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Notifier;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.engine.wake.Waiters;
import org.interruptor.memory.GuestMemory;

/**
 * A virtual machine: storage, vCPUs, a clock, and the floating interruptions, which any vCPU may take.
 *
 * <p>Threads: any, for every method. Injection never blocks, allocates or throws.
 *
 * <p>Progress: no injector waits for another. If the thread of an injector is stopped between claiming and publishing a floating
 * interruption, later ones in the same queue stay hidden from all vCPUs until that thread goes on.
 */
public final class Machine implements AutoCloseable {
    /** The maximum number of vCPUs of a machine. */
    public static final int MAX_VCPUS = HandOn.MAX_VCPUS;

    /** Machines built so far in this process. */
    private static final AtomicInteger BUILT = new AtomicInteger();

    private final int number = BUILT.incrementAndGet();
    private final MachineState state = new MachineState();
    private final GuestMemory storage;
    private final Rules rules;
    private final MachineClock clock;
    private final Floating floating;
    private final Waiters waiters;
    private final VcpuSet operating;
    private final Counters counters;
    private final Tell tell;
    private final VcpuHandle[] vcpus;
    private final Notifier notifier;
    private final CountersFile countersFile;
    private final Sampler sampler;
    private final Pauses pauses = new Pauses();
    private final SignalProcessor signals;
    private final FloatingInjection injection;
    private final MachineReset reset;
    private final Sources sourceMaker;
    private final FloatingBooks books;

    /** Null where nobody asks for times. */
    private final Latencies latencies;

    private final LatencyThread latencyThread;

    Machine(MachineBuilder builder) {
        int count = builder.vcpus();
        storage = builder.storage();
        rules = builder.rules();
        sourceMaker = new Sources(this, builder.ioSources());
        latencies = builder.latencyLog() == null ? null : new Latencies(count, rules == Rules.ARCHITECTURE);
        clock = new MachineClock(builder.clock());
        floating = new Floating(builder.floatingCapacity(), builder.ioSources());
        waiters = new Waiters(count, floating.gates());
        operating = new VcpuSet(count);
        counters = new Counters(count);
        tell = new Tell(
                builder.listener(),
                builder.errorHandler(),
                new MachineEvents(number, count),
                counters,
                rules == Rules.ARCHITECTURE ? builder.cpuAddresses() : new int[0]);
        Arrivals[] arrivals = new Arrivals[count];
        WaitWord[] words = new WaitWord[count];
        for (int i = 0; i < count; i++) {
            arrivals[i] = new Arrivals();
            words[i] = new WaitWord(tell);
        }
        notifier = new Notifier(arrivals, words, waiters, operating);
        injection = new FloatingInjection(this);
        books = new FloatingBooks(this, count, sourceMaker.subchannels());
        vcpus = new VcpuHandle[count];
        for (int i = 0; i < count; i++) {
            vcpus[i] = new VcpuHandle(i, this, builder, arrivals[i], words[i]);
            if (!builder.isStopped()) {
                operating.add(i);
            }
        }
        signals = new SignalProcessor(
                Arrays.stream(vcpus).map(VcpuHandle::signalTarget).toArray(SignalProcessor.Cpu[]::new),
                storage,
                counters,
                tell);
        reset = new MachineReset(this, count);
        CountersLayout layout = new CountersLayout(count);
        sampler = new Sampler(this, layout);
        // The last, so that no file of a machine that was not built is left.
        countersFile = builder.countersFile() == null
                ? null
                : CountersFile.create(
                        builder.countersFile(), layout, number, builder.floatingCapacity(), builder.localCapacity());
        latencyThread = latencies == null ? null : LatencyThread.create(this, builder.latencyLog());
    }

    /** To be called once the machine is whole. */
    void startSampling() {
        if (countersFile != null) {
            sampler.writeTo(countersFile);
            sampler.sampleUntilEnd(); // so that nobody reads a file without one
            SamplerThread.start(this, sampler, countersFile);
        }
        if (latencyThread != null) {
            latencyThread.start();
        }
    }

    /**
     * Creates a builder of a machine.
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
        return injection.queued(InterruptionType.SERVICE_SIGNAL, parameter, 0);
    }

    /**
     * Injects a virtio completion: external interruption 0x2603, for any vCPU.
     *
     * @param parameter external interruption parameter, 32 bits.
     * @param parameter64 64-bit external interruption parameter.
     * @return ACCEPTED, FULL or CLOSED.
     */
    public InjectResult injectVirtio(int parameter, long parameter64) {
        return injection.queued(InterruptionType.VIRTIO, parameter, parameter64);
    }

    /**
     * Injects by raw number: for front ends that pass on numbers from outside. Original rules: service signal and virtio only.
     *
     * <pre>
     *  0xffff0040 interrupt key      0xffff2401 service signal      0xfffe0005 page-fault completion: parameter64 is the token
     *  0xffff1406 timing alert       0xffff2603 virtio              0xfffe1000 channel report: parameter64 is its code, 0x0040000000000000
     *  0x00000000 to 0xfffdffff I/O: parameter is the subsystem-identification word, parameter64 the interruption parameter and,
     *      in its lower half, the identification word; 0x04000000 is an adapter interruption
     * </pre>
     *
     * @param rawType see {@link InterruptionType#rawNumber()}; other numbers are INVALID.
     * @param parameter 32 bits.
     * @param parameter64 64 bits, ignored where the type has none.
     * @return ACCEPTED, COALESCED, INVALID, CLOSED, or FULL, also where an I/O interruption needs one more source than the builder allows.
     */
    public InjectResult inject(int rawType, int parameter, long parameter64) {
        return injection.raw(rawType, parameter, parameter64);
    }

    /**
     * Injects the interrupt key: external interruption 0x0040, for any vCPU. Architecture rules.
     *
     * @return ACCEPTED; COALESCED if one is pending; INVALID under original rules; CLOSED.
     */
    public InjectResult injectInterruptKey() {
        return injection.interruptKey();
    }

    /**
     * Injects a timing alert: external interruption 0x1406, for any vCPU. Architecture rules.
     *
     * @param parameter bits, ORed to those that are pending.
     * @return ACCEPTED; COALESCED if one is pending; INVALID under original rules; CLOSED.
     */
    public InjectResult injectTimingAlert(int parameter) {
        return injection.timingAlert(parameter);
    }

    /**
     * Injects a service event: external interruption 0x2401, for any vCPU. Architecture rules.
     *
     * @param eventBits 1 to 3, ORed to those that are pending.
     * @return ACCEPTED; COALESCED if one is pending; INVALID for other bits or under original rules; CLOSED.
     */
    public InjectResult injectServiceEvent(int eventBits) {
        return injection.serviceEvent(eventBits);
    }

    /**
     * Injects a page-fault completion: external interruption 0x2603, for any vCPU. It queues with service signals and virtio.
     * Architecture rules.
     *
     * @param token 64 bits.
     * @return ACCEPTED, INVALID under original rules, FULL or CLOSED.
     */
    public InjectResult injectPageFaultCompletion(long token) {
        return injection.pageFaultCompletion(token);
    }

    /**
     * Injects a channel report pending: a machine check, for any vCPU. Architecture rules.
     *
     * @return ACCEPTED; COALESCED if one is pending; INVALID under original rules; CLOSED.
     */
    public InjectResult injectChannelReport() {
        return injection.channelReport();
    }

    // I/O: architecture rules.

    /**
     * The sources by which devices interrupt without knowing the machine.
     *
     * @return what makes them.
     */
    public Sources sources() {
        return sourceMaker;
    }

    /** Has a source called when there is space in the service ring; false if there is space already, or the machine is closed. */
    boolean whenSpace(Runnable callback) {
        if (callback == null) {
            throw new IllegalArgumentException("callback=null: expected what to call when there is space");
        }
        return floating.space()
                .register(callback, () -> isClosed() || floating.service().hasSpace());
    }

    /** Calls the sources that wait for space. */
    private void spaceMade() {
        if (floating.space().isAny()) {
            floating.space().callAll(tell::wokenUp);
        }
    }

    /**
     * The I/O interruption source of a subchannel, made at the first call.
     *
     * @param subsystemId its subsystem-identification word, 32 bits.
     * @return the one source of it.
     * @throws IllegalStateException under original rules, or if the machine has as many sources as the builder allows.
     */
    public IoSource subchannel(int subsystemId) {
        return sourceMaker.subchannel(subsystemId);
    }

    InjectResult injectIo(Subchannel source, int parameter, int word) {
        return injection.io(source, parameter, word);
    }

    /**
     * Injects an adapter interruption: at most one is pending for each subclass. Architecture rules. Ordering: always a full fence, so
     * the handler sees what the caller has stored before.
     *
     * @param subclass I/O interruption subclass, 0 to 7.
     * @param isSuppressible whether the adapter heeds the suppression mode.
     * @return ACCEPTED; COALESCED if one is pending; SUPPRESSED; INVALID for another subclass or under original rules; CLOSED.
     */
    public InjectResult injectAdapter(int subclass, boolean isSuppressible) {
        return injection.adapter(subclass, isSuppressible);
    }

    /**
     * Sets the suppression mode of the adapter interruptions of a subclass.
     *
     * @param subclass 0 to 7.
     * @param isSingle true, mode single: an accepted one suppresses later ones; false, mode all: none is suppressed.
     */
    public void suppression(int subclass, boolean isSingle) {
        if ((subclass & ~7) != 0) {
            throw new IllegalArgumentException("subclass=" + subclass + ": expected 0 to 7");
        }
        floating.suppression(subclass, isSingle);
    }

    /**
     * A route for the adapter interruptions of one device: an indicator bit and a summary bit in guest storage. Architecture rules.
     *
     * @param indicator byte address of the indicator, absolute.
     * @param indicatorBit its mask, 8 bits.
     * @param summary byte address of the summary, absolute.
     * @param summaryBit its mask, 8 bits.
     * @param subclass 0 to 7.
     * @param isSuppressible whether the adapter heeds the suppression mode.
     * @return the route.
     * @throws IllegalArgumentException if an address is outside storage, or the subclass is another one.
     * @throws IllegalStateException under original rules.
     */
    public AdapterRoute adapterRoute(
            long indicator, int indicatorBit, long summary, int summaryBit, int subclass, boolean isSuppressible) {
        needArchitecture("adapterRoute");
        return new AdapterRoute(
                this, indicator, (byte) indicatorBit, summary, (byte) summaryBit, subclass, isSuppressible);
    }

    // CPUs: architecture rules.

    /**
     * SIGNAL PROCESSOR. Source: Principles of Operation, chapter Control. Threads: the sender's own. Never waits for the addressed CPU.
     *
     * @param sender the number of the vCPU that signals.
     * @param cpuAddress 16 bits.
     * @param order 8 bits.
     * @param parameter 64 bits.
     * @return the condition code in the low 2 bits; if it is 1, the status in the upper 32 bits: {@link #statusOf}. A closed machine
     *     returns condition code 2.
     * @throws IllegalStateException under original rules.
     */
    public long signalProcessor(int sender, int cpuAddress, int order, long parameter) {
        needArchitecture("signalProcessor");
        if (sender < 0 || sender >= vcpus.length) {
            throw new IllegalArgumentException("sender=" + sender + ": expected 0 to " + (vcpus.length - 1));
        }
        return state.isClosed() ? 2 : signals.signal(sender, cpuAddress, order, parameter);
    }

    /**
     * The condition code in a result of {@link #signalProcessor}.
     *
     * @param answer the result.
     * @return 0 to 3.
     */
    public static int conditionCodeOf(long answer) {
        return (int) answer & 3;
    }

    /**
     * The status in a result of {@link #signalProcessor}.
     *
     * @param answer the result.
     * @return 32 bits; 0 unless the condition code is 1.
     */
    public static int statusOf(long answer) {
        return (int) (answer >>> 32);
    }

    void needArchitecture(String what) {
        if (rules != Rules.ARCHITECTURE) {
            throw new IllegalStateException(what + "() needs architecture rules, this machine has original ones");
        }
    }

    /**
     * How many CPUs operate.
     *
     * @return 0 or more: those that are neither stopped nor in load or check stop.
     */
    public int operatingCount() {
        int count = 0;
        for (VcpuHandle vcpu : vcpus) {
            count += vcpu.isOperating() ? 1 : 0;
        }
        return count;
    }

    /**
     * Resets the machine: every CPU carries out the reset; the last one then clears the floating conditions and calls {@code whenDone}.
     * Never waits. A reset during a reset joins it; the stronger kind wins. The embedder resets storage. Architecture rules. A closed
     * machine has nothing left to reset: it calls {@code whenDone} at once. Closing calls it for resets that are under way.
     *
     * @param kind of the reset.
     * @param whenDone called once, by the thread of the last CPU, or by the one that closes the machine or finds it closed; must not
     *     block.
     * @throws IllegalStateException under original rules.
     */
    public void reset(ResetKind kind, Runnable whenDone) {
        needArchitecture("reset");
        if (whenDone == null) {
            throw new IllegalArgumentException("whenDone=null: expected what to call when all CPUs are reset");
        }
        reset.begin(kind, whenDone);
    }

    MachineReset machineReset() {
        return reset;
    }

    void resetDone(int vcpu) {
        reset.done(vcpu);
    }

    /** Subsystem reset: clears the floating conditions and sets every suppression mode to all. Touches no CPU. Architecture rules. */
    public void resetSubsystem() {
        needArchitecture("resetSubsystem");
        clearFloating();
    }

    void clearFloating() {
        counters.addFloating(Counters.DISCARDED, floating.clear());
        if (latencies != null) {
            latencies.since().forget(Since.MACHINE);
        }
        spaceMade();
    }

    /**
     * Sets the machine's clock, for SET CLOCK and for hosts whose clock was set: changes one epoch that every reading adds. Sets the
     * attention of every vCPU, and ends waits that have the clock comparator's gate open, as ready: the vCPU looks at the comparator
     * anew. The epochs of single vCPUs and the CPU timers do not change. A closed machine's clock is set too.
     *
     * @param tod TOD format, 64 bits.
     */
    public void setClock(long tod) {
        clock.set(tod);
        for (VcpuHandle vcpu : vcpus) {
            vcpu.clockWasSet();
        }
    }

    /**
     * Stops all vCPUs between two instructions and takes them out of their waits. During the pause injections and orders are accepted and
     * wake no vCPU. Pauses are counted. A vCPU that is not in {@link Vcpu#run} or {@link Vcpu#step} is at rest; on a
     * closed machine all are, as soon as they have returned. Threads: any but those of vCPUs.
     *
     * @param timeoutNanos the maximum time to wait for the vCPUs.
     * @return true if all vCPUs are paused, until {@link #resume}; false if the time was up, and nothing is paused.
     * @throws InterruptedException if the calling thread is interrupted; nothing is paused then.
     */
    public boolean pause(long timeoutNanos) throws InterruptedException {
        needArchitecture("pause");
        return pauses.begin(vcpus, timeoutNanos);
    }

    /**
     * Ends one pause.
     *
     * @throws IllegalStateException if the machine is not paused.
     */
    public void resume() {
        pauses.end(vcpus);
    }

    /**
     * The rules that the machine follows.
     *
     * @return what it was built with.
     */
    public Rules rules() {
        return rules;
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
     * Closes the machine: refuses later injections, ends waits and passes, discards queued interruptions and counts them. A second
     * call has no effect. The storage stays open.
     */
    @Override
    public void close() {
        state.close();
        for (VcpuHandle vcpu : vcpus) {
            vcpu.closed();
        }
        spaceMade(); // who waits for space is refused from now on
        reset.closed();
        if (countersFile != null) {
            sampler.end();
        }
        if (latencyThread != null) {
            latencyThread.end();
        }
    }

    /** Null where nobody asks for times. */
    Latencies latencies() {
        return latencies;
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
     * The machine's number in its process, which events and counters files contain.
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
        return clock.embedders();
    }

    /**
     * Floating interruptions ever accepted: those delivered, queued, discarded and, of subchannels, withdrawn.
     *
     * @return how many.
     */
    public long floatingAccepted() {
        return books.accepted();
    }

    /**
     * Floating interruptions queued.
     *
     * @return how many; 0 on a closed machine.
     */
    public long floatingQueued() {
        return isClosed() ? 0 : books.queued();
    }

    /**
     * Floating interruptions discarded, by closing, by a reset or by a fault of mapped storage.
     *
     * @return how many; exact as soon as all vCPU threads have come out of their deliveries, each of which may still take one.
     */
    public long floatingDiscarded() {
        return floatingDiscarded(isClosed());
    }

    long floatingDiscarded(boolean isClosed) {
        return books.discarded(isClosed);
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
        return isClosed() ? List.of() : floating.service().snapshot();
    }

    /**
     * All floating interruptions that are pending, by priority. The parameter of an I/O interruption is the subsystem-identification word,
     * its 64-bit parameter the interruption parameter and, in the lower half, the identification word; that of an adapter interruption
     * is the subclass.
     *
     * @return a snapshot, empty on a closed machine; under original rules the same as {@link #queuedFloating}.
     */
    public List<QueuedInterruption> pendingFloating() {
        return isClosed() ? List.of() : PendingList.floating(this);
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
     * injects, and the vCPUs are paused. In a loop of the embedder's own, no thread of a vCPU is in a method of the engine; each
     * vCPU was kicked out of its wait. It enters the wait again afterwards, here or on the other machine, since its PSW says so.
     * Threads: any, with a happens-before edge from those; {@link #pause} is one from the vCPUs.
     *
     * @return the state; guest storage is not in it.
     * @throws IllegalStateException if the machine is closed, or a vCPU is in the wait.
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
     * @throws IllegalStateException if this machine is closed, or a vCPU is in the wait. Nothing has changed.
     */
    public void restore(SavedMachine saved) {
        new StateTransfer(this).restore(saved, false);
    }

    /**
     * As {@link #restore}, and the guest's time goes on where it stood, whatever the clock: under architecture rules by the epoch of the
     * machine, under original ones by the epochs of the vCPUs.
     *
     * @param saved the state.
     * @throws IllegalArgumentException if it does not fit; the message says why. Nothing has changed.
     * @throws IllegalStateException if this machine is closed, or a vCPU is in the wait. Nothing has changed.
     */
    public void restoreKeepingTime(SavedMachine saved) {
        new StateTransfer(this).restore(saved, true);
    }

    Pauses pauses() {
        return pauses;
    }

    MachineClock machineClock() {
        return clock;
    }

    SignalProcessor signals() {
        return signals;
    }

    Floating floating() {
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
