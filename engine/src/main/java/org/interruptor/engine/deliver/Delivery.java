package org.interruptor.engine.deliver;

import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.latency.Latencies;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.queue.TakenInterruption;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Timers;
import org.interruptor.engine.wake.VcpuSet;

/**
 * A pass of one vCPU over what is pending: what both sets of rules have in common. {@link OriginalDelivery} and {@link
 * ArchitectureDelivery} say what is taken in which order.
 *
 * <pre>
 *  look at the stamp --&gt; mailbox, if it has moved --&gt; [ take one, count it --&gt; store and load the PSW --&gt; tell ] --&gt; seen
 * </pre>
 *
 * <p>The lowcore is checked as a whole before anything is removed, so a fault loses nothing and leaves nothing half written.
 * Mapped storage can throw later, when the interruption is taken already: then it is counted as discarded by a fault, so that
 * accepted = delivered + queued + discarded holds. In compiled code the error of an earlier store can come at any return of a method, so
 * the take itself says that it was made, without a call in between, and the end of the pass compares that with what was counted.
 *
 * <p>Threads: the vCPU's own. Ordering: the stamp is read with acquire, then the queues; see {@link Arrivals}. No fence.
 */
public abstract class Delivery extends Padded {
    /** {@link #run} found the lowcore outside storage; {@link #fault()} says more. */
    public static final int FAULT = -1;
    /** {@link #run} found the machine closed. */
    public static final int CLOSED = -2;

    final int id;
    final MachineState machine;
    final CpuState state;
    final PaddedWords counters;
    final Tell tell;

    /** Null where nobody asks for times. */
    final Latencies latencies;

    final Registers registers;
    final Arrivals arrivals;
    final LocalBacklog local;
    final Timers timers;
    final Floating floating;
    final HandOn handOn;
    final TakenInterruption taken = new TakenInterruption();

    boolean isOperating;
    int delivered;
    boolean stopDelivered;
    boolean stopLast;

    private static final int NOTHING = -1;

    private final VcpuSet rotation;

    /** The last pass came to its end on an operating vCPU, and left no request and no stop: the next one may have nothing to do. */
    private boolean isAtRest;

    /** What is counted as delivered and whose stores are not done, by its ordinal: no reference, whose store has a barrier. */
    private int underway = NOTHING;

    /** How many were {@link TakenInterruption#count taken} as of the last count. */
    private long counted;

    /** The vCPU is in the rotation. Only its own thread lists it, so a start cannot be overtaken by a stop there. */
    private boolean isListed;

    private int requests;
    private LowcoreFault fault;

    /** The parts of one vCPU and of its machine that a delivery touches. */
    public record Parts(
            int vcpu,
            Registers registers,
            Arrivals arrivals,
            LocalBacklog local,
            LocalConditions conditions,
            Timers timers,
            Floating floating,
            HandOn handOn,
            CpuState state,
            VcpuSet rotation,
            MachineState machine,
            Tell tell,
            Latencies latencies,
            Counters counters) {}

    Delivery(Parts parts) {
        id = parts.vcpu();
        machine = parts.machine();
        state = parts.state();
        counters = parts.counters().ofVcpu(id);
        tell = parts.tell();
        latencies = parts.latencies();
        registers = parts.registers();
        arrivals = parts.arrivals();
        local = parts.local();
        timers = parts.timers();
        floating = parts.floating();
        handOn = parts.handOn();
        rotation = parts.rotation();
        isListed = state.isOperating(); // the machine lists those that operate from the beginning
    }

    /**
     * Delivers all that may be taken.
     *
     * @return how many, {@link #FAULT}, or {@link #CLOSED}.
     */
    public final int run() {
        Arrivals seen = arrivals; // in a local: a field would be loaded again behind each load with acquire
        seen.look();
        if (isAtRest && seen.isSeen() && isNothingPending()) {
            delivered = 0;
            return 0;
        }
        return runWhole();
    }

    private int runWhole() {
        requests = 0;
        stopDelivered = false;
        stopLast = false;
        delivered = 0;
        if (fault != null) { // the store of a reference has a barrier
            fault = null;
        }
        if (machine.isClosed()) {
            arrivals.leaveAttention(); // guest code has to be left for good
            return CLOSED;
        }
        boolean isWhole = false;
        try {
            lookAtLocal();
            isWhole = pass();
        } finally { // the embedder's clock may throw, and so may mapped storage
            passEnds(isWhole);
        }
        return fault == null ? delivered : FAULT;
    }

    private void passEnds(boolean isWhole) {
        boolean isDiscarded = underway != NOTHING || counted != taken.count();
        if (isDiscarded) {
            discardByFault();
        }
        arrivals.seen(!isWhole);
        isAtRest = isWhole && isOperating && requests == 0 && !stopDelivered;
        if (!isWhole || !isOperating) {
            handOn.handOn();
        }
        if ((delivered != 0 || isDiscarded) && floating.space().isAny()) { // there may be a place again
            floating.space().callAll(tell::wokenUp);
        }
    }

    /** Delivers; whether it came to its end: not at a fault, a kick, close, or when it was long enough. */
    abstract boolean pass();

    /** Whether nothing is pending of all that needs no announcement to this vCPU: own program interruptions, timers, floating ones. */
    abstract boolean isNothingPending();

    /** Whether the pass may make so many deliveries and more. */
    abstract boolean isWithinLimit(int count);

    /** Stores what was taken and loads the PSW. */
    abstract void carryOut(InterruptionType type);

    /** Behind a look at the stamp: the mailbox, whether the vCPU operates, and what has come for it alone. */
    final void lookAtLocal() {
        Arrivals seen = arrivals; // both in locals, as above
        LocalBacklog backlog = local;
        seen.lookAtMailbox();
        boolean operates = state.isOperating();
        isOperating = operates;
        if (operates && !isListed) {
            list(); // before the look at the floating head: an injection that passed this vCPU over is met there
        }
        backlog.refresh();
    }

    final boolean isFault(InterruptionType type) {
        if (registers.isLowcoreInStorage() || type.stores() == InterruptionType.Stores.NOTHING) {
            return false;
        }
        fault = new LowcoreFault(id, registers.prefix(), type);
        tell.fault(fault);
        return true;
    }

    /** Carries out what was taken; whether the pass goes on. */
    final boolean perform(InterruptionType type) {
        Counters.add(counters, type.counter(), 1);
        counted = taken.count();
        underway = type.ordinal();
        carryOut(type);
        underway = NOTHING;
        delivered++;
        tell.delivered(id, type, taken.parameter, taken.parameter64);
        recordTime(type);
        return isWithinLimit(delivered) && !isCalledOut();
    }

    /** Records the time of one that was delivered, where the embedder asks for it. */
    final void recordTime(InterruptionType type) {
        if (latencies != null && !type.isCondition()) {
            latencies.delivered(id, type, takeSince(type));
        }
    }

    /** When what was taken was injected: its queue has said so, or the word of its class. */
    private long takeSince(InterruptionType type) {
        return taken.since != Since.NONE
                ? taken.since
                : latencies.since().take(type.isFloating() ? Since.MACHINE : id, type);
    }

    /** Whether the pass has to end for a kick or for close. Both are announced. */
    final boolean isCalledOut() {
        return arrivals.isMoved() && (arrivals.isKickedSincePass() || machine.isClosed());
    }

    /**
     * Looks again behind a delivery, if anything was announced since the last look: everything is still to be looked at.
     *
     * @return false if the machine is closed. The stamp may be one that came behind that of closing.
     */
    final boolean lookAgain() {
        if (!arrivals.isMoved()) {
            return true;
        }
        arrivals.look();
        if (machine.isClosed()) {
            return false;
        }
        lookAtLocal();
        return true;
    }

    private void discardByFault() {
        boolean isCounted = underway != NOTHING;
        InterruptionType type = isCounted ? InterruptionType.ofOrdinal(underway) : taken.type();
        if (isCounted) {
            Counters.add(counters, type.counter(), -1);
        }
        if (!type.isCondition()) { // that is there still
            Counters.add(
                    counters, type.isFloating() ? Counter.FLOATING_DISCARDED_BY_FAULT : Counter.DISCARDED_BY_FAULT, 1);
        }
        if (latencies != null && !type.isCondition()) {
            takeSince(type); // the next of its class has a time of its own
        }
        alsoDiscardedByFault(type);
        underway = NOTHING;
        counted = taken.count();
    }

    /** What was taken together with an interruption that is discarded by a fault. */
    void alsoDiscardedByFault(InterruptionType type) {}

    final void request(int request) {
        requests |= request;
    }

    private void list() {
        rotation.add(id);
        isListed = true;
    }

    /** A delivery has made the vCPU operate, and no stamp says so: it is listed before the look at the floating heads. */
    final void restarted() {
        isOperating = true;
        if (!isListed) {
            list();
        }
    }

    /** The vCPU is about to stop: it is not told of floating interruptions any more. */
    public final void leaveRotation() {
        isAtRest = false;
        if (isListed) {
            rotation.remove(id);
            isListed = false;
        }
    }

    /** The vCPU stops, and hands on what it may have been told of. */
    public final void stop() {
        leaveRotation(); // before another thread can start it
        state.enter(CpuState.STOPPED); // volatile: the fence before the look at the head
        timers.run(false);
        handOn.handOn();
    }

    /** Whether the vCPU is in the rotation. */
    public final boolean isListed() {
        return isListed;
    }

    /** Makes the vCPU operating or stopped. Threads: one, while no other uses the machine. */
    public final void restoreState(long word, boolean isStartPending) {
        state.restore(word);
        if (state.isOperating() && !isStartPending) { // else the pass that sees the start lists it
            list();
        } else {
            leaveRotation();
        }
    }

    /**
     * What a CPU reset does: forgets the requests and the fault. It takes the attention for a start, too, so it sees to what a pass
     * would do because of it; the caller then looks at the floating head.
     */
    public void reset() {
        requests = 0;
        fault = null;
        if (state.isOperating() && !isListed) {
            list();
        }
    }

    /** Takes over how the last delivery ended on another machine. */
    public final void restore(
            boolean wasStopDelivered, boolean wasStopLast, int savedRequests, LowcoreFault lastFault) {
        isAtRest = false;
        stopDelivered = wasStopDelivered;
        stopLast = wasStopLast;
        requests = savedRequests;
        fault = lastFault;
    }

    /** The last pass delivered a stop. */
    public final boolean isStopDelivered() {
        return stopDelivered;
    }

    /** The last pass delivered a stop, and no restart behind it. */
    public final boolean isStopLast() {
        return stopLast;
    }

    /** What the last pass skipped: bits of {@link Request}. */
    public final int requests() {
        return requests;
    }

    /** Why the last pass answered {@link #FAULT}; null if it did not. */
    public final LowcoreFault fault() {
        return fault;
    }
}
