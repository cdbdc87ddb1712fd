package org.interruptor.engine.cpu;

import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.queue.Senders;
import org.interruptor.engine.queue.StoppedPsw;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.memory.GuestMemory;

/**
 * SIGNAL PROCESSOR: what each order does to the addressed CPU. Source: Principles of Operation, chapter
 * Control, CPU Signaling and Response.
 *
 * <pre>
 *  no such CPU: cc 3 --&gt; busy: cc 2 --&gt; check stop: cc 1 --&gt; the order itself
 *
 *  at once, by the sender:        sense, external call, emergency signals, start, sense running status
 *  accepted by compare-and-set,
 *  carried out by the target:     stop, restart, stop and store status, resets, set prefix, store status
 * </pre>
 *
 * <p>Threads: the sender's own. Never waits, takes no lock, allocates nothing.
 */
public final class SignalProcessor {
    private static final int SENSE = 0x01;
    private static final int EXTERNAL_CALL = 0x02;
    private static final int EMERGENCY_SIGNAL = 0x03;
    private static final int START = 0x04;
    private static final int STOP = 0x05;
    private static final int RESTART = 0x06;
    private static final int STOP_AND_STORE_STATUS = 0x09;
    private static final int INITIAL_CPU_RESET = 0x0b;
    private static final int CPU_RESET = 0x0c;
    private static final int SET_PREFIX = 0x0d;
    private static final int STORE_STATUS_AT_ADDRESS = 0x0e;
    private static final int SET_ARCHITECTURE = 0x12;
    private static final int CONDITIONAL_EMERGENCY_SIGNAL = 0x13;
    private static final int SENSE_RUNNING_STATUS = 0x15;
    private static final int STORE_ADDITIONAL_STATUS = 0x17;

    private static final int STATUS_EXTERNAL_CALL_PENDING = 0x80;
    private static final int STATUS_STOPPED = 0x40;
    private static final int STATUS_CHECK_STOP = 0x10;
    private static final int STATUS_INVALID_ORDER = 0x02;
    private static final int STATUS_INVALID_PARAMETER = 0x100;
    private static final int STATUS_INCORRECT_STATE = 0x200;
    private static final int STATUS_NOT_RUNNING = 0x400;

    /** The answers that carry no status. */
    private static final long ACCEPTED = 0;

    private static final long BUSY = 2;
    private static final long NOT_OPERATIONAL = 3;

    private static final long PREFIX_MASK = 0x7fff_e000L;
    private static final int PREFIX_AREA = 8192;
    private static final long STATUS_MASK = 0x7fff_fe00L;
    private static final int STATUS_LENGTH = 512;

    private final Cpu[] cpus;
    private final GuestMemory storage;
    private final Counters counters;
    private final Tell tell;

    /** What signals change of one CPU. */
    public record Cpu(
            int number,
            int address,
            CpuState state,
            LocalConditions conditions,
            Arrivals arrivals,
            WaitWord word,
            StoppedPsw stoppedPsw,
            SentSignals sent) {}

    /** Signals between these CPUs, in the order of their numbers. */
    public SignalProcessor(Cpu[] cpus, GuestMemory storage, Counters counters, Tell tell) {
        this.cpus = cpus;
        this.counters = counters;
        this.tell = tell;
        this.storage = storage;
    }

    /**
     * Carries out an order.
     *
     * @param sender the number of the sender.
     * @param cpuAddress 16 bits.
     * @return the condition code, with the status above: {@code status << 32 | cc}.
     */
    public long signal(int sender, int cpuAddress, int order, long parameter) {
        if (order == SET_ARCHITECTURE) {
            return status(STATUS_INVALID_PARAMETER);
        }
        Cpu target = find(cpuAddress);
        if (target == null) {
            return NOT_OPERATIONAL;
        }
        while (true) {
            long word = target.state.word();
            long answer = signal(cpus[sender], target, word, order, parameter);
            if (answer != AGAIN) {
                return answer;
            }
        }
    }

    /** The target's word has changed meanwhile. */
    private static final long AGAIN = -1;

    private Cpu find(int cpuAddress) {
        if (cpuAddress >= 0 && cpuAddress < cpus.length && cpus[cpuAddress].address == cpuAddress) {
            return cpus[cpuAddress]; // an address is the number, usually
        }
        for (Cpu cpu : cpus) {
            if (cpu.address == cpuAddress) {
                return cpu;
            }
        }
        return null;
    }

    private static long status(int status) {
        return (long) status << 32 | 1;
    }

    private long signal(Cpu sender, Cpu target, long word, int order, long parameter) {
        boolean isReset = order == INITIAL_CPU_RESET || order == CPU_RESET;
        if (CpuState.isBusy(word) && !isReset) {
            return BUSY;
        }
        int state = CpuState.stateIn(word);
        if (state == CpuState.CHECK_STOP && !isReset && order != SENSE && order != SENSE_RUNNING_STATUS) {
            return status(STATUS_CHECK_STOP);
        }
        return switch (order) {
            case SENSE -> sense(target, state);
            case EXTERNAL_CALL -> externalCall(sender, target);
            case EMERGENCY_SIGNAL -> emergency(sender, target);
            case START -> state == CpuState.STOPPED ? start(target, word) : ACCEPTED;
            case STOP -> state == CpuState.OPERATING ? accept(target, word, CpuState.STOP, 0) : ACCEPTED;
            case RESTART -> state == CpuState.LOAD ? ACCEPTED : accept(target, word, CpuState.RESTART, 0);
            case STOP_AND_STORE_STATUS -> accept(target, word, CpuState.STOP_AND_STORE_STATUS, 0);
            case INITIAL_CPU_RESET -> reset(target, CpuState.INITIAL_CPU_RESET);
            case CPU_RESET -> reset(target, CpuState.CPU_RESET);
            case SET_PREFIX -> {
                long prefix = parameter & PREFIX_MASK;
                yield atStopped(target, word, state, prefix, PREFIX_AREA, CpuState.SET_PREFIX);
            }
            case STORE_STATUS_AT_ADDRESS -> {
                long address = parameter & STATUS_MASK;
                yield atStopped(target, word, state, address, STATUS_LENGTH, CpuState.STORE_STATUS);
            }
            case CONDITIONAL_EMERGENCY_SIGNAL ->
                state == CpuState.OPERATING || target.stoppedPsw.accepts((int) parameter & 0xffff)
                        ? emergency(sender, target)
                        : status(STATUS_INCORRECT_STATE);
            case SENSE_RUNNING_STATUS ->
                state == CpuState.OPERATING && !target.word.isOpen() ? ACCEPTED : status(STATUS_NOT_RUNNING);
            case STORE_ADDITIONAL_STATUS -> status(STATUS_INVALID_ORDER); // there are no vector registers
            default -> status(STATUS_INVALID_ORDER);
        };
    }

    private static long sense(Cpu target, int state) {
        int status = (target.conditions.hasExternalCall() ? STATUS_EXTERNAL_CALL_PENDING : 0)
                | (state == CpuState.STOPPED ? STATUS_STOPPED : 0)
                | (state == CpuState.CHECK_STOP ? STATUS_CHECK_STOP : 0);
        return status == 0 ? ACCEPTED : status(status);
    }

    private long externalCall(Cpu sender, Cpu target) {
        Object event = tell.injecting();
        target.conditions.begin(InterruptionType.EXTERNAL_CALL);
        if (!target.conditions.putExternalCall(sender.number)) {
            return status(STATUS_EXTERNAL_CALL_PENDING);
        }
        announceSignal(sender, target, Gate.EXTERNAL_CALL);
        tell.injected(event, target.number, InterruptionType.EXTERNAL_CALL, sender.number, 0);
        return ACCEPTED;
    }

    private long emergency(Cpu sender, Cpu target) {
        send(sender, target, InterruptionType.EMERGENCY_SIGNAL, target.conditions.emergencies());
        return ACCEPTED;
    }

    /** A signal of which one can be pending for each sender. */
    private void send(Cpu sender, Cpu target, InterruptionType type, Senders pending) {
        Object event = tell.injecting();
        target.conditions.begin(type);
        boolean isNew = pending.put(sender.number);
        announceSignal(sender, target, type.gate());
        if (isNew) {
            tell.injected(event, target.number, type, sender.number, 0);
        } else {
            counters.byOthers(target.number, Counter.COALESCED);
            tell.coalesced(target.number, type, sender.number, 0);
        }
    }

    /** Behind the atomic operation that made it pending, which is the full fence. */
    private static void announceSignal(Cpu sender, Cpu target, Gate gate) {
        target.arrivals.announce(Arrivals.signalStamp(sender.number, sender.sent.next()));
        target.word.claimAndWake(gate);
    }

    /** By the word that was checked: a start must not overtake an order that was accepted for the stopped CPU. */
    private static long start(Cpu target, long word) {
        if (!target.state.start(word)) {
            return AGAIN;
        }
        announce(target, Mailbox.START);
        return ACCEPTED;
    }

    private long accept(Cpu target, long word, int order, int parameter) {
        InterruptionType type = deliveredAs(order);
        Object event = type == null ? null : tell.injecting();
        if (!target.state.accept(word, order, parameter)) {
            return AGAIN;
        }
        announce(target, Mailbox.ORDER);
        if (type != null) {
            tell.injected(event, target.number, type, parameter, 0);
        }
        return ACCEPTED;
    }

    /** As what an order is delivered; null for one that the run loop carries out. */
    private static InterruptionType deliveredAs(int order) {
        return switch (order) {
            case CpuState.STOP -> InterruptionType.STOP;
            case CpuState.RESTART -> InterruptionType.RESTART;
            case CpuState.SET_PREFIX -> InterruptionType.SET_PREFIX;
            default -> null;
        };
    }

    private long reset(Cpu target, int reset) {
        if (target.state.acceptReset(reset)) {
            counters.byOthers(target.number, Counter.CANCELLED_BY_RESET);
        }
        announce(target, Mailbox.ORDER);
        return ACCEPTED;
    }

    private long atStopped(Cpu target, long word, int state, long address, int length, int order) {
        if (state != CpuState.STOPPED) {
            return status(STATUS_INCORRECT_STATE);
        }
        return storage.contains(address, length)
                ? accept(target, word, order, (int) address)
                : status(STATUS_INVALID_PARAMETER);
    }

    private static void announce(Cpu target, int bit) {
        target.arrivals.post(bit);
        target.word.claimAndWake(Gate.ORDER);
    }

    /** A CPU enters check stop: a malfunction alert to every other one. */
    public void malfunctionAlerts(int sender) {
        for (Cpu target : cpus) {
            if (target.number != sender) {
                send(cpus[sender], target, InterruptionType.MALFUNCTION_ALERT, target.conditions.malfunctions());
            }
        }
    }
}
