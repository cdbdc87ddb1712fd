package org.interruptor.engine.deliver;

import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.queue.FloatingRing;

/**
 * A pass under original rules ({@code interruptions.md}, section 4): the local queue from its front, then the clock comparator, then
 * the floating ring. All that only these rules need is here and in the counted emergency signals of {@code LocalBacklog}.
 *
 * <p>Threads: the vCPU's own.
 */
public final class OriginalDelivery extends Delivery {
    private static final int EMERGENCY_GATE = Gate.EMERGENCY_SIGNAL.bit();
    private static final int FLOATING_GATE = Gate.SERVICE.bit();

    /** A vCPU that keeps losing the head to others looks at kick and close after so many. */
    private static final int LOST_HEADS = 16;

    private final FloatingRing ring;
    private final PswSwap swap;
    private final int limit;

    /**
     * The deliveries of one vCPU.
     *
     * @param limit interruptions that one pass delivers at most.
     */
    public OriginalDelivery(Parts parts, int limit) {
        super(parts);
        ring = floating.service();
        swap = new PswSwap(registers);
        this.limit = limit;
    }

    @Override
    boolean pass() {
        Registers own = registers;
        return (local.isEmpty() || local(own)) && (!isOperating || (comparator(own) && floating(own)));
    }

    @Override
    boolean isNothingPending() {
        return local.isEmpty() && timers.gatesOf(registers.openGates()) == 0 && ring.head() == FloatingRing.NONE;
    }

    @Override
    boolean isWithinLimit(int count) {
        return count < limit;
    }

    private boolean local(Registers own) {
        while (true) {
            // A stopped vCPU takes no external interruption, whatever its PSW: it keeps them until it is started.
            InterruptionType type = local.first(isOperating && (own.openGates() & EMERGENCY_GATE) != 0);
            if (local.isPassedOver()) {
                request(Request.of(Gate.EMERGENCY_SIGNAL, own.pswMask()));
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
            if (!lookAgain()) {
                return false;
            }
        }
    }

    private boolean comparator(Registers own) {
        int timer = timers.gatesOf(own.openGates());
        if (timer == 0 || !timers.isDue(timer)) {
            return true;
        }
        if (isFault(InterruptionType.CLOCK_COMPARATOR)) {
            return false;
        }
        taken.parameter = 0;
        taken.parameter64 = 0;
        taken.since = Since.NONE;
        return perform(InterruptionType.CLOCK_COMPARATOR);
    }

    /** An empty head ends it without handing on: later heads notify by themselves. */
    private boolean floating(Registers own) {
        long head = ring.head();
        return head == FloatingRing.NONE || floating(own, head);
    }

    private boolean floating(Registers own, long first) {
        int lost = 0;
        for (long head = first; head != FloatingRing.NONE; head = ring.head()) {
            if ((own.openGates() & FLOATING_GATE) == 0) {
                request(Request.of(Gate.SERVICE, own.pswMask()));
                handOn.handOn();
                return true;
            }
            if (!own.isLowcoreInStorage()) {
                return !isFault(ring.typeAt(head));
            }
            if (ring.take(head, taken)) {
                if (!perform(taken.type())) {
                    return false;
                }
            } else if (++lost % LOST_HEADS == 0 && isCalledOut()) {
                return false;
            }
        }
        return true;
    }

    @Override
    void carryOut(InterruptionType type) {
        InterruptionType.Stores stores = type.stores(); // no switch: it would load a table
        if (type.isExternal()) {
            swap.external(type, taken);
        } else if (stores == InterruptionType.Stores.PROGRAM) {
            swap.program(taken.parameter);
        } else if (stores == InterruptionType.Stores.RESTART) {
            swap.restart();
            stopLast = false;
        } else if (type == InterruptionType.STOP) {
            stopDelivered = true;
            stopLast = true;
        } else {
            registers.setPrefixOrder(taken.parameter);
        }
    }
}
