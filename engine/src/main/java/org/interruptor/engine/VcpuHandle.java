package org.interruptor.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.ProgramInterruption;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.cpu.SentSignals;
import org.interruptor.engine.cpu.SignalProcessor;
import org.interruptor.engine.deliver.Delivery;
import org.interruptor.engine.deliver.Request;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.CpuFlags;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Latencies;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.LocalQueue;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.queue.StopOnStop;
import org.interruptor.engine.queue.StoppedPsw;
import org.interruptor.engine.wake.WaitWord;

/**
 * The methods of a vCPU for all threads: inject local interruptions, kick, start, and read flags and counters. Device threads,
 * timers and other vCPUs need only this class. The vCPU's own thread uses {@link Vcpu}.
 *
 * <p>Threads: any, for every method here. None blocks, allocates or throws; injections answer with {@link InjectResult}.
 *
 * <p>Progress: no injector waits for another. If the thread of an injector is stopped between claiming and publishing a record,
 * two things stay hidden from this vCPU until that thread goes on: the records behind it, and the emergency signals that came
 * after the last record in front of it. Interruptions in front of it, and all other vCPUs, are not delayed.
 */
public final class VcpuHandle {
    private static final VarHandle BOUND;

    static {
        try {
            BOUND = MethodHandles.lookup().findVarHandle(VcpuHandle.class, "bound", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int id;
    private final Machine machine;
    private final MachineState machineState;
    private final Tell tell;
    private final Arrivals arrivals;
    private final WaitWord waitWord;
    private final LocalQueue queue;
    private final StopOnStop stopOnStop = new StopOnStop();
    private final CpuState state;
    private final LocalConditions conditions;
    private final StoppedPsw stoppedPsw = new StoppedPsw();
    private final int address;
    private final PauseGate pause;
    private final VcpuInjection injection;
    private final VcpuBooks books;
    private final Vcpu vcpu;

    /** The thread that the vCPU is bound to. Volatile. */
    @SuppressWarnings("unused")
    private Thread bound;

    VcpuHandle(int id, Machine machine, MachineBuilder builder, Arrivals arrivals, WaitWord waitWord) {
        this.id = id;
        this.machine = machine;
        machineState = machine.state();
        tell = machine.tell();
        this.arrivals = arrivals;
        this.waitWord = waitWord;
        Latencies latencies = machine.latencies();
        queue = new LocalQueue(builder.localCapacity(), arrivals, latencies != null);
        address = builder.cpuAddresses()[id];
        state = new CpuState(!builder.isStopped());
        conditions = new LocalConditions(builder.vcpus(), id, latencies == null ? null : latencies.since());
        pause = new PauseGate(this, machine.pauses());
        injection = new VcpuInjection(this, builder);
        books = new VcpuBooks(this, builder.rules());
        vcpu = new Vcpu(this, builder);
    }

    /**
     * Makes the calling thread the vCPU's own. Allocates nothing. One thread may bind many vCPUs.
     *
     * @return the one {@link Vcpu} of this vCPU; only the calling thread may use it, until {@link Vcpu#unbind}.
     * @throws IllegalStateException if the vCPU is bound, also to the calling thread.
     */
    public Vcpu bind() {
        Thread current = Thread.currentThread();
        Thread other = (Thread) BOUND.compareAndExchange(this, null, current);
        if (other != null) {
            throw new IllegalStateException("vCPU " + id + " is bound to thread '" + other.getName()
                    + "', bind called by '" + current.getName() + "': unbind() it there first");
        }
        arrivals.owner(current.getId());
        return vcpu;
    }

    /** Ends the binding: release; partner is the next {@link #bind}. */
    void unbind() {
        arrivals.owner(0);
        BOUND.setRelease(this, (Thread) null);
    }

    /** The thread that the vCPU is bound to, or null. */
    Thread boundThread() {
        return (Thread) BOUND.getVolatile(this);
    }

    /**
     * The vCPU's number, which is its place in the machine.
     *
     * @return 0 to the number of vCPUs less 1.
     */
    public int id() {
        return id;
    }

    /**
     * The machine that it belongs to.
     *
     * @return the machine.
     */
    public Machine machine() {
        return machine;
    }

    /**
     * Injects an emergency signal: external interruption 0x1201. It takes no place in the queue.
     *
     * @return ACCEPTED, CLOSED, or FULL at 2^30 outstanding.
     */
    public InjectResult injectEmergency() {
        return inject(InterruptionType.EMERGENCY_SIGNAL, 0);
    }

    /**
     * Injects an emergency signal of a CPU. Under original rules it has no sender.
     *
     * @param sender the number of the vCPU that sends it.
     * @return ACCEPTED; COALESCED if one of this sender is pending; INVALID if there is no such vCPU; FULL or CLOSED.
     */
    public InjectResult injectEmergency(int sender) {
        return injection.isSender(sender)
                ? inject(InterruptionType.EMERGENCY_SIGNAL, injection.kept(InterruptionType.EMERGENCY_SIGNAL, sender))
                : refuse(InjectResult.INVALID);
    }

    /**
     * Injects an external call of a CPU. Architecture rules.
     *
     * @param sender the number of the vCPU that sends it.
     * @return ACCEPTED; BUSY if one is pending; INVALID if there is no such vCPU, or under original rules; CLOSED.
     */
    public InjectResult injectExternalCall(int sender) {
        return injection.isValid(InterruptionType.EXTERNAL_CALL, sender, 0)
                ? inject(InterruptionType.EXTERNAL_CALL, sender)
                : refuse(InjectResult.INVALID);
    }

    /**
     * Asks for a call of {@link GuestCpu#requested} on the vCPU's own thread; several merge into one.
     */
    public void request() {
        announce(Mailbox.REQUEST);
    }

    /** Asks {@link Vcpu#run} or {@link Vcpu#step} to answer EXIT; once for each return. */
    public void exit() {
        announce(Mailbox.EXIT);
        pause.wakeUp();
    }

    /**
     * Injects a stop, and sets the stop-on-stop action before it can be delivered.
     *
     * @return ACCEPTED, FULL or CLOSED.
     */
    public InjectResult injectStop() {
        return inject(InterruptionType.STOP, 0);
    }

    /**
     * Injects a restart interruption.
     *
     * @return ACCEPTED, FULL or CLOSED.
     */
    public InjectResult injectRestart() {
        return inject(InterruptionType.RESTART, 0);
    }

    /**
     * Injects a set-prefix order.
     *
     * @param prefix 32 bits, unsigned; unchecked: one outside storage is a fault of the first delivery that needs the
     *     lowcore.
     * @return ACCEPTED, FULL or CLOSED.
     */
    public InjectResult injectSetPrefix(int prefix) {
        return inject(InterruptionType.SET_PREFIX, prefix);
    }

    /**
     * Injects a program interruption from outside, as a debugger or an ioctl handler does. It goes in front of all that is
     * queued. The vCPU's own instruction handling uses {@link Vcpu#raiseProgram}.
     *
     * @param code the program interruption code, 0 to 0xffff.
     * @return ACCEPTED, INVALID for another code, FULL or CLOSED.
     */
    public InjectResult injectProgram(int code) {
        return isProgramCode(code) ? inject(InterruptionType.PROGRAM, code) : refuse(InjectResult.INVALID);
    }

    /**
     * Injects by raw number: for front ends that pass on numbers from outside.
     *
     * @param rawType see {@link InterruptionType#rawNumber()}; other numbers are INVALID.
     * @param parameter 32 bits: the code of a program interruption, the prefix of a set-prefix order, else ignored.
     * @return ACCEPTED, INVALID, FULL or CLOSED.
     */
    public InjectResult inject(int rawType, int parameter) {
        return inject(rawType, parameter, 0);
    }

    /**
     * As {@link #inject(int, int)}, with a parameter of 64 bits.
     *
     * @param rawType see {@link InterruptionType#rawNumber()}; other numbers are INVALID.
     * @param parameter 32 bits, ignored where the type has none.
     * @param parameter64 64 bits: the token of a page-fault initial, the interruption code of a machine check; else ignored.
     * @return ACCEPTED, COALESCED, BUSY, INVALID, FULL or CLOSED.
     */
    public InjectResult inject(int rawType, int parameter, long parameter64) {
        InterruptionType type = InterruptionType.ofRawNumber(rawType);
        if (type == null || !type.isLocal() || !injection.isValid(type, parameter, parameter64)) {
            return refuse(InjectResult.INVALID);
        }
        return type == InterruptionType.MACHINE_CHECK
                ? injectMachineCheck(new MachineCheck(parameter64))
                : inject(type, injection.kept(type, parameter), type.hasParameter64() ? parameter64 : 0);
    }

    /**
     * Injects machine-check conditions. Those that arrive while one is pending are merged into it. The one injection that allocates.
     * Architecture rules.
     *
     * @param check what has happened.
     * @return ACCEPTED; COALESCED if one is pending; INVALID if the code has no condition, or under original rules; CLOSED.
     */
    public InjectResult injectMachineCheck(MachineCheck check) {
        if (!injection.isValid(InterruptionType.MACHINE_CHECK, 0, check.code())) {
            return refuse(InjectResult.INVALID);
        }
        if (machineState.isClosed()) {
            return refuse(InjectResult.CLOSED);
        }
        Object event = tell.injecting();
        InjectResult result = injection.machineCheck(check);
        if (result == InjectResult.COALESCED) {
            return coalesced(InterruptionType.MACHINE_CHECK, check.externalDamageCode(), check.code());
        }
        tell.injected(event, id, InterruptionType.MACHINE_CHECK, check.externalDamageCode(), check.code());
        return result;
    }

    /**
     * Injects a page-fault initial: external interruption 0x2603. Architecture rules.
     *
     * @param token 64 bits.
     * @return ACCEPTED; BUSY if one is pending; INVALID under original rules; CLOSED.
     */
    public InjectResult injectPageFault(long token) {
        return inject(InterruptionType.PAGE_FAULT_INITIAL.rawNumber(), 0, token);
    }

    static boolean isProgramCode(int code) {
        return (code & ~0xffff) == 0;
    }

    private InjectResult inject(InterruptionType type, int parameter) {
        return inject(type, parameter, 0);
    }

    private InjectResult inject(InterruptionType type, int parameter, long parameter64) {
        if (machineState.isClosed()) {
            return refuse(InjectResult.CLOSED);
        }
        Object event = tell.injecting();
        InjectResult result = injection.inject(type, parameter, parameter64);
        if (result != InjectResult.ACCEPTED) {
            return result == InjectResult.COALESCED ? coalesced(type, parameter, parameter64) : refuse(result);
        }
        tell.injected(event, id, type, parameter, parameter64);
        return result;
    }

    private InjectResult coalesced(InterruptionType type, int parameter, long parameter64) {
        machine.counters().byOthers(id, Counter.COALESCED);
        tell.coalesced(id, type, parameter, parameter64);
        return InjectResult.COALESCED;
    }

    InjectResult refuse(InjectResult result) {
        machine.counters().refused(id);
        return result;
    }

    /**
     * Calls the vCPU out of the wait, or out of guest code at the next boundary. Sticky: one that comes before the wait ends
     * it at once. Several merge into one until it is taken, by the wait or by {@link Vcpu#takeKick}.
     */
    public void kick() {
        announce(Mailbox.KICK);
    }

    void announce(int bit) {
        arrivals.post(bit);
        waitWord.claimAndWake(Gate.ORDER);
    }

    /** A timer is due: the next pass looks at both. */
    void timerIsDue() {
        arrivals.post(Mailbox.TIMER);
    }

    /** The machine's clock was set, and that is visible: a wait in which the clock comparator's gate is open looks anew. */
    void clockWasSet() {
        timerIsDue();
        waitWord.claimAndWake(Gate.CLOCK_COMPARATOR);
    }

    /** The machine was closed, and that is visible. */
    void closed() {
        arrivals.announceClose();
        waitWord.claimAndWake(Gate.ORDER);
        pause.wakeUp();
    }

    /**
     * Starts the vCPU if it is stopped: it takes part in floating interruptions again. A start is an edge: attention is set, and
     * a wait that finds a start that no delivery has seen ends as READY, whenever it began.
     */
    public void start() {
        if (state.start()) {
            announce(Mailbox.START);
        }
    }

    /**
     * Has a stopped CPU load a PSW and start, on its own thread in {@link Vcpu#run} or {@link Vcpu#step}: for the program that a loader has
     * put into storage. It is an order in progress until then, which a reset cancels. Architecture rules.
     *
     * @param mask of the PSW, 64 bits.
     * @param address of the PSW, 64 bits.
     * @return ACCEPTED; INVALID if the CPU is not stopped; BUSY if an order is in progress; CLOSED.
     * @throws IllegalStateException under original rules.
     */
    public InjectResult load(long mask, long address) {
        machine.needArchitecture("load");
        if (machineState.isClosed()) {
            return InjectResult.CLOSED;
        }
        InjectResult result = state.pswLoad().accept(mask, address);
        if (result == InjectResult.ACCEPTED) {
            announce(Mailbox.ORDER);
        }
        return result;
    }

    /**
     * Whether the vCPU operates; it does from the start, until {@link Vcpu#stop}.
     *
     * @return false if it is stopped.
     */
    public boolean isOperating() {
        return state.isOperating();
    }

    /**
     * Whether the vCPU is in the enabled wait, and the wait has not been ended.
     *
     * @return true from the opening of the wait to its end or to the claim that ends it.
     */
    public boolean isWaiting() {
        return waitWord.isOpen();
    }

    /**
     * Whether guest code has to be left at the next instruction boundary: something came since the last delivery (an
     * injection from outside, a notice, a kick, a start, close), a delivery ended early, or a kick has not been taken. The
     * emulator's innermost check: two loads and a comparison.
     *
     * @return exact on the vCPU's own thread.
     */
    public boolean isAttention() {
        return arrivals.isAttention();
    }

    /**
     * Whether a kick has not been taken yet.
     *
     * @return exact on the vCPU's own thread.
     */
    public boolean isKickPending() {
        return arrivals.isKickPending();
    }

    /**
     * Whether a stop was accepted and its action not yet taken.
     *
     * @return the stop-on-stop action.
     */
    public boolean isStopOnStop() {
        return stopOnStop.isSet();
    }

    /**
     * Reads and clears the stop-on-stop action.
     *
     * @return whether it was set.
     */
    public boolean takeStopOnStop() {
        return stopOnStop.take();
    }

    /**
     * The flags, assembled from what each side has written.
     *
     * @return bits of {@link CpuFlags}; exact on the vCPU's own thread.
     */
    public int flags() {
        return (isWaiting() ? CpuFlags.WAIT : 0)
                | (vcpu.delivery().isStopDelivered() ? CpuFlags.STOP : 0)
                | ((vcpu.delivery().requests() & Request.PSW_EXTERNAL) != 0 || isAttention() ? CpuFlags.EXT : 0)
                | ((vcpu.delivery().requests() & Request.PSW_IO) != 0 ? CpuFlags.IO : 0)
                | (conditions.hasExternalCall() ? CpuFlags.ECALL : 0);
    }

    /**
     * A counter.
     *
     * @param counter which.
     * @return its value, 64 bits.
     */
    public long counter(Counter counter) {
        return machine.counters().get(id, counter);
    }

    /**
     * Local interruptions ever accepted: those delivered, queued and discarded.
     *
     * @return how many.
     */
    public long accepted() {
        return books.accepted();
    }

    /**
     * Local interruptions queued: all that is pending for this vCPU alone, but for its timers and its own program interruption.
     *
     * @return how many; 0 on a closed machine.
     */
    public long queued() {
        return machineState.isClosed() ? 0 : books.queued();
    }

    /**
     * Local interruptions discarded, by a CPU reset, by a fault of mapped storage or by closing.
     *
     * @return how many; exact on a closed machine as soon as the vCPU's thread has come out of its delivery, which may still take
     *     one.
     */
    public long discarded() {
        return discarded(machineState.isClosed());
    }

    long discarded(boolean isClosed) {
        return books.discarded(isClosed);
    }

    /** Bits of {@link VcpuCondition}. */
    long conditionBits() {
        Delivery delivery = vcpu.delivery();
        return VcpuCondition.OPERATING.bit(isOperating())
                | VcpuCondition.ATTENTION.bit(isAttention())
                | VcpuCondition.KICK_PENDING.bit(isKickPending())
                | VcpuCondition.STOP_ON_STOP.bit(isStopOnStop())
                | VcpuCondition.EXT_REQUEST.bit((delivery.requests() & Request.PSW_EXTERNAL) != 0)
                | VcpuCondition.CR0_REQUEST.bit((delivery.requests() & Request.CR0) != 0)
                | VcpuCondition.IO_REQUEST.bit((delivery.requests() & Request.PSW_IO) != 0)
                | VcpuCondition.MACHINE_CHECK_REQUEST.bit((delivery.requests() & Request.PSW_MACHINE_CHECK) != 0)
                | VcpuCondition.CR6_REQUEST.bit((delivery.requests() & Request.CR6) != 0)
                | VcpuCondition.CR14_REQUEST.bit((delivery.requests() & Request.CR14) != 0)
                | VcpuCondition.FAULT.bit(delivery.fault() != null);
    }

    /** Under architecture rules: gates behind which something is pending for this vCPU alone. */
    int pendingGates() {
        ProgramInterruption program = vcpu.program();
        return program == null
                ? 0
                : conditions.pendingGates()
                        | (program.isRaised() ? Gate.PROGRAM.bit() : 0)
                        | (vcpu.timers().isDue(Gate.CPU_TIMER.bit()) ? Gate.CPU_TIMER.bit() : 0);
    }

    /** Threads: one, while no other uses the machine. */
    void restoreStopOnStop(boolean isStopOnStop) {
        stopOnStop.restore(isStopOnStop, queue.claimedRecords());
    }

    VcpuBooks books() {
        return books;
    }

    StopOnStop stopOnStop() {
        return stopOnStop;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    WaitWord waitWord() {
        return waitWord;
    }

    LocalQueue queue() {
        return queue;
    }

    /** For reports and saving; the vCPU's own thread gets it from {@link #bind}. */
    Vcpu owner() {
        return vcpu;
    }

    void acceptReset(ResetKind kind) {
        if (state.acceptReset(kind.ordinal() + 1)) {
            machine.counters().byOthers(id, Counter.CANCELLED_BY_RESET);
        }
        announce(Mailbox.ORDER);
    }

    /** The vCPU has carried out a reset. */
    void resetDone() {
        machine.resetDone(id);
    }

    CpuState state() {
        return state;
    }

    LocalConditions conditions() {
        return conditions;
    }

    PauseGate pause() {
        return pause;
    }

    StoppedPsw stoppedPsw() {
        return stoppedPsw;
    }

    /** What signals of other CPUs change. */
    SignalProcessor.Cpu signalTarget() {
        return new SignalProcessor.Cpu(
                id, address, state, conditions, arrivals, waitWord, stoppedPsw, new SentSignals());
    }
}
