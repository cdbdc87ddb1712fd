package org.interruptor.engine;

import java.util.List;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.ProgramInterruption;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.contract.StatusProvider;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.deliver.ArchitectureDelivery;
import org.interruptor.engine.deliver.ArchitecturePending;
import org.interruptor.engine.deliver.Delivery;
import org.interruptor.engine.deliver.OriginalDelivery;
import org.interruptor.engine.deliver.Request;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.LocalPending;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Timers;
import org.interruptor.engine.wake.Waiting;

/**
 * The methods of a virtual CPU for its own thread: delivery, the wait, and the registers that interruptions depend on. {@link
 * VcpuHandle} has the methods for all other threads.
 *
 * <pre>{@code
 * while (running) {
 *     if (vcpu.deliverPending() == Vcpu.FAULT) { ... }      // PSW and lowcore are as the guest must see them
 *     if (PswMask.isWait(vcpu.registers().pswMask())) {
 *         switch (vcpu.enterWait()) { ... }
 *     } else {
 *         // until vcpu.isAttention(), or loadPsw or loadControl says so, or the time is up
 *         interpreter.run(vcpu, vcpu.nanosToTimer());
 *     }
 * }
 * }</pre>
 *
 * <p>Threads: the vCPU's own, one at a time; several vCPUs may share one thread. An embedder that moves a vCPU from one thread
 * to another must provide a happens-before edge. {@link VcpuHandle#bind} makes the engine check it. Only lists and faults
 * allocate, and only {@link #enterWait} and {@link #run} block.
 */
public final class Vcpu {
    /** {@link #deliverPending} found the lowcore outside storage; {@link #fault()} says more. */
    public static final int FAULT = Delivery.FAULT;

    /** {@link #deliverPending} found the machine closed: nothing will be delivered any more. */
    public static final int CLOSED = Delivery.CLOSED;

    private final VcpuHandle handle;
    private final Machine machine;
    private final Arrivals arrivals;
    private final Registers registers;
    private final Timers timers;
    private final LocalBacklog backlog;
    private final LocalPending pending;
    private final Floating floating;
    private final HandOn handOn;
    private final Delivery delivery;
    private final Waiting waiting;
    private final MisuseCheck check;
    private final RegisterLoads loads;
    private final CpuControl control;
    private final int stoppedGates;

    // Architecture rules only: else null.

    private final ProgramInterruption program;
    private final ArchitectureDelivery architecture;
    private final RunLoop loop;

    Vcpu(VcpuHandle handle, MachineBuilder builder) {
        this.handle = handle;
        int id = handle.id();
        machine = handle.machine();
        arrivals = handle.arrivals();
        registers = new Registers(machine.storage());
        boolean isArchitecture = builder.rules() == Rules.ARCHITECTURE;
        timers = new Timers(registers, machine.machineClock(), isArchitecture);
        backlog = new LocalBacklog(
                handle.queue(), arrivals, count -> machine.counters().add(id, Counter.DISCARDED_BY_RESET, count));
        floating = machine.floating();
        handOn = new HandOn(id, floating, machine.notifier());
        Delivery.Parts parts = new Delivery.Parts(
                id,
                registers,
                arrivals,
                backlog,
                handle.conditions(),
                timers,
                floating,
                handOn,
                handle.state(),
                machine.operating(),
                machine.state(),
                machine.tell(),
                machine.latencies(),
                machine.counters());
        if (isArchitecture) {
            program = new ProgramInterruption();
            architecture = new ArchitectureDelivery(
                    parts, program, builder.cpuAddresses(), handle.stoppedPsw(), machine.storage());
            delivery = architecture;
            pending = new ArchitecturePending(handle.conditions(), backlog, program, handle.state());
            stoppedGates = Gate.ORDER.bit();
        } else {
            program = null;
            architecture = null;
            delivery = new OriginalDelivery(
                    parts, builder.localCapacity() + floating.service().capacity());
            pending = backlog;
            stoppedGates = Gate.ALWAYS_OPEN;
        }
        waiting = new Waiting(
                new Waiting.Parts(
                        id,
                        registers,
                        arrivals,
                        handle.waitWord(),
                        timers,
                        pending,
                        floating,
                        handOn,
                        machine.waiters(),
                        handle.state(),
                        stoppedGates,
                        machine.state(),
                        machine.tell(),
                        machine.counters()),
                builder.waitStrategy());
        check = builder.isChecked() ? new MisuseCheck(handle, registers) : null;
        loads = new RegisterLoads(registers, timers, floating, delivery, isArchitecture, check);
        control = new CpuControl(handle, registers, timers, backlog, handOn, delivery, architecture, loads);
        loop = isArchitecture ? new RunLoop(this) : null;
    }

    // The run loop: architecture rules.

    /**
     * Runs the CPU on the calling thread, which is its own: orders, deliveries, waits and guest code, until there is a reason to return.
     * A stopped CPU stays inside until it is started. Source: Principles of Operation, chapter Control, CPU States.
     *
     * @param guest the embedder's part of the CPU.
     * @return CLOSED, FAULT, INTERRUPTED (the thread's status is kept) or EXIT.
     * @throws IllegalStateException under original rules, or if the vCPU is bound to another thread.
     */
    public RunOutcome run(GuestCpu guest) {
        checkThread();
        return architecture("run").run(guest);
    }

    /**
     * One turn of {@link #run} that never blocks, for embedders with a scheduler of their own. Between turns another thread may take
     * over by {@link #unbind} and {@link VcpuHandle#bind}.
     *
     * @param guest the embedder's part of the CPU; {@link GuestCpu#goOn} tells it when to go on after WAITING, STOPPED and PAUSED.
     * @return AGAIN, WAITING with {@link #waitDeadlineNanos}, STOPPED, PAUSED, or why it ended: CLOSED, FAULT or EXIT.
     * @throws IllegalStateException under original rules, or if the vCPU is bound to another thread.
     */
    public RunOutcome step(GuestCpu guest) {
        checkThread();
        return architecture("step").step(guest);
    }

    /**
     * Carries out the orders that no delivery does: resets, stop and store status, store status, and the load of a PSW. {@link #run} and
     * {@link #step} do it by themselves; a loop of your own calls it in front of each {@link #deliverPending}, or these orders stay in
     * progress. Architecture rules.
     *
     * @param guest stores and resets the registers that the engine does not have; nothing else of it is called.
     * @throws IllegalStateException under original rules, if the vCPU is in the wait, or bound to another thread.
     */
    public void carryOutOrders(GuestCpu guest) {
        checkRunning();
        architecture("carryOutOrders").carryOutOrders(guest);
    }

    private RunLoop architecture(String what) {
        machine.needArchitecture(what);
        return loop;
    }

    /** Ends the binding, so that another thread can bind the vCPU. */
    public void unbind() {
        checkThread();
        handle.unbind();
    }

    /**
     * What all threads may do with this vCPU.
     *
     * @return the handle.
     */
    public VcpuHandle handle() {
        return handle;
    }

    /**
     * The vCPU's number, which is its place in the machine.
     *
     * @return 0 to the number of vCPUs less 1.
     */
    public int id() {
        return handle.id();
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
     * As {@link VcpuHandle#isAttention}.
     *
     * @return whether guest code has to be left at the next instruction boundary.
     */
    public boolean isAttention() {
        return arrivals.isAttention();
    }

    /**
     * As {@link VcpuHandle#isOperating}.
     *
     * @return false if the vCPU is stopped.
     */
    public boolean isOperating() {
        return handle.isOperating();
    }

    /**
     * As {@link VcpuHandle#flags}.
     *
     * @return bits of {@link org.interruptor.engine.gate.CpuFlags}.
     */
    public int flags() {
        return handle.flags();
    }

    private void checkThread() {
        if (check != null) {
            check.thread();
        }
    }

    private void checkRunning() {
        checkThread();
        if (waiting.isInWait()) {
            throw new IllegalStateException(
                    "vCPU " + id() + " is in the wait: call endWait() after its callback, or kick() it out first");
        }
    }

    /**
     * The registers. They must not be changed while the vCPU is in the wait.
     *
     * @return the registers of this vCPU.
     */
    public Registers registers() {
        return registers;
    }

    /**
     * Delivers all interruptions that may be taken: local ones, the clock comparator, floating ones; a stopped vCPU takes
     * no external interruption. To be called before guest code is entered. A pass may end early, with attention left set,
     * at a kick, at close, or after as many deliveries as both queues have places. Source: {@code interruptions.md},
     * section 4.
     *
     * @return how many were delivered, 0 or more; {@link #FAULT}: the next one needs the lowcore, which is not in storage. That
     *     one is still queued. The guest cannot go on as it is. {@link #CLOSED}: the machine is closed; leave the loop.
     * @throws IllegalStateException if the vCPU is in the wait, or bound to another thread.
     */
    public int deliverPending() {
        checkRunning();
        if (check != null) {
            check.passBegins();
        }
        return delivery.run();
    }

    /**
     * Why the last delivery ended by a fault.
     *
     * @return the fault, or null if it did not.
     */
    public LowcoreFault fault() {
        return delivery.fault();
    }

    /**
     * Whether an interruption is pending that may be taken now. The call changes nothing that a guest or an embedder can
     * see. Source: {@code interruptions.md}, section 5.
     *
     * @return a hint: a floating one may be taken by another vCPU meanwhile.
     * @throws IllegalStateException if the vCPU is bound to another thread, or in the wait.
     */
    public boolean isPending() {
        checkRunning();
        if (machine.isClosed()) {
            return false;
        }
        int gates = isOperating() ? registers.openGates() : stoppedGates;
        return pending.isTakeable(gates) || floating.isTakeable(gates) || timers.isDue(timers.gatesOf(gates));
    }

    /**
     * Raises a program interruption that the vCPU's own instruction handling has found. It sets no flag and wakes nobody; it
     * goes in front of all that was injected before. There is always a place for one: it is FULL only for a second one that is
     * raised before a delivery while others have filled the queue.
     *
     * @param code the program interruption code, 0 to 0xffff.
     * @return ACCEPTED, INVALID for another code, FULL or CLOSED.
     * @throws IllegalStateException if the vCPU is in the wait, or bound to another thread.
     */
    public InjectResult raiseProgram(int code) {
        checkRunning();
        if (!VcpuHandle.isProgramCode(code)) {
            return handle.refuse(InjectResult.INVALID);
        }
        if (machine.isClosed()) {
            return handle.refuse(InjectResult.CLOSED);
        }
        Object event = machine.tell().injecting();
        if (program != null) {
            program.begin(code, registers.instructionLength());
            program.raise();
        } else if (!backlog.raise(code)) {
            return handle.refuse(InjectResult.FULL);
        }
        machine.tell().injected(event, id(), InterruptionType.PROGRAM, code, 0);
        return InjectResult.ACCEPTED;
    }

    /**
     * The program interruption that this vCPU raises with parameters: begin it, set what belongs to its code, and call {@link
     * #raiseProgram()}. Architecture rules.
     *
     * @return the one object of this vCPU.
     * @throws IllegalStateException under original rules.
     */
    public ProgramInterruption programInterruption() {
        architecture("programInterruption");
        return program;
    }

    /**
     * Raises the {@link #programInterruption}: it is delivered next. It replaces one that was raised and not delivered.
     *
     * @return ACCEPTED or CLOSED.
     * @throws IllegalStateException under original rules, if the vCPU is in the wait, or bound to another thread.
     */
    public InjectResult raiseProgram() {
        architecture("raiseProgram");
        checkRunning();
        if (machine.isClosed()) {
            return handle.refuse(InjectResult.CLOSED);
        }
        Object event = machine.tell().injecting();
        program.raise();
        machine.tell().injected(event, id(), InterruptionType.PROGRAM, program.code(), 0);
        return InjectResult.ACCEPTED;
    }

    /**
     * A supervisor-call interruption, at once and without a queue: length to 0x88, code to 0x8a, PSW swap at 0x140 and 0x1c0.
     * Architecture rules.
     *
     * @param code 16 bits.
     * @param length of the instruction, in bytes.
     * @return 1 if guest code has to be left for a delivery, 0 if it goes on with the new PSW, {@link #FAULT} if the lowcore is not in
     *     storage.
     * @throws IllegalStateException under original rules, or if the vCPU is bound to another thread.
     */
    public int supervisorCall(int code, int length) {
        architecture("supervisorCall");
        checkRunning();
        int wereOpen = registers.openGates();
        if (!architecture.supervisorCall(code, length)) {
            return FAULT;
        }
        return program.isRaised() || loads.isLeftBy(registers.pswMask(), wereOpen) ? 1 : 0;
    }

    /**
     * TEST PENDING INTERRUPTION: takes the first I/O interruption of the lowest subclass in the mask, without a PSW swap. Check that the
     * result can be stored before the call. Architecture rules.
     *
     * @param subclassMask 8 bits; 0x80 is subclass 0.
     * @param out where it is put.
     * @return whether there was one.
     * @throws IllegalStateException under original rules, or if the vCPU is bound to another thread.
     */
    public boolean takeIo(int subclassMask, IoInterruption out) {
        architecture("takeIo");
        checkRunning();
        return architecture.takeIo(subclassMask, out);
    }

    /**
     * Loads a PSW on behalf of the guest.
     *
     * @param mask 64 bits.
     * @param address 64 bits.
     * @return whether guest code has to be left for a delivery: the PSW enables external interruptions and meets a request, or
     *     opens the gate of a clock comparator that is due, or of a floating interruption, also if another vCPU was notified.
     */
    public boolean loadPsw(long mask, long address) {
        checkLoad();
        return loads.psw(mask, address);
    }

    /**
     * Loads a control register on behalf of the guest.
     *
     * @param number 0 to 15.
     * @param value 64 bits.
     * @return whether guest code has to be left for a delivery: CR0 was loaded and a request asks for that, or it opens the gate
     *     of a clock comparator that is due, or of a floating interruption, also if another vCPU was notified.
     */
    public boolean loadControl(int number, long value) {
        checkLoad();
        return loads.control(number, value);
    }

    private void checkLoad() {
        if (check != null) {
            check.load(waiting.isInWait());
        }
    }

    /**
     * The load-control intercepts that the last delivery asked for.
     *
     * @return 16 bits: 0x8000 for CR0, 0x0200 for CR6, 0x0002 for CR14.
     */
    public int loadControlIntercepts() {
        int requests = delivery.requests();
        return ((requests & Request.CR0) != 0 ? 0x8000 : 0)
                | ((requests & Request.CR6) != 0 ? 0x0200 : 0)
                | ((requests & Request.CR14) != 0 ? 0x0002 : 0);
    }

    /**
     * How long guest code may run until the clock comparator or the CPU timer becomes due, the earlier one. Reads the clock only if
     * a gate is open.
     *
     * @return nanoseconds, cut off; 0 if it is due; {@link Long#MAX_VALUE} if its gate is closed.
     */
    public long nanosToTimer() {
        if (check != null) {
            check.guestGoesOn();
        }
        return timers.nanosToDue(timers.gatesOf(registers.openGates()));
    }

    /**
     * The guest's TOD clock: the machine's clock, what {@link Machine#setClock} has moved it by, and the epoch of this vCPU.
     *
     * @return TOD format, 64 bits, unsigned.
     */
    public long guestTime() {
        return timers.guestTime();
    }

    /**
     * The CPU timer. It runs while the CPU operates. Architecture rules.
     *
     * @return TOD units, 64 bits, signed.
     */
    public long cpuTimer() {
        return timers.cpuTimer();
    }

    /**
     * Sets the CPU timer.
     *
     * @param value TOD units, 64 bits, signed; the condition exists while it is negative.
     */
    public void cpuTimer(long value) {
        timers.cpuTimer(value);
    }

    /**
     * The enabled wait: blocks the calling thread until an interruption arrives that may be taken, the clock comparator is
     * due, the vCPU is kicked or its thread interrupted, or the machine is closed. Source: {@code interruptions.md}, section
     * 6.
     *
     * @return why it ended, never WAITING.
     * @throws IllegalStateException if the vCPU is in the wait already, or bound to another thread.
     */
    public WaitOutcome enterWait() {
        checkRunning();
        return waiting.enter();
    }

    /**
     * The enabled wait for embedders with a scheduler of their own: begins it and returns. An interrupt of the calling thread
     * means nothing here.
     *
     * @param onWakeUp is called once for each claim of the wait, by the thread that wakes; it must not block, and must get the
     *     vCPU's own thread to call {@link #endWait}. It may come before this method returns, and late, when the wait has
     *     ended by its deadline.
     * @return WAITING, with {@link #waitDeadlineNanos} for the deadline; else why there is nothing to wait for.
     * @throws IllegalStateException if the vCPU is in the wait already, or bound to another thread.
     */
    public WaitOutcome beginWait(Runnable onWakeUp) {
        if (onWakeUp == null) {
            throw new IllegalArgumentException("onWakeUp=null: expected what to call on wake-up");
        }
        checkRunning();
        WaitOutcome outcome = waiting.begin(onWakeUp);
        if (check != null) {
            check.waitBegun();
        }
        return outcome;
    }

    /**
     * The time to the clock comparator in the wait, from the one reading of the clock before it began.
     *
     * @return nanoseconds, or -1 if no timer is set.
     */
    public long waitDeadlineNanos() {
        return waiting.deadlineNanos();
    }

    /**
     * Ends the wait, if there is a reason to: to be called after the callback, or when the deadline has passed.
     *
     * @return why it ended; or WAITING: it goes on (the callback was for a floating interruption that another took, was late,
     *     or the timer a unit early); or NOT_WAITING: there is no wait, a callback or timer came late. Nothing is to be done then.
     * @throws IllegalStateException if the vCPU is bound to another thread.
     */
    public WaitOutcome endWait() {
        checkThread();
        if (check != null && waiting.isInWait()) {
            check.waitGoesOn();
        }
        return waiting.end();
    }

    /**
     * Takes a kick.
     *
     * @return whether there was one since the last was taken.
     */
    public boolean takeKick() {
        checkThread();
        return arrivals.takeKick();
    }

    /**
     * Stops the vCPU: it is not notified of floating interruptions any more, and hands on the one that it may have been
     * notified of. {@link VcpuHandle#start} starts it again.
     *
     * @throws IllegalStateException if the vCPU is in the wait, or bound to another thread.
     */
    public void stop() {
        checkRunning();
        control.stop();
    }

    /**
     * CPU reset: discards and counts the queued local interruptions, and clears requests, stop-on-stop and attention; a kick
     * stays. Registers are the embedder's. On the vCPU's own thread; or on another while the vCPU is stopped, not in the wait,
     * and not used by its thread.
     *
     * @throws IllegalStateException if the vCPU is in the wait, or bound to another thread and not stopped.
     */
    public void reset() {
        if (isOperating() || waiting.isInWait()) {
            checkRunning();
        }
        control.clearLocal();
    }

    /**
     * Who stores the registers that the engine does not have when a machine check is delivered. {@link #run} and {@link #step} set it to
     * their guest; a loop of your own sets it once. Architecture rules.
     *
     * @param provider null: nobody, and their validity bits are zero.
     * @throws IllegalStateException under original rules, or if the vCPU is bound to another thread.
     */
    public void statusProvider(StatusProvider provider) {
        architecture("statusProvider");
        checkThread();
        architecture.statusProvider(provider);
    }

    /**
     * Enters the check-stop state, and sends a malfunction alert to every other CPU. Only a reset ends it. Architecture rules.
     *
     * @throws IllegalStateException under original rules, or if the vCPU is bound to another thread.
     */
    public void checkStop() {
        architecture("checkStop");
        checkRunning();
        control.checkStop();
    }

    /**
     * Enters the load state, or leaves it for the operating state: while the embedder loads a program. Architecture rules.
     *
     * @param isLoading whether the CPU is in the load state now.
     * @throws IllegalStateException under original rules, or if the vCPU is bound to another thread.
     */
    public void load(boolean isLoading) {
        architecture("load");
        checkRunning();
        control.load(isLoading);
    }

    /**
     * Whether the last delivery delivered a stop, and no restart behind it: the order of the two says whether the CPU is to be
     * stopped. {@link org.interruptor.engine.gate.CpuFlags#STOP} says only that there was one.
     *
     * @return true if the vCPU has to stop.
     */
    public boolean isStopLast() {
        return delivery.isStopLast();
    }

    /**
     * The queued local interruptions, in queue order.
     *
     * @return a list, empty on a closed machine.
     */
    public List<QueuedInterruption> queuedLocal() {
        checkThread();
        return machine.isClosed() ? List.of() : backlog.list();
    }

    /**
     * All that is pending for this vCPU alone, by priority: queued interruptions, conditions and orders. Timers are not part of it. The
     * parameter of a signal of another CPU is the sender's number, that of a machine check the external-damage code.
     *
     * @return a new list, empty on a closed machine; under original rules the same as {@link #queuedLocal}.
     */
    public List<QueuedInterruption> pendingLocal() {
        checkThread();
        return machine.isClosed() ? List.of() : PendingList.local(this);
    }

    /**
     * Explains in words why this vCPU runs or does not run: its activity, the pending interruptions in order, the gate that
     * holds each back (a bit of the PSW or of CR0), and the events that would wake it. Allocates. {@link Machine#explain} covers
     * all vCPUs, from any thread.
     *
     * @return some lines, each ended by a line feed; exact for this vCPU.
     * @throws IllegalStateException if the vCPU is bound to another thread.
     */
    public String explain() {
        List<QueuedInterruption> queued = queuedLocal();
        return machine.snapshot().explain(id(), queued);
    }

    CpuControl control() {
        return control;
    }

    LocalBacklog backlog() {
        return backlog;
    }

    HandOn handOn() {
        return handOn;
    }

    Timers timers() {
        return timers;
    }

    ProgramInterruption program() {
        return program;
    }

    Waiting waiting() {
        return waiting;
    }

    Delivery delivery() {
        return delivery;
    }
}
