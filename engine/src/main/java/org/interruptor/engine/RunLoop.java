package org.interruptor.engine;

import org.agrona.concurrent.UnsafeBuffer;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.queue.PswLoad;
import org.interruptor.memory.PswMask;

/**
 * The loop of a vCPU under architecture rules, in two forms: {@link #run} blocks the vCPU's thread, {@link #step} never does.
 *
 * <pre>
 *  look:     closed, exit, interrupted, requested, paused      (before every pass, in the stopped state and in a disabled wait too)
 *  orders:   resets, stop and store status, store status       (from the CPU's state word)
 *  deliver:  {@link Vcpu#deliverPending}; the kick is taken
 *  then:     stopped, or a wait PSW: wait        else: execute
 * </pre>
 *
 * <p>Threads: the vCPU's own.
 */
final class RunLoop {
    /** Passes that delivered with no instruction completed in between, after which the embedder is told. */
    private static final int LOOP = 1000;

    private static final long STATUS_ADDRESS = 0x1200;
    private static final long ARCHITECTURE_MODE_ADDRESS = 0xa3;

    private final Vcpu vcpu;
    private final VcpuHandle handle;
    private final CpuState state;
    private final Arrivals arrivals;
    private final Runnable goOn;
    private final UnsafeBuffer statusBuffer = new UnsafeBuffer(new byte[StatusArea.LENGTH]);
    private final StatusArea statusArea = new StatusArea(statusBuffer);

    private GuestCpu guest;
    private boolean isStoppedTold;
    private boolean isDisabledTold;
    private int emptyRounds;

    RunLoop(Vcpu vcpu) {
        this.vcpu = vcpu;
        handle = vcpu.handle();
        state = handle.state();
        arrivals = handle.arrivals();
        isStoppedTold = !state.isOperating();
        goOn = () -> guest.goOn(handle);
    }

    /** The blocking form: until there is a reason to return. */
    RunOutcome run(GuestCpu guestCpu) {
        provide(guestCpu);
        while (true) {
            handle.pause().enter();
            try {
                RunOutcome outcome = turn(true);
                if (outcome != RunOutcome.AGAIN && outcome != RunOutcome.PAUSED) {
                    return outcome;
                }
            } finally {
                handle.pause().leave();
            }
            handle.pause().awaitResume();
        }
    }

    /** The non-blocking form: one turn. */
    RunOutcome step(GuestCpu guestCpu) {
        provide(guestCpu);
        RunOutcome outcome;
        handle.pause().enter();
        try {
            outcome = turn(false);
        } finally {
            handle.pause().leave();
        }
        return outcome == RunOutcome.PAUSED && !handle.pause().callAtResume(goOn) ? RunOutcome.AGAIN : outcome;
    }

    private void provide(GuestCpu guestCpu) {
        guest = guestCpu;
        vcpu.statusProvider(guestCpu);
    }

    private RunOutcome turn(boolean mayBlock) {
        if (vcpu.waiting().isInWait()) {
            if (!mayBlock && handle.pause().isHeld()) {
                return RunOutcome.PAUSED; // the pause has ended the wait, and nothing changes before the resume
            }
            WaitOutcome waits = vcpu.endWait();
            if (waits == WaitOutcome.WAITING) {
                return answerOfWait();
            }
        }
        RunOutcome reason = look(mayBlock);
        if (reason != RunOutcome.AGAIN) {
            return reason;
        }
        carryOutOrders();
        int delivered = vcpu.deliverPending();
        if (delivered == Vcpu.CLOSED) {
            return RunOutcome.CLOSED;
        }
        if (delivered == Vcpu.FAULT) {
            return RunOutcome.FAULT;
        }
        vcpu.takeKick();
        tellStopped();
        if (delivered > 0) {
            isDisabledTold = false; // another PSW was loaded
        }
        if (isCalled()) {
            return afterExecution(delivered, 0);
        }
        if (!state.isOperating()) {
            return wait(mayBlock);
        }
        long mask = vcpu.registers().pswMask();
        if (PswMask.isWait(mask)) {
            return waitBehind(delivered, mayBlock);
        }
        isDisabledTold = false;
        if (vcpu.isAttention()) {
            return afterExecution(delivered, 0);
        }
        return afterExecution(delivered, guest.execute(vcpu));
    }

    /**
     * What came behind the look of this turn and in front of the pass, which has taken the attention for it. What comes behind this sets
     * attention anew.
     */
    private boolean isCalled() {
        return CpuState.isForRunLoop(state.word())
                || arrivals.mailbox().has(Mailbox.EXIT | Mailbox.REQUEST)
                || handle.pause().isPaused();
    }

    private RunOutcome afterExecution(int delivered, long completed) {
        if (completed > 0 || delivered == 0) {
            emptyRounds = 0;
        } else if (++emptyRounds == LOOP) {
            emptyRounds = 0;
            guest.interruptionLoop(vcpu);
        }
        return RunOutcome.AGAIN;
    }

    /** Whether there is a reason to return. */
    private RunOutcome look(boolean mayBlock) {
        if (vcpu.machine().isClosed()) {
            return RunOutcome.CLOSED;
        }
        if (arrivals.take(Mailbox.EXIT)) {
            return RunOutcome.EXIT;
        }
        if (mayBlock && Thread.currentThread().isInterrupted()) {
            return RunOutcome.INTERRUPTED;
        }
        if (arrivals.take(Mailbox.REQUEST)) {
            guest.requested(vcpu);
        }
        return handle.pause().isPaused() ? RunOutcome.PAUSED : RunOutcome.AGAIN;
    }

    // Orders that the run loop carries out.

    /** For a loop of the embedder's own. */
    void carryOutOrders(GuestCpu guestCpu) {
        guest = guestCpu;
        carryOutOrders();
    }

    private void carryOutOrders() {
        long word = state.word();
        if (CpuState.resetIn(word) != CpuState.NO_RESET) {
            reset(word);
            word = state.word();
        }
        if (CpuState.stateIn(word) == CpuState.CHECK_STOP) {
            if (CpuState.isBusy(word)) { // accepted before the CPU entered check stop: it has no effect there
                state.take(word, CpuState.CHECK_STOP);
            }
            return;
        }
        switch (CpuState.orderIn(word)) {
            case CpuState.STOP_AND_STORE_STATUS -> {
                storeStatus(STATUS_ADDRESS);
                vcpu.machine().storage().putByte(ARCHITECTURE_MODE_ADDRESS, (byte) 1);
                vcpu.delivery().leaveRotation();
                vcpu.control().publishStoppedPsw();
                if (state.take(word, CpuState.STOPPED)) {
                    vcpu.control().stopTimer();
                }
            }
            case CpuState.STORE_STATUS -> {
                storeStatus(Integer.toUnsignedLong(CpuState.parameterIn(word)));
                state.take(word, CpuState.stateIn(word));
            }
            case CpuState.LOAD_PSW -> loadPsw(word);
            default -> {} // the others are delivered
        }
    }

    /** The pass behind this one finds the CPU operating, which lists it and starts its timer. */
    private void loadPsw(long word) {
        PswLoad.Psw psw = state.pswLoad().take(word);
        if (psw != null) {
            vcpu.control().loadFirstPsw(psw.mask(), psw.address());
            isDisabledTold = false;
        }
    }

    private void storeStatus(long address) {
        statusBuffer.setMemory(0, StatusArea.LENGTH, (byte) 0);
        vcpu.control().storeStatus(statusArea);
        guest.storeStatus(statusArea);
        vcpu.machine().storage().putBytes(address, statusBuffer.byteArray(), 0, StatusArea.LENGTH);
    }

    private void reset(long word) {
        ResetKind kind = ResetKind.values()[CpuState.resetIn(word) - 1];
        vcpu.control().carryOutReset(kind);
        vcpu.delivery().leaveRotation(); // a start lists it again
        guest.reset(kind);
        vcpu.control().publishStoppedPsw();
        if (state.endReset(word)) { // else one that was accepted meanwhile is carried out in the next turn
            handle.resetDone();
        }
        isDisabledTold = false;
    }

    private void tellStopped() {
        boolean isStopped = CpuState.stateIn(state.word()) == CpuState.STOPPED;
        if (isStopped) {
            isDisabledTold = false; // a start tells of its PSW again
            vcpu.control().publishStoppedPsw();
            if (!isStoppedTold) {
                guest.stopped(vcpu);
            }
        }
        isStoppedTold = isStopped;
    }

    // Waiting.

    /** A wait PSW, with which the next interruption may be taken at once: if each has one, no instruction is ever completed. */
    private RunOutcome waitBehind(int delivered, boolean mayBlock) {
        RunOutcome outcome = wait(mayBlock);
        if (outcome == RunOutcome.AGAIN && !vcpu.waiting().hasWaited()) {
            return afterExecution(delivered, 0);
        }
        emptyRounds = 0;
        return outcome;
    }

    private RunOutcome wait(boolean mayBlock) {
        WaitOutcome outcome = mayBlock ? vcpu.enterWait() : vcpu.beginWait(goOn);
        if (outcome == WaitOutcome.DISABLED) {
            if (!isDisabledTold) {
                isDisabledTold = true;
                guest.disabledWait(vcpu);
                return RunOutcome.AGAIN; // the embedder may have asked for something
            }
            outcome = mayBlock ? vcpu.waiting().enterDisabled() : vcpu.waiting().beginDisabled(goOn);
        }
        return outcome == WaitOutcome.WAITING ? answerOfWait() : RunOutcome.AGAIN;
    }

    private RunOutcome answerOfWait() {
        return state.isOperating() ? RunOutcome.WAITING : RunOutcome.STOPPED;
    }
}
