package org.interruptor.engine.deliver;

import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.engine.contract.ProgramInterruption;
import org.interruptor.engine.contract.StatusProvider;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.PswCheck;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.StoppedPsw;
import org.interruptor.memory.GuestMemory;

/**
 * A pass under architecture rules (Principles of Operation, chapter Interruptions, Priority): by priority, from the highest one again after each
 * delivery.
 *
 * <pre>
 *  candidates: gates behind which something may be pending --&gt; those that are open, lowest number first --&gt; take --&gt; again
 *              gates that are closed: a request each, verified at the holder
 *  behind all others: set prefix, restart, stop
 * </pre>
 *
 * <p>A stopped CPU takes set prefix and restart only, a CPU in load or check stop takes nothing.
 *
 * <p>Threads: the vCPU's own.
 */
public final class ArchitectureDelivery extends Delivery {
    /** Interruptions that a pass delivers at most. */
    private static final int LIMIT = 1024;

    private static final int EARLY_SPECIFICATION = 6;

    private final LocalConditions conditions;
    private final ProgramInterruption program;

    /** What is stored for a program interruption from outside, which has no parameters. */
    private final ProgramInterruption injected = new ProgramInterruption();

    private final ArchitectureSwap swap;
    private final StoppedPsw stoppedPsw;
    private final IoTaker io;
    private final ExternalTaker external;
    private final MachineCheckTaker machineChecks;

    /** What candidates of this vCPU alone there were behind the last look at the stamp, but those that were taken since. */
    private int localCandidates;

    /** Timers that this pass has delivered: each at most once. */
    private int timersDelivered;

    /** The word of the floating gates, as read when the pass last searched from the start. */
    private long seenWord;

    /**
     * The deliveries of one vCPU.
     *
     * @param program parameters of the program interruptions that the vCPU raises itself.
     * @param addresses the CPU addresses of the machine, by the numbers of its vCPUs.
     * @param stoppedPsw where a CPU that stops publishes its PSW.
     * @param storage where the guest can have an area for vector registers.
     */
    public ArchitectureDelivery(
            Parts parts, ProgramInterruption program, int[] addresses, StoppedPsw stoppedPsw, GuestMemory storage) {
        super(parts);
        conditions = parts.conditions();
        this.program = program;
        this.stoppedPsw = stoppedPsw;
        publishStopped();
        swap = new ArchitectureSwap(registers);
        machineChecks = new MachineCheckTaker(this, conditions, storage);
        external = new ExternalTaker(this, conditions, addresses);
        io = new IoTaker(floating, taken);
    }

    @Override
    boolean isNothingPending() {
        timersDelivered = 0;
        return candidates() == Gate.SERVICE.bit()
                && localCandidates == 0
                && !floating.isPending(seenWord, Gate.SERVICE.ordinal());
    }

    @Override
    boolean isWithinLimit(int count) {
        return count < LIMIT;
    }

    @Override
    boolean pass() {
        timersDelivered = 0;
        localCandidates = conditions.pendingGates();
        while (true) {
            int state = CpuState.stateIn(this.state.word());
            timers.run(state == CpuState.OPERATING || state == CpuState.LOAD);
            int open = state == CpuState.OPERATING
                    ? registers.openGates()
                    : state == CpuState.STOPPED ? Gate.ORDER.bit() : 0;
            int candidates = candidates();
            Gate takenBehind = null;
            for (int left = candidates & open; left != 0 && takenBehind == null; left &= left - 1) {
                Gate gate = Gate.ofOrdinal(Integer.numberOfTrailingZeros(left));
                InterruptionType type = take(gate);
                if (fault() != null) {
                    return false;
                }
                if (type != null) {
                    takenBehind = gate;
                    if (!perform(type)) {
                        return endEarly();
                    }
                }
            }
            if (takenBehind == null) {
                if (state == CpuState.OPERATING) {
                    leaveRequests(candidates & ~open);
                }
                return true;
            }
            if (!arrivals.isMoved()) {
                localCandidates = conditions.pendingGates(localCandidates, takenBehind);
            } else if (lookAgain()) {
                localCandidates = conditions.pendingGates();
            } else {
                return false;
            }
        }
    }

    /** The pass was long enough or was called out. An order is taken in any case: no guest can keep a stop out. */
    private boolean endEarly() {
        if (!isWithinLimit(delivered) && !machine.isClosed()) {
            taken.parameter = 0;
            taken.parameter64 = 0;
            taken.since = Since.NONE;
            InterruptionType type = takeOrder();
            if (type != null) {
                perform(type);
            }
        }
        return false;
    }

    /** Gates behind which something may be pending: for local classes as of the last look at the stamp, hints for floating ones. */
    private int candidates() {
        seenWord = floating.word().word();
        int timer = timers.gatesOf(registers.openGates()) & ~timersDelivered;
        return localCandidates
                | FloatingWord.gatesIn(seenWord)
                | timer
                | Gate.SERVICE.bit()
                | (program.isRaised() || !local.isEmpty() ? Gate.PROGRAM.bit() : 0)
                | (CpuState.orderIn(state.word()) != CpuState.NO_ORDER ? Gate.ORDER.bit() : 0);
    }

    /** Takes the first behind an open gate; null if there is none, or at a fault. */
    private InterruptionType take(Gate gate) {
        taken.parameter = 0;
        taken.parameter64 = 0;
        taken.since = Since.NONE;
        return switch (gate) {
            case EXIGENT_MACHINE_CHECK, CHANNEL_REPORT, RECOVERY, DEGRADATION, EXTERNAL_DAMAGE, WARNING ->
                machineChecks.take();
            case PROGRAM -> inStorage(InterruptionType.PROGRAM) ? takeProgram() : null;
            case CLOCK_COMPARATOR -> takeTimer(InterruptionType.CLOCK_COMPARATOR);
            case CPU_TIMER -> takeTimer(InterruptionType.CPU_TIMER);
            case INTERRUPT_KEY -> external.interruptKey();
            case MALFUNCTION_ALERT -> external.malfunctionAlert();
            case EMERGENCY_SIGNAL -> external.emergencySignal();
            case EXTERNAL_CALL -> external.externalCall();
            case TIMING_ALERT -> external.timingAlert(seenWord);
            case MEASUREMENT_ALERT -> external.measurementAlert();
            case SERVICE -> external.service(seenWord, localCandidates);
            case IO_0, IO_1, IO_2, IO_3, IO_4, IO_5, IO_6, IO_7 -> takeIo(gate.ordinal() - Gate.IO_0.ordinal());
            case ORDER -> takeOrder();
            default -> external.one(gate);
        };
    }

    private boolean inStorage(InterruptionType type) {
        return !isFault(type);
    }

    private InterruptionType takeProgram() {
        if (program.isRaised()) {
            taken.parameter = program.code();
            return InterruptionType.PROGRAM;
        }
        InterruptionType type = local.first(false);
        if (type != null) {
            local.remove(type, taken);
        }
        return type;
    }

    private InterruptionType takeTimer(InterruptionType type) {
        int gate = type.gate().bit();
        if (!timers.isDue(gate) || isFault(type)) {
            return null;
        }
        timersDelivered |= gate;
        return type;
    }

    private InterruptionType takeIo(int subclass) {
        InterruptionType found = io.find(subclass, seenWord);
        if (found == null || isFault(found)) {
            return null;
        }
        InterruptionType type = io.take(subclass);
        if (type == InterruptionType.ADAPTER && latencies != null) {
            taken.since = latencies.since().takeAdapter(subclass);
        }
        return type;
    }

    /** Set prefix, restart or stop: behind all others. Other orders are the run loop's. */
    private InterruptionType takeOrder() {
        long word = state.word();
        switch (CpuState.orderIn(word)) {
            case CpuState.SET_PREFIX -> {
                taken.parameter = CpuState.parameterIn(word);
                return state.take(word, CpuState.stateIn(word)) ? InterruptionType.SET_PREFIX : null;
            }
            case CpuState.RESTART -> {
                return !isFault(InterruptionType.RESTART) && state.take(word, CpuState.OPERATING)
                        ? InterruptionType.RESTART
                        : null;
            }
            case CpuState.STOP -> {
                leaveRotation();
                publishStopped();
                return state.take(word, CpuState.STOPPED) ? InterruptionType.STOP : null;
            }
            default -> {
                return null;
            }
        }
    }

    /** Before the CPU becomes stopped, and after a change while it is: a conditional emergency signal reads it. */
    public void publishStopped() {
        stoppedPsw.publish(registers.pswMask(), registers.pswAddress(), registers.control(4), registers.control(3));
    }

    /** One for each class that is pending behind a closed gate. Timers leave none. */
    private void leaveRequests(int closed) {
        long mask = registers.pswMask();
        for (int left = closed; left != 0; left &= left - 1) {
            Gate gate = Gate.ofOrdinal(Integer.numberOfTrailingZeros(left));
            boolean isFloating = (floating.gates() & gate.bit()) != 0;
            boolean isHandedOn = isFloating && handOn.handOn(gate);
            if (!isFloating || isHandedOn || (localCandidates & gate.bit()) != 0) {
                request(Request.of(gate, mask));
            }
        }
    }

    /** TEST PENDING INTERRUPTION: takes the first I/O interruption of the lowest subclass in a mask (0x80 is subclass 0). */
    public boolean takeIo(int subclassMask, IoInterruption out) {
        seenWord = floating.word().word();
        int gates = FloatingWord.gatesIn(seenWord) & IoTaker.GATES;
        for (int left = gates; left != 0; left &= left - 1) {
            int subclass = Integer.numberOfTrailingZeros(left) - Gate.IO_0.ordinal();
            if ((subclassMask & 0x80 >>> subclass) != 0) {
                InterruptionType type = takeIo(subclass);
                if (type != null) {
                    Counters.add(counters, type.counter(), 1);
                    recordTime(type);
                    out.set(taken.parameter, taken.parameter64);
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    void carryOut(InterruptionType type) {
        switch (type.stores()) {
            case PROGRAM -> program();
            case RESTART -> {
                swap.restart();
                stopLast = false;
                timers.run(true);
                restarted();
            }
            case NOTHING -> order(type);
            case IO -> swap.io(taken.parameter, taken.parameter64);
            case MACHINE_CHECK -> machineChecks.carryOut();
            default -> swap.external(type, taken);
        }
        if (type != InterruptionType.STOP && type != InterruptionType.SET_PREFIX) {
            checkNewPsw();
        }
    }

    private void program() {
        if (program.isRaised()) {
            swap.program(program);
            program.clear();
        } else {
            swap.program(injected.begin(taken.parameter, registers.instructionLength()));
        }
    }

    @Override
    void alsoDiscardedByFault(InterruptionType type) {
        machineChecks.discardedByFault(type);
    }

    /** Who stores the registers of the embedder for a machine check. */
    public void statusProvider(StatusProvider provider) {
        machineChecks.statusProvider(provider);
    }

    private void order(InterruptionType type) {
        if (type == InterruptionType.STOP) {
            stopDelivered = true;
            stopLast = true;
            isOperating = false;
            timers.run(false);
        } else {
            registers.setPrefixOrder(taken.parameter);
        }
    }

    /**
     * A supervisor-call interruption, at once.
     *
     * @return false at a fault: the lowcore is not in storage.
     */
    public boolean supervisorCall(int code, int length) {
        if (isFault(InterruptionType.PROGRAM)) {
            return false;
        }
        swap.supervisorCall(code, length);
        Counters.add(counters, Counter.DELIVER_SUPERVISOR_CALL, 1);
        checkNewPsw();
        return true;
    }

    /** An interruption has loaded a PSW: an invalid one gives a program interruption, next. */
    public void checkNewPsw() {
        if (PswCheck.isInvalid(registers.pswMask(), registers.pswAddress())) {
            program.begin(EARLY_SPECIFICATION, 0).raise();
            arrivals.leaveAttention();
        }
    }

    @Override
    public void reset() {
        super.reset();
        if (program.isRaised()) {
            Counters.add(counters, Counter.DISCARDED_BY_RESET, 1);
            program.clear();
        }
    }
}
