package org.interruptor.engine.wake;

import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.event.Tell;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.padding.Padded;
import org.interruptor.engine.padding.PaddedWords;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.LocalPending;
import org.interruptor.engine.queue.MachineState;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.memory.PswMask;

/**
 * The wait of a vCPU ({@code interruptions.md}, section 6), in two forms: one that blocks the vCPU's thread, and one that
 * calls back, for embedders with a scheduler of their own.
 *
 * <pre>
 *  enter:  look --nothing--> [ open; FENCE; look --nothing--> spin; park ... claimed; look --nothing--> again ]
 *            |                                |                                          |
 *            +--- an answer: leave &lt;----------+------------------------------------------+
 *
 *  begin:  the same as far as parked, without spinning: WAITING.    Called back: end: on at "claimed".
 *
 *  open:   mark the gates in openInWait, word = SPINNING (release), idle bit (atomic: the fence);
 *          opened again: word (release), full fence
 *  leave:  word = RUNNING (release), idle bit (atomic), look at the head
 * </pre>
 *
 * <p>The protocol, and what breaks without each part of it, is {@code wake.md}; the words are {@link WaitWord} and {@link
 * Waiters}, in which each vCPU sets and clears its own bits only.
 *
 * <p>Ordering: the opening ends with a full fence and is followed by the look, whose deciding loads are volatile. Partners: the
 * full fence of {@code Machine} between publishing and {@link Notifier}, the one of closing, and the atomic announcements of
 * {@link Arrivals}, each before a claim.
 *
 * <p>Threads: the vCPU's own.
 */
public final class Waiting extends Padded {
    /** What can end an enabled wait, in the PSW. */
    private static final long ENABLING = PswMask.IO | PswMask.EXTERNAL | PswMask.MACHINE_CHECK;

    private final int vcpu;
    private final Registers registers;
    private final Arrivals arrivals;
    private final LocalPending local;
    private final Timers timers;
    private final Floating floating;
    private final HandOn handOn;
    private final WaitWord word;
    private final CpuState state;
    private final int stoppedGates;
    private final Waiters waiters;
    private final MachineState machine;
    private final Tell tell;
    private final PaddedWords counters;
    private final Sleeper sleeper;

    /** The floating gates that are marked in {@link Waiters}. */
    private int marked;

    private Thread thread;
    private boolean inWait;
    private boolean hasWaited;
    private boolean begunStopped;
    private boolean isDisabledToo;
    private int gates;
    private int timerGates;
    private long deadlineNanos;

    /** The parts of one vCPU and of its machine that a wait touches. */
    public record Parts(
            int vcpu,
            Registers registers,
            Arrivals arrivals,
            WaitWord word,
            Timers timers,
            LocalPending local,
            Floating floating,
            HandOn handOn,
            Waiters waiters,
            CpuState state,
            int stoppedGates,
            MachineState machine,
            Tell tell,
            Counters counters) {}

    /** The wait of one vCPU. */
    public Waiting(Parts parts, WaitStrategy strategy) {
        vcpu = parts.vcpu();
        registers = parts.registers();
        arrivals = parts.arrivals();
        local = parts.local();
        timers = parts.timers();
        floating = parts.floating();
        handOn = parts.handOn();
        word = parts.word();
        waiters = parts.waiters();
        state = parts.state();
        stoppedGates = parts.stoppedGates();
        machine = parts.machine();
        tell = parts.tell();
        counters = parts.counters().ofVcpu(vcpu);
        sleeper = new Sleeper(word, timers, strategy);
    }

    /** The blocking form. */
    public WaitOutcome enter() {
        isDisabledToo = false;
        return block();
    }

    /** The blocking form, also with a PSW that nothing can end: only an order, a start, a kick or closing ends it. */
    public WaitOutcome enterDisabled() {
        isDisabledToo = true;
        return block();
    }

    private WaitOutcome block() {
        Thread current = Thread.currentThread();
        try {
            WaitOutcome outcome = prepare(current, current);
            while (outcome == null) {
                open();
                outcome = lookAgain();
                if (outcome == null) {
                    outcome = sleep(current);
                }
            }
            return leave(outcome);
        } catch (Throwable thrown) {
            abandon();
            throw thrown;
        }
    }

    /** The callback form: waits, or says why it need not. */
    public WaitOutcome begin(Runnable onWakeUp) {
        isDisabledToo = false;
        return callBack(onWakeUp);
    }

    /** The callback form of {@link #enterDisabled}. */
    public WaitOutcome beginDisabled(Runnable onWakeUp) {
        isDisabledToo = true;
        return callBack(onWakeUp);
    }

    private WaitOutcome callBack(Runnable onWakeUp) {
        try {
            return goOn(prepare(null, onWakeUp));
        } catch (Throwable thrown) {
            abandon();
            throw thrown;
        }
    }

    /** The callback form, after a callback or a deadline: why the wait ended, or that it goes on. Late: NOT_WAITING. */
    public WaitOutcome end() {
        if (!inWait) {
            return WaitOutcome.NOT_WAITING;
        }
        try {
            if (word.state() != WaitWord.PARKED) {
                WaitOutcome outcome = goOn(lookWhenWoken());
                if (outcome != WaitOutcome.WAITING) {
                    return outcome;
                }
            }
            // Also after a wake-up for nothing: one call may be for both, the callback and the deadline.
            return deadlineNanos >= 0 && timers.isDue(timerGates) ? leave(WaitOutcome.TIMER) : WaitOutcome.WAITING;
        } catch (Throwable thrown) {
            abandon();
            throw thrown;
        }
    }

    private WaitOutcome goOn(WaitOutcome known) {
        WaitOutcome outcome = known;
        while (outcome == null) {
            open();
            outcome = lookAgain();
            if (outcome == null) {
                if (park()) {
                    return WaitOutcome.WAITING;
                }
                outcome = lookWhenWoken();
            }
        }
        return leave(outcome);
    }

    /** What comes before the wait opens: the first look, and whether anything can end the wait at all. */
    private WaitOutcome prepare(Thread blocking, Object whom) {
        count(Counter.EXIT_WAIT_STATE);
        tell.waits(vcpu);
        thread = blocking;
        word.begin(whom);
        begunStopped = !state.isOperating();
        gates = begunStopped ? stoppedGates : registers.openGates();
        deadlineNanos = Timers.CLOSED;
        sleeper.begin();
        handOn.beginWait();
        WaitOutcome outcome = lookAtFlags();
        if (outcome == null && (isTakeable() || isTimeUp())) {
            outcome = WaitOutcome.READY;
        }
        if (outcome == null) {
            handOn.handOnInWait(~gates);
            if (!begunStopped && !isDisabledToo && (registers.pswMask() & ENABLING) == 0) {
                return WaitOutcome.DISABLED;
            }
        }
        return outcome;
    }

    /** Opens the wait. What follows is a look: a full fence is in between. */
    private void open() {
        if (inWait) {
            word.open(gates);
            VarHandle.fullFence(); // partner: an injector's between publishing and its look at the wait word
            return;
        }
        inWait = true;
        int unmarked = gates & waiters.gates() & ~marked;
        if (unmarked != 0) {
            waiters.mark(vcpu, unmarked);
            marked |= unmarked;
        }
        word.open(gates);
        waiters.idle().add(vcpu); // atomic: the fence
    }

    /** The vCPU is about to sleep: it takes back the marks of gates that are closed. */
    private boolean park() {
        int stale = marked & ~gates;
        if (stale != 0) {
            waiters.unmark(vcpu, stale);
            marked &= ~stale;
        }
        return word.park(gates);
    }

    /** The owner's look, in the order of the protocol: closed, interrupted, kicked, started, one that may be taken. */
    private WaitOutcome lookAtFlags() {
        if (machine.isClosed()) {
            return WaitOutcome.CLOSED;
        }
        if (thread != null && thread.isInterrupted()) {
            return WaitOutcome.INTERRUPTED;
        }
        if (arrivals.isKickPending()) { // taken when the wait has been left: the embedder's strategy may throw before
            return WaitOutcome.KICKED;
        }
        if (arrivals.mailbox()
                .has(endingBits())) { // no delivery has seen it; the next one must, also before it is stamped
            arrivals.leaveAttention();
            return WaitOutcome.READY;
        }
        return null;
    }

    /** A clock that was set ends only a wait that the clock can end. */
    private int endingBits() {
        return (gates & Gate.CLOCK_COMPARATOR.bit()) != 0 ? Mailbox.ENDS_WAIT : Mailbox.ENDS_WAIT & ~Mailbox.TIMER;
    }

    private boolean isTakeable() {
        return local.isTakeable(gates) || floating.isTakeable(gates);
    }

    /** Reads the clock once and notes the time to wait. */
    private boolean isTimeUp() {
        timerGates = timers.gatesOf(gates);
        if (timerGates == 0) {
            return false;
        }
        deadlineNanos = timers.nanosToDue(timerGates);
        return deadlineNanos == 0 && timers.isDue(timerGates);
    }

    /** The look after opening. A head that was handed on before opening need not be handed on again. */
    private WaitOutcome lookAgain() {
        WaitOutcome outcome = lookAtFlags();
        if (outcome == null && isTakeable()) {
            outcome = WaitOutcome.READY;
        }
        if (outcome == null) {
            handOn.handOnInWait(~gates);
        }
        return outcome;
    }

    private WaitOutcome lookWhenWoken() {
        count(Counter.WAKEUPS);
        WaitOutcome outcome = lookAgain();
        if (outcome == null) {
            count(Counter.WAKEUPS_FOR_NOTHING);
        }
        return outcome;
    }

    private WaitOutcome sleep(Thread current) {
        if (sleeper.isOverAwake(current, deadlineNanos >= 0 ? timerGates : 0) || !park()) {
            return outcomeOfSleep(current);
        }
        sleeper.park(current, deadlineNanos >= 0 ? timerGates : 0);
        return outcomeOfSleep(current);
    }

    private WaitOutcome outcomeOfSleep(Thread current) {
        if (!word.isOpen()) {
            return lookWhenWoken();
        }
        return current.isInterrupted() ? WaitOutcome.INTERRUPTED : WaitOutcome.TIMER;
    }

    private void count(Counter counter) {
        Counters.add(counters, counter, 1);
    }

    // Leaving.

    private WaitOutcome leave(WaitOutcome outcome) {
        hasWaited = inWait;
        if (inWait) {
            close();
            sleeper.end(); // the embedder's strategy may throw: the wait is over by then
        }
        if (outcome == WaitOutcome.KICKED) {
            arrivals.takeKick();
        }
        if (outcome != WaitOutcome.DISABLED) { // that one has handed on already, and was never in the wait
            leaveNothingBehind(outcome);
        }
        tell.waitEnded(vcpu, outcome);
        return outcome;
    }

    private void close() {
        inWait = false;
        word.leave();
        waiters.idle().remove(vcpu); // atomic: the fence before the look at the head
    }

    /** The embedder's clock or strategy has thrown: the vCPU is out of the wait, and leaves nothing behind because of that. */
    private void abandon() {
        if (inWait) {
            close();
        }
        arrivals.leaveAttention();
        handOn.handOn();
    }

    /**
     * Of a floating interruption that came while the vCPU was in the wait perhaps no vCPU was told: the rotation leaves out
     * those that wait. So this vCPU has to look, and where it may do something else first, others too.
     */
    private void leaveNothingBehind(WaitOutcome outcome) {
        if (handOn.isLeft()) {
            arrivals.leaveAttention();
            if (outcome != WaitOutcome.READY) {
                handOn.handOn();
            }
        }
    }

    /** Whether the vCPU's own thread has not left the wait yet. */
    public boolean isInWait() {
        return inWait;
    }

    /** Whether the wait that was left last had been opened: the first look had found nothing. */
    public boolean hasWaited() {
        return hasWaited;
    }

    /** When the wait was parked first, by {@link System#nanoTime}; 0 if that is not known. Threads: any. */
    public long parkedAt() {
        return sleeper.parkedAt();
    }

    /** Nanoseconds until the first timer as of the one reading before the wait opened; -1 without a timer. */
    public long deadlineNanos() {
        return deadlineNanos;
    }
}
