package org.interruptor.engine.deliver;

import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.ParameterBits;
import org.interruptor.engine.queue.Senders;
import org.interruptor.engine.queue.TakenInterruption;

/**
 * Takes external interruptions under architecture rules, but for the timers. Each method answers null where nothing is pending (what
 * floats may be another vCPU's by now), or at a fault.
 *
 * <p>Threads: the vCPU's own.
 */
final class ExternalTaker {
    private final Delivery delivery;
    private final LocalConditions conditions;
    private final Floating floating;
    private final FloatingWord word;
    private final TakenInterruption taken;
    private final int[] addresses;

    /**
     * Takes for one vCPU.
     *
     * @param addresses the CPU addresses of the machine, by the numbers of its vCPUs.
     */
    ExternalTaker(Delivery delivery, LocalConditions conditions, int[] addresses) {
        this.delivery = delivery;
        this.conditions = conditions;
        this.addresses = addresses;
        floating = delivery.floating;
        word = floating.word();
        taken = delivery.taken;
    }

    InterruptionType interruptKey() {
        return FloatingWord.has(word.word(), FloatingWord.KEY)
                        && !delivery.isFault(InterruptionType.INTERRUPT_KEY)
                        && word.take(FloatingWord.KEY)
                ? InterruptionType.INTERRUPT_KEY
                : null;
    }

    InterruptionType malfunctionAlert() {
        return sender(InterruptionType.MALFUNCTION_ALERT, conditions.malfunctions());
    }

    InterruptionType emergencySignal() {
        return sender(InterruptionType.EMERGENCY_SIGNAL, conditions.emergencies());
    }

    private InterruptionType sender(InterruptionType type, Senders senders) {
        if (delivery.isFault(type)) {
            return null;
        }
        int sender = senders.lowest();
        if (sender == Senders.NONE) {
            return null;
        }
        senders.take(sender);
        taken.parameter = addresses[sender];
        return type;
    }

    InterruptionType externalCall() {
        if (delivery.isFault(InterruptionType.EXTERNAL_CALL)) {
            return null;
        }
        taken.parameter = addresses[conditions.takeExternalCall()];
        return InterruptionType.EXTERNAL_CALL;
    }

    /** What carries its code alone, and has a gate to itself. */
    InterruptionType one(Gate gate) {
        InterruptionType type = InterruptionType.oneBehind(gate);
        return type != null && !delivery.isFault(type) && conditions.takeOne(type) ? type : null;
    }

    InterruptionType measurementAlert() {
        return delivery.isFault(InterruptionType.MEASUREMENT_ALERT)
                ? null
                : parameter(InterruptionType.MEASUREMENT_ALERT, conditions.measurement());
    }

    InterruptionType timingAlert(long seenWord) {
        return hinted(InterruptionType.TIMING_ALERT, floating.timingAlert(), seenWord, FloatingWord.TIMING_ALERT);
    }

    /** Parameter bits behind a hint, which is cleared where there are none. */
    private InterruptionType hinted(InterruptionType type, ParameterBits bits, long seenWord, int hint) {
        if (!bits.isPending()) {
            word.clear(seenWord, hint);
            return null;
        }
        return delivery.isFault(type) ? null : parameter(type, bits);
    }

    private InterruptionType parameter(InterruptionType type, ParameterBits bits) {
        long parameter = bits.take();
        taken.parameter = (int) parameter;
        return parameter == ParameterBits.NONE ? null : type;
    }

    /** Service event, page-fault initial, then the queue that the others behind this gate share. */
    InterruptionType service(long seenWord, int localGates) {
        if (FloatingWord.has(seenWord, FloatingWord.SERVICE_EVENT)) {
            InterruptionType event = hinted(
                    InterruptionType.SERVICE_EVENT, floating.serviceEvent(), seenWord, FloatingWord.SERVICE_EVENT);
            if (event != null || delivery.fault() != null) {
                return event;
            }
        }
        if ((localGates & Gate.SERVICE.bit()) != 0) {
            return delivery.isFault(InterruptionType.PAGE_FAULT_INITIAL) ? null : pageFaultInitial();
        }
        return queued();
    }

    private InterruptionType pageFaultInitial() {
        taken.parameter64 = conditions.pageFault().take();
        return InterruptionType.PAGE_FAULT_INITIAL;
    }

    private InterruptionType queued() {
        FloatingRing ring = floating.service();
        for (long head = ring.head(); head != FloatingRing.NONE; head = ring.head()) {
            if (delivery.isFault(ring.typeAt(head))) {
                return null;
            }
            if (ring.take(head, taken)) {
                return taken.type();
            }
        }
        return null;
    }
}
