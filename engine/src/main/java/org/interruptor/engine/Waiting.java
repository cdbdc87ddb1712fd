package org.interruptor.engine;

import java.util.concurrent.locks.LockSupport;
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
 * </pre>
 *
 * <p>The protocol, and what breaks without each part of it, is {@code wake.md}; the words are {@link WaitWord} and the idle
 * bitset, of which the owner alone sets and clears its bit.
 *
 * <p>Ordering: the opening ends with a full fence and is followed by the look. Partners: the full fence between publishing
 * and {@link Notifier} in {@link Machine#inject}, the one in {@link Machine#close}, and the volatile announcements of
 * {@link Arrivals}, each before a claim.
 *
 * <p>Threads: the vCPU's own, but for {@link #wake}.
 */
final class Waiting extends Padded {
    private static final long EMERGENCY_GATE = InterruptionType.EMERGENCY_SIGNAL.subclassMask();
    private static final long FLOATING_GATE = InterruptionType.VIRTIO.subclassMask();

    /** What can end an enabled wait, in the PSW. */
    private static final long ENABLING = PswMask.IO | PswMask.EXTERNAL | PswMask.MACHINE_CHECK;

    private final Vcpu vcpu;
    private final Machine machine;
    private final Registers registers;
    private final Arrivals arrivals;
    private final LocalBacklog local;
    private final ClockComparator comparator;
    private final FloatingQueue floating;
    private final HandOn handOn;
    private final WaitWord word;
    private final Sleeper sleeper;

    /** Whom to wake; written before the wait opens, read by the one who has claimed it. */
    private Thread thread;

    private Runnable callback;

    private boolean inWait;
    private boolean begunStopped;
    private long gates;
    private long handedOnEntering;
    private long deadlineNanos;

    Waiting(Vcpu vcpu, LocalBacklog local, ClockComparator comparator, HandOn handOn, WaitStrategy strategy) {
        this.vcpu = vcpu;
        this.machine = vcpu.machine();
        this.registers = vcpu.registers();
        this.arrivals = vcpu.arrivals();
        this.local = local;
        this.comparator = comparator;
        this.floating = machine.floating();
        this.handOn = handOn;
        this.word = vcpu.waitWord();
        this.sleeper = new Sleeper(vcpu, word, comparator, strategy);
    }

    /** The blocking form. */
    WaitOutcome enter() {
        Thread current = Thread.currentThread();
        try {
            WaitOutcome outcome = prepare(current, null);
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
    WaitOutcome begin(Runnable onWakeUp) {
        try {
            return goOn(prepare(null, onWakeUp));
        } catch (Throwable thrown) {
            abandon();
            throw thrown;
        }
    }

    /** The callback form, after a callback or a deadline: why the wait ended, or that it goes on. */
    WaitOutcome end() {
        try {
            if (word.state() != WaitWord.PARKED) {
                WaitOutcome outcome = goOn(lookWhenWoken());
                if (outcome != WaitOutcome.WAITING) {
                    return outcome;
                }
            }
            // Also after a wake-up for nothing: one call may be for both, the callback and the deadline.
            return deadlineNanos >= 0 && comparator.isDue(comparator.guestTime())
                    ? leave(WaitOutcome.TIMER)
                    : WaitOutcome.WAITING;
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
                if (word.park(gates)) {
                    return WaitOutcome.WAITING;
                }
                outcome = lookWhenWoken();
            }
        }
        return leave(outcome);
    }

    /** What comes before the wait opens: the first look, and whether anything can end the wait at all. */
    private WaitOutcome prepare(Thread blocking, Runnable onWakeUp) {
        machine.counters().increment(vcpu.id(), Counter.EXIT_WAIT_STATE);
        machine.tell().waits(vcpu.id());
        thread = blocking;
        callback = onWakeUp;
        begunStopped = !vcpu.isOperating();
        gates = currentGates();
        deadlineNanos = ClockComparator.CLOSED;
        sleeper.begin();
        handedOnEntering = FloatingQueue.NONE;
        WaitOutcome outcome = lookAtFlags();
        if (outcome == null && (isTakeable() || isTimeUp())) {
            outcome = WaitOutcome.READY;
        }
        if (outcome == null) {
            handedOnEntering = handOn.handOn();
            if (!begunStopped && (registers.pswMask() & ENABLING) == 0) {
                return WaitOutcome.DISABLED;
            }
        }
        return outcome;
    }

    private void open() {
        if (!inWait) {
            inWait = true;
            machine.idle().add(vcpu.id());
        }
        word.open(gates); // with the full fence between opening and looking again
    }

    /** The owner's look, in the order of the protocol: closed, kicked or interrupted, started, one that may be taken. */
    private WaitOutcome lookAtFlags() {
        if (machine.isClosed()) {
            return WaitOutcome.CLOSED;
        }
        if ((thread != null && thread.isInterrupted()) || arrivals.takeKick()) {
            return WaitOutcome.KICKED;
        }
        return begunStopped && vcpu.isOperating() ? WaitOutcome.READY : null;
    }

    /** Whether one could be taken now, the clock comparator included. */
    boolean isPending() {
        gates = currentGates();
        return !machine.isClosed() && (isTakeable() || (vcpu.isOperating() && comparator.isPending()));
    }

    /** The gates that count: of a stopped vCPU none, it takes no external interruption. */
    private long currentGates() {
        return vcpu.isOperating() ? registers.openGates() & (EMERGENCY_GATE | FLOATING_GATE) : 0;
    }

    private boolean isTakeable() {
        local.refresh();
        if (local.first((gates & EMERGENCY_GATE) != 0) != null) {
            return true;
        }
        return (gates & FLOATING_GATE) != 0 && floating.head() != FloatingQueue.NONE;
    }

    /** Reads the clock once and notes the time to wait. */
    private boolean isTimeUp() {
        if (begunStopped || !comparator.isOpen()) {
            return false;
        }
        long now = comparator.guestTime();
        if (comparator.isDue(now)) {
            return true;
        }
        deadlineNanos = comparator.nanosUntil(now);
        return false;
    }

    /** The look after opening. A head that was handed on before opening need not be handed on again. */
    private WaitOutcome lookAgain() {
        WaitOutcome outcome = lookAtFlags();
        if (outcome == null && isTakeable()) {
            outcome = WaitOutcome.READY;
        }
        if (outcome == null && floating.head() != handedOnEntering) {
            handedOnEntering = handOn.handOn();
        }
        return outcome;
    }

    private WaitOutcome lookWhenWoken() {
        machine.counters().increment(vcpu.id(), Counter.WAKEUPS);
        WaitOutcome outcome = lookAgain();
        if (outcome == null) {
            machine.counters().increment(vcpu.id(), Counter.WAKEUPS_FOR_NOTHING);
        }
        return outcome;
    }

    private WaitOutcome sleep(Thread current) {
        WaitOutcome outcome = sleeper.sleep(current, gates, deadlineNanos >= 0);
        return outcome == null ? lookWhenWoken() : outcome;
    }

    // Leaving.

    private WaitOutcome leave(WaitOutcome outcome) {
        if (inWait) {
            close();
            sleeper.end();
        }
        if (outcome != WaitOutcome.DISABLED) { // that one has handed on already, and was never in the wait
            leaveNothingBehind(outcome);
        }
        machine.tell().waitEnded(vcpu.id(), outcome);
        return outcome;
    }

    private void close() {
        inWait = false;
        word.leave();
        machine.idle().remove(vcpu.id()); // volatile: the fence before the look at the head
    }

    /** The embedder's clock or strategy has thrown: the vCPU is out of the wait, and nothing lies because of that. */
    private void abandon() {
        if (inWait) {
            close();
        }
        arrivals.leaveAttention();
        handOn.handOn();
    }

    /**
     * Of a floating interruption that came while the vCPU was in the wait perhaps nobody was told: the rotation leaves out
     * those that wait. So this vCPU has to look, and where it may do something else first, others too.
     */
    private void leaveNothingBehind(WaitOutcome outcome) {
        if (floating.head() != FloatingQueue.NONE) {
            arrivals.leaveAttention();
            if (outcome != WaitOutcome.READY) {
                handOn.handOn();
            }
        }
    }

    /**
     * Wakes the vCPU: only for the one who has claimed its wait, which was in {@code state}. Threads: any.
     */
    void wake(int state) {
        if (state != WaitWord.PARKED) {
            return; // it spins and sees the claim, or looks at the word before it parks
        }
        Runnable onWakeUp = callback;
        if (onWakeUp == null) {
            LockSupport.unpark(thread);
        } else {
            machine.tell().wokenUp(onWakeUp);
        }
    }

    /** Whether the vCPU's own thread has not left the wait yet. */
    boolean isInWait() {
        return inWait;
    }

    /** When the wait was parked first, by {@link System#nanoTime}; 0 if that is not known. Threads: any. */
    long parkedAt() {
        return sleeper.parkedAt();
    }

    /** Nanoseconds until the clock comparator as of the one reading before the wait opened; -1 without a timer. */
    long deadlineNanos() {
        return deadlineNanos;
    }
}
