package org.interruptor.engine;

import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.RawIo;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.FloatingRing;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.queue.ParameterBits;
import org.interruptor.engine.queue.Subchannel;
import org.interruptor.engine.wake.Notifier;

/**
 * How floating interruptions get into a machine: into a ring, into a word of parameter bits, or into the machine's word alone.
 *
 * <pre>
 *  queue:      ring -- publish, full fence ---------------------------&gt; choose a vCPU
 *  parameter:  bits -- OR --&gt; the machine's word -- compare-and-set --&gt; choose a vCPU
 *  one:                       the machine's word -- compare-and-set --&gt; choose a vCPU
 *  subchannel: ring --------&gt; the machine's word -- compare-and-set --&gt; choose a vCPU
 * </pre>
 *
 * <p>Threads: any. Ordering: each way in has a full fence between what it has published and its look at the waiting vCPUs. Its partner
 * is the fence of a wait between opening and looking.
 */
final class FloatingInjection {
    private static final int EVENT_BITS = 3;

    private final Machine machine;
    private final boolean isArchitecture;
    private final MachineState state;
    private final Floating floating;
    private final FloatingRing service;
    private final Notifier notifier;
    private final Counters counters;
    private final Tell tell;

    /** Null where nobody asks for times. */
    private final Since since;

    FloatingInjection(Machine machine) {
        this.machine = machine;
        isArchitecture = machine.rules() == Rules.ARCHITECTURE;
        state = machine.state();
        floating = machine.floating();
        service = floating.service();
        notifier = machine.notifier();
        counters = machine.counters();
        tell = machine.tell();
        since = machine.latencies() == null ? null : machine.latencies().since();
    }

    private InjectResult refuse(InjectResult result) {
        counters.refusedFloating();
        return result;
    }

    /** By raw number. */
    InjectResult raw(int rawType, int parameter, long parameter64) {
        if (RawIo.isRawNumber(rawType)) {
            return rawIo(rawType, parameter, parameter64);
        }
        InterruptionType type = InterruptionType.ofRawNumber(rawType);
        if (type == null) {
            return refuse(InjectResult.INVALID);
        }
        return switch (type) {
            case SERVICE_SIGNAL -> queued(type, parameter, 0);
            case VIRTIO -> queued(type, parameter, parameter64);
            case PAGE_FAULT_COMPLETION -> pageFaultCompletion(parameter64);
            case INTERRUPT_KEY -> one(type, FloatingWord.KEY);
            case TIMING_ALERT -> timingAlert(parameter);
            case MACHINE_CHECK ->
                (parameter64 & MachineCheck.CONDITIONS) == MachineCheck.CHANNEL_REPORT
                        ? channelReport()
                        : refuse(InjectResult.INVALID);
            default -> refuse(InjectResult.INVALID);
        };
    }

    private InjectResult rawIo(int rawType, int subsystemId, long parameterAndWord) {
        int word = (int) parameterAndWord;
        if (!isArchitecture) {
            return refuse(InjectResult.INVALID);
        }
        if (RawIo.isAdapter(rawType)) {
            return adapter(RawIo.subclassIn(word), false);
        }
        if (word < 0) {
            return refuse(InjectResult.INVALID);
        }
        IoSource source = machine.sources().subchannelOrNull(subsystemId);
        return source == null
                ? refuse(state.isClosed() ? InjectResult.CLOSED : InjectResult.FULL)
                : source.inject((int) (parameterAndWord >>> Integer.SIZE), word);
    }

    /** When an injection is made; no time where nobody asks. */
    private long now() {
        return since == null ? Since.NONE : Since.now();
    }

    /** What the service ring holds. */
    InjectResult queued(InterruptionType type, int parameter, long parameter64) {
        if (state.isClosed()) {
            return refuse(InjectResult.CLOSED);
        }
        Object event = tell.injecting();
        long sequence = service.offer(type, parameter, parameter64, now());
        if (sequence == FloatingRing.NONE) {
            return refuse(InjectResult.FULL);
        }
        notifier.published(Gate.SERVICE, Arrivals.floatingStamp(Gate.SERVICE.ordinal(), sequence));
        tell.injected(event, EngineListener.MACHINE, type, parameter, parameter64);
        return InjectResult.ACCEPTED;
    }

    InjectResult pageFaultCompletion(long token) {
        return isArchitecture ? queued(InterruptionType.PAGE_FAULT_COMPLETION, 0, token) : refuse(InjectResult.INVALID);
    }

    InjectResult timingAlert(int parameter) {
        return bits(InterruptionType.TIMING_ALERT, floating.timingAlert(), FloatingWord.TIMING_ALERT, parameter);
    }

    InjectResult serviceEvent(int eventBits) {
        return eventBits == 0 || (eventBits & ~EVENT_BITS) != 0
                ? refuse(InjectResult.INVALID)
                : bits(InterruptionType.SERVICE_EVENT, floating.serviceEvent(), FloatingWord.SERVICE_EVENT, eventBits);
    }

    InjectResult interruptKey() {
        return one(InterruptionType.INTERRUPT_KEY, FloatingWord.KEY);
    }

    InjectResult channelReport() {
        return one(InterruptionType.CHANNEL_REPORT, FloatingWord.CHANNEL_REPORT);
    }

    /** Parameter bits, whose bit in the machine's word is a hint. */
    private InjectResult bits(InterruptionType type, ParameterBits holder, int hint, int parameter) {
        InjectResult refusal = refusal();
        if (refusal != null) {
            return refuse(refusal);
        }
        Object event = tell.injecting();
        if (since != null && !holder.isPending()) {
            since.begin(Since.MACHINE, type, Since.now());
        }
        boolean isNew = holder.put(parameter);
        announce(type.gate(), hint);
        return answer(isNew, event, type, parameter);
    }

    /** What is a bit in the machine's word. */
    private InjectResult one(InterruptionType type, int bit) {
        InjectResult refusal = refusal();
        if (refusal != null) {
            return refuse(refusal);
        }
        Object event = tell.injecting();
        if (since != null && !FloatingWord.has(floating.word().word(), bit)) {
            since.begin(Since.MACHINE, type, Since.now());
        }
        boolean isNew = !FloatingWord.has(announce(type.gate(), bit), bit);
        return answer(isNew, event, type, 0);
    }

    private InjectResult refusal() {
        if (!isArchitecture) {
            return InjectResult.INVALID;
        }
        return state.isClosed() ? InjectResult.CLOSED : null;
    }

    private InjectResult answer(boolean isNew, Object event, InterruptionType type, int parameter) {
        if (!isNew) {
            coalesced(type, parameter, 0);
            return InjectResult.COALESCED;
        }
        tell.injected(event, EngineListener.MACHINE, type, parameter, 0);
        return InjectResult.ACCEPTED;
    }

    private void coalesced(InterruptionType type, int parameter, long parameter64) {
        counters.addFloating(Counters.COALESCED, 1);
        tell.coalesced(EngineListener.MACHINE, type, parameter, parameter64);
    }

    /** Sets a bit of the machine's word, which is the full fence, and tells a vCPU; the word as it was before. */
    private long announce(Gate gate, int bit) {
        long before = floating.word().set(bit);
        notifier.injected(gate, Arrivals.wordStamp(FloatingWord.epochIn(before) + 1));
        return before;
    }

    InjectResult io(Subchannel source, int parameter, int word) {
        if (word < 0) { // 0x80000000: an adapter interruption
            return refuse(InjectResult.INVALID);
        }
        if (state.isClosed()) {
            return refuse(InjectResult.CLOSED);
        }
        Object event = tell.injecting();
        int subclass = RawIo.subclassIn(word);
        long payload = (long) parameter << Integer.SIZE | Integer.toUnsignedLong(word);
        InjectResult result = floating.io(subclass).inject(source, payload, now());
        if (result == InjectResult.FULL || result == InjectResult.INVALID) {
            return refuse(result);
        }
        announce(Floating.gateOf(subclass), FloatingWord.IO_RING << subclass);
        if (result == InjectResult.ACCEPTED) {
            tell.injected(event, EngineListener.MACHINE, InterruptionType.IO, source.subsystemId(), payload);
        } else {
            coalesced(InterruptionType.IO, source.subsystemId(), payload);
        }
        return result;
    }

    InjectResult adapter(int subclass, boolean isSuppressible) {
        if (!isArchitecture || (subclass & ~7) != 0) {
            return refuse(InjectResult.INVALID);
        }
        if (state.isClosed()) {
            return refuse(InjectResult.CLOSED);
        }
        if (isSuppressible && !floating.isAccepted(subclass)) {
            counters.addFloating(Counters.SUPPRESSED, 1);
            tell.suppressed(InterruptionType.ADAPTER, subclass);
            return InjectResult.SUPPRESSED;
        }
        Object event = tell.injecting();
        int bit = FloatingWord.ADAPTER << subclass;
        if (since != null && !FloatingWord.has(floating.word().word(), bit)) {
            since.beginAdapter(subclass, Since.now());
        }
        boolean isNew = !FloatingWord.has(announce(Floating.gateOf(subclass), bit), bit);
        return answer(isNew, event, InterruptionType.ADAPTER, subclass);
    }
}
