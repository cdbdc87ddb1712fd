package org.interruptor.engine.deliver;

import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.queue.TakenInterruption;
import org.interruptor.engine.wake.ClockComparator;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.memory.PswMask;

/**
 * A pass of one vCPU over what is pending, under original rules ({@code interruptions.md}, section 4).
 *
 * <pre>
 *  look at the stamp --&gt; mailbox, if it has moved --&gt; [ local queue: the first that may be taken ] --&gt; clock comparator
 *                                                      --&gt; [ head of the floating ring ] --&gt; what is left behind is handed on
 *
 *  each:  lowcore in storage? --&gt; take it and count it --&gt; store and load the PSW --&gt; tell
 * </pre>
 *
 * <p>The lowcore is checked as a whole before anything is removed, so a fault loses nothing and leaves nothing half written.
 * Taking and counting are one step without a call in between. Mapped storage can throw later, when the interruption is taken
 * already: then it is counted as discarded by a fault, so that accepted = delivered + queued + discarded holds.
 *
 * <p>Threads: the vCPU's own. Ordering: the stamp is read with acquire, then the queues; see {@link Arrivals}. No fence.
 */
public final class Delivery extends Padded {
    /** {@link #run} found the lowcore outside storage; {@link #fault()} says more. */
    public static final int FAULT = -1;
    /** {@link #run} found the machine closed. */
    public static final int CLOSED = -2;

    private static final int EMERGENCY_GATE = Gate.EMERGENCY_SIGNAL.bit();
    private static final int COMPARATOR_GATE = Gate.CLOCK_COMPARATOR.bit();
    private static final int FLOATING_GATE = Gate.SERVICE.bit();

    /** A vCPU that keeps losing the head to others looks at kick and close after so many. */
    private static final int LOST_HEADS = 16;

    private final int id;
    private final MachineState machine;
    private final VcpuSet rotation;
    private final PaddedWords counters;
    private final Tell tell;
    private final Registers registers;
    private final Arrivals arrivals;
    private final LocalBacklog local;
    private final ClockComparator comparator;
    private final FloatingRing floating;
    private final HandOn handOn;
    private final PswSwap swap;
    private final TakenInterruption taken = new TakenInterruption();
    private final int limit;

    private boolean isOperating;

    /** The vCPU is in the rotation. Only its own thread lists it, so a start cannot be overtaken by a stop there. */
    private boolean isListed = true;

    private int delivered;

    /** What is taken and counted and whose stores are not done: else null. */
    private InterruptionType underway;

    private boolean stopDelivered;
    private boolean stopLast;
    private boolean extRequest;
    private boolean cr0Request;
    private LowcoreFault fault;

    /** The parts of one vCPU and of its machine that a delivery touches. */
    public record Parts(
            int vcpu,
            Registers registers,
            Arrivals arrivals,
            LocalBacklog local,
            ClockComparator comparator,
            FloatingRing floating,
            HandOn handOn,
            VcpuSet rotation,
            MachineState machine,
            Tell tell,
            Counters counters) {}

    /**
     * The deliveries of one vCPU.
     *
     * @param limit interruptions that one pass delivers at most.
     */
    public Delivery(Parts parts, int limit) {
        id = parts.vcpu();
        machine = parts.machine();
        rotation = parts.rotation();
        counters = parts.counters().ofVcpu(id);
        tell = parts.tell();
        registers = parts.registers();
        arrivals = parts.arrivals();
        local = parts.local();
        comparator = parts.comparator();
        floating = parts.floating();
        handOn = parts.handOn();
        swap = new PswSwap(registers);
        this.limit = limit;
    }

    /**
     * Delivers all that may be taken.
     *
     * @return how many, {@link #FAULT}, or {@link #CLOSED}.
     */
    public int run() {
        Arrivals arrivals = this.arrivals; // in locals: fields would be loaded again behind each load with acquire
        clearRequests();
        stopDelivered = false;
        stopLast = false;
        delivered = 0;
        fault = null;
        arrivals.look();
        if (machine.isClosed()) {
            arrivals.leaveAttention(); // guest code has to be left for good
            return CLOSED;
        }
        boolean isWhole = false;
        try {
            lookAtLocal(arrivals, local);
            isWhole = (local.isEmpty() || local(arrivals, local, registers))
                    && (!isOperating || (comparator(registers) && floating(floating, registers)));
        } finally { // the embedder's clock may throw, and so may mapped storage
            if (underway != null) {
                discardByFault();
            }
            arrivals.seen(!isWhole);
            if (!isWhole || !isOperating) {
                handOn.handOn();
            }
        }
        return fault == null ? delivered : FAULT;
    }

    /** Behind a look at the stamp: the mailbox, whether the vCPU operates, and what has come for it alone. */
    private void lookAtLocal(Arrivals arrivals, LocalBacklog local) {
        arrivals.lookAtMailbox();
        isOperating = arrivals.isOperating();
        if (isOperating && !isListed) {
            list(); // before the look at the floating head: an injection that passed this vCPU over is met there
        }
        local.refresh();
    }

    // Each of the three answers whether the pass goes on: not at a fault, a kick, close, or when it is long enough.

    private boolean local(Arrivals arrivals, LocalBacklog local, Registers registers) {
        while (true) {
            // A stopped vCPU takes no external interruption, whatever its PSW: it keeps them until it is started.
            InterruptionType type = local.first(isOperating && (registers.openGates() & EMERGENCY_GATE) != 0);
            if (local.isPassedOver()) {
                leaveRequest();
            }
            if (type == null) {
                return true;
            }
            if (isFault(type)) {
                return false;
            }
            local.remove(type, taken);
            if (!perform(type)) {
                return false;
            }
            arrivals.look(); // everything is still to be looked at
            if (machine.isClosed()) { // again: the stamp may be one that came behind that of closing
                return false;
            }
            lookAtLocal(arrivals, local);
        }
    }

    private boolean comparator(Registers registers) {
        if ((registers.openGates() & COMPARATOR_GATE) == 0 || !comparator.isPending()) {
            return true;
        }
        if (isFault(InterruptionType.CLOCK_COMPARATOR)) {
            return false;
        }
        taken.parameter = 0;
        taken.parameter64 = 0;
        return perform(InterruptionType.CLOCK_COMPARATOR);
    }

    /** An empty head ends it without handing on: later heads notify by themselves. */
    private boolean floating(FloatingRing floating, Registers registers) {
        long head = floating.head();
        return head == FloatingRing.NONE || floating(floating, registers, head);
    }

    private boolean floating(FloatingRing floating, Registers registers, long first) {
        int lost = 0;
        for (long head = first; head != FloatingRing.NONE; head = floating.head()) {
            if ((registers.openGates() & FLOATING_GATE) == 0) {
                leaveRequest();
                handOn.handOn();
                return true;
            }
            if (!registers.isLowcoreInStorage()) {
                return !isFault(floating.typeAt(head));
            }
            if (floating.take(head, taken)) {
                if (!perform(taken.type)) {
                    return false;
                }
            } else if (++lost % LOST_HEADS == 0 && isCalledOut()) {
                return false;
            }
        }
        return true;
    }

    /** One was passed over: guest code has to be left as soon as its gate could be open. */
    private void leaveRequest() {
        if (PswMask.isExternalEnabled(registers.pswMask())) {
            cr0Request = true;
        } else {
            extRequest = true;
        }
    }

    private boolean isFault(InterruptionType type) {
        if (registers.isLowcoreInStorage() || type.stores() == InterruptionType.Stores.NOTHING) {
            return false;
        }
        fault = new LowcoreFault(id, registers.prefix(), type);
        tell.fault(fault);
        return true;
    }

    /** Carries out what was taken. */
    private boolean perform(InterruptionType type) {
        Counters.add(counters, type.counter(), 1);
        underway = type;
        InterruptionType.Stores stores = type.stores(); // no switch: it would load a table
        if (stores.isExternal()) {
            swap.external(type, taken);
        } else if (stores == InterruptionType.Stores.PROGRAM) {
            swap.program(taken.parameter);
        } else if (stores == InterruptionType.Stores.RESTART) {
            swap.restart();
            stopLast = false;
        } else {
            order(type);
        }
        underway = null;
        delivered++;
        tell.delivered(id, type, taken.parameter, taken.parameter64);
        return delivered < limit && !isCalledOut();
    }

    private void list() {
        rotation.add(id);
        isListed = true;
    }

    private void unlist() {
        rotation.remove(id);
        isListed = false;
    }

    /** The vCPU stops, and hands on what it may have been told of. */
    public void stop() {
        unlist(); // before another thread can start it
        arrivals.operating(false); // volatile: the fence before the look at the head
        handOn.handOn();
    }

    private boolean isCalledOut() {
        return arrivals.isKickedSincePass() || machine.isClosed();
    }

    private void discardByFault() {
        Counters.add(counters, underway.counter(), -1);
        if (underway != InterruptionType.CLOCK_COMPARATOR) { // a condition: it is there still
            Counters.add(
                    counters,
                    underway.isFloating() ? Counter.FLOATING_DISCARDED_BY_FAULT : Counter.DISCARDED_BY_FAULT,
                    1);
        }
        underway = null;
    }

    /** What concerns the vCPU alone and touches no storage. */
    private void order(InterruptionType type) {
        if (type == InterruptionType.STOP) {
            stopDelivered = true;
            stopLast = true;
        } else {
            registers.setPrefixOrder(taken.parameter);
        }
    }

    /**
     * What a CPU reset does: forgets the requests and the fault. It takes the attention for a start, too, so it sees to what a pass would do
     * because of it; the caller then looks at the floating head.
     */
    public void reset() {
        clearRequests();
        fault = null;
        if (arrivals.isOperating() && !isListed) {
            list();
        }
    }

    private void clearRequests() {
        extRequest = false;
        cr0Request = false;
    }

    /** Takes over how the last delivery ended on another machine. */
    public void restore(
            boolean wasStopDelivered,
            boolean wasStopLast,
            boolean wasExtRequest,
            boolean wasCr0Request,
            LowcoreFault lastFault) {
        stopDelivered = wasStopDelivered;
        stopLast = wasStopLast;
        extRequest = wasExtRequest;
        cr0Request = wasCr0Request;
        fault = lastFault;
    }

    /** Makes the vCPU operating or stopped. Threads: one, while no other uses the machine. */
    public void restoreOperating(boolean operates, boolean isStartPending) {
        arrivals.operating(operates);
        if (operates && !isStartPending) { // else the pass that sees the start lists it
            list();
        } else {
            unlist();
        }
    }

    /** The last pass delivered a stop. */
    public boolean isStopDelivered() {
        return stopDelivered;
    }

    /** The last pass delivered a stop, and no restart behind it. */
    public boolean isStopLast() {
        return stopLast;
    }

    /** The last pass left a request for a PSW that enables external interruptions. */
    public boolean isExtRequest() {
        return extRequest;
    }

    /** The last pass left a request for a load of control register 0. */
    public boolean isCr0Request() {
        return cr0Request;
    }

    /** Why the last pass answered {@link #FAULT}; null if it did not. */
    public LowcoreFault fault() {
        return fault;
    }
}
