package org.interruptor.engine.event;

import org.agrona.ErrorHandler;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.padding.Padded;

/**
 * The single way out: to the embedder's listener, to JFR events, and to wake-up callbacks. What the embedder's code throws
 * goes to the error handler and does no harm, also where the error handler throws. Where nobody listens it costs two branches.
 */
public final class Tell extends Padded {
    private final EngineListener listener;
    private final ErrorHandler errors;
    private final MachineEvents events;
    private final Counters counters;
    private final int[] addresses;

    /** With the CPU addresses of the machine, by the numbers of its vCPUs; empty where signals have no sender. */
    public Tell(
            EngineListener listener, ErrorHandler errors, MachineEvents events, Counters counters, int... addresses) {
        this.listener = listener;
        this.addresses = addresses;
        this.errors = errors;
        this.events = events;
        this.counters = counters;
    }

    /**
     * An injection is about to be made: its event begins before the interruption can be delivered.
     *
     * @return the event, for {@link #injected}; null if nobody wants it. Of an injection that is refused it is dropped.
     */
    public Object injecting() {
        if (MachineEvents.isInjectionOn()) {
            try {
                return events.injectionBegins();
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
        return null;
    }

    /** An injection was accepted. The parameter of a signal is the number of its sender. */
    public void injected(Object event, int vcpu, InterruptionType type, int parameter, long parameter64) {
        if (listener != null || event != null) {
            try {
                int told = told(type, parameter);
                if (event != null) {
                    events.injected(event, vcpu, type.label(), told, parameter64);
                }
                if (listener != null) {
                    listener.onInject(vcpu, type, told, parameter64);
                }
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    /** What the delivery will tell: the CPU address of a signal's sender. */
    private int told(InterruptionType type, int parameter) {
        boolean hasSender =
                type.stores() == InterruptionType.Stores.SENDER || type == InterruptionType.EMERGENCY_SIGNAL;
        return hasSender && parameter < addresses.length ? addresses[parameter] : parameter;
    }

    /** An injection became part of a pending interruption. Counted elsewhere. Parameters as of {@link #injected}. */
    public void coalesced(int vcpu, InterruptionType type, int parameter, long parameter64) {
        if (MachineEvents.isCoalescedOn()) {
            try {
                events.coalesced(vcpu, type.label(), told(type, parameter), parameter64);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    /** An adapter interruption was suppressed. Counted elsewhere. */
    public void suppressed(InterruptionType type, int subclass) {
        if (MachineEvents.isSuppressedOn()) {
            try {
                events.suppressed(type.label(), subclass);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    public void delivered(int vcpu, InterruptionType type, int parameter, long parameter64) {
        if (listener != null || MachineEvents.isDeliveryOn()) {
            try {
                if (MachineEvents.isDeliveryOn()) {
                    events.delivered(vcpu, type.label(), parameter, parameter64);
                }
                if (listener != null) {
                    listener.onDeliver(vcpu, type, parameter, parameter64);
                }
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    /** A wait begins, and has been counted. */
    public void waits(int vcpu) {
        if (listener != null || MachineEvents.isWaitOn()) {
            try {
                if (MachineEvents.isWaitOn()) {
                    events.waitBegins(vcpu, counters.get(vcpu, Counter.EXIT_WAIT_STATE));
                }
                if (listener != null) {
                    listener.onWait(vcpu);
                }
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    public void waitEnded(int vcpu, WaitOutcome outcome) {
        if (listener != null || MachineEvents.isWaitOn()) {
            try {
                if (MachineEvents.isWaitOn()) {
                    events.waitEnded(vcpu, counters.get(vcpu, Counter.EXIT_WAIT_STATE), outcome.label());
                }
                if (listener != null) {
                    listener.onWaitEnd(vcpu, outcome);
                }
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    public void fault(LowcoreFault fault) {
        if (listener != null || MachineEvents.isFaultOn()) {
            try {
                if (MachineEvents.isFaultOn()) {
                    events.fault(fault.vcpu(), fault.type().label(), fault.prefix());
                }
                if (listener != null) {
                    listener.onFault(fault);
                }
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    /** Calls an embedder's wake-up callback. */
    public void wokenUp(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    /** Gives the error handler what code of the embedder has thrown. */
    public void report(Throwable thrown) {
        try {
            errors.onError(thrown);
        } catch (Throwable ignored) {
            // Nobody is left who could be told; the engine goes on.
        }
    }
}
