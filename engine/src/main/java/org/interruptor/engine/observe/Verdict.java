package org.interruptor.engine.observe;

import java.util.Arrays;
import java.util.function.Predicate;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.memory.PswMask;

/**
 * What has to happen next for a vCPU to go on: the last line of an explanation. The first constant that holds is the answer, so
 * their order is part of their meaning. Each is derived from what is true at the sample, never from what a vCPU was told once.
 */
enum Verdict {
    CLOSED(Facts::isClosed, "nothing will be delivered any more"),
    FAULT(
            facts -> facts.isFaulted() && !facts.isLowcoreInStorage(),
            "the last delivery ended by a fault: the lowcore at prefix %s is not in storage; the guest cannot go on"
                    + " unless another prefix is set"),
    WOKEN(
            facts -> facts.waitState() == WaitWord.NOTIFIED,
            "its thread has to come out of enterWait(), or call endWait() after the callback"),
    WAKING(
            facts -> facts.isWaiting() && facts.isQueuedTakeable(),
            "it is about to be woken; if this lasts, an injector is stopped between claiming and publishing, or the engine"
                    + " has a defect"),
    TIMER_IN_WAIT(
            facts -> facts.isWaiting() && facts.isTimerTakeable(),
            "its timer is due: enterWait() ends by itself; after beginWait() its thread has to call endWait()"),
    SLEEPS(Facts::isWaiting, "it sleeps until it is woken by %s"),
    FAULT_MENDED(
            Facts::isFaulted,
            "the last delivery ended by a fault, but the prefix %s is in storage now: its thread has to call deliverPending()"
                    + " again"),
    TOLD(
            facts -> facts.isAttention() && (facts.isQueuedTakeable() || facts.isTimerTakeable()),
            "its thread has to call deliverPending()"),
    RAISED(
            Facts::isProgramTakeable,
            "its thread has to call deliverPending(): of a program interruption that it raised itself nobody tells it"),
    OPENED(
            facts -> facts.isQueuedTakeable() && !facts.isFloatingAlone(),
            "its thread has to call deliverPending(): the gate was closed when that came, and no attention tells of it"),
    FLOATING(
            facts -> facts.isFloatingAlone() && facts.vcpus() > 1,
            "its thread has to call deliverPending(), unless another vCPU does: that one was told, or the gate was closed when"
                    + " that came"),
    FLOATING_ONE_VCPU(
            Facts::isFloatingAlone,
            "its thread has to call deliverPending(): the gate was closed when that came, and no attention tells of it"),
    TIMER(
            Facts::isTimerTakeable,
            "its thread has to call deliverPending(): nobody announces a timer that is due, see nanosToTimer()"),
    NOTHING_FOR_ATTENTION(
            Facts::isAttention, "its thread has to call deliverPending(), and will find nothing that it may take"),
    STOPPED(facts -> !facts.isOperating(), "it takes no external interruption until start()"),
    DISABLED_WAIT(
            facts -> PswMask.isWait(facts.pswMask())
                    && (facts.pswMask() & (PswMask.EXTERNAL | PswMask.IO | PswMask.MACHINE_CHECK)) == 0,
            "it is in a disabled wait: the guest has halted or crashed"),
    WAIT_PSW(
            facts -> PswMask.isWait(facts.pswMask()),
            "its PSW is a wait PSW: its thread has to call enterWait() or beginWait()"),
    HELD_BACK(Facts::isHeldBack, "it runs guest code; the guest has to open the gate"),
    NOTHING(facts -> true, "it runs guest code, and nothing is pending");

    private static final Verdict[] IN_ORDER = values();

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Predicate<Facts> holds;

    private final String text;

    Verdict(Predicate<Facts> holds, String text) {
        this.holds = holds;
        this.text = text;
    }

    /** The verdict on a vCPU. */
    static Verdict on(Facts facts) {
        return Arrays.stream(IN_ORDER)
                .filter(verdict -> verdict.holds.test(facts))
                .findFirst()
                .orElseThrow();
    }

    /** In words; %s is the prefix, or what wakes the vCPU. */
    String text() {
        return text;
    }

    /**
     * What a verdict goes by, as of one sample.
     *
     * @param isClosed the machine is.
     * @param isOperating else the vCPU is stopped.
     * @param isAttention something came since the last delivery.
     * @param waitState of {@link WaitWord}.
     * @param isFaulted the last delivery ended by a fault.
     * @param isLowcoreInStorage the prefix that it has now is one at which a delivery can store.
     * @param isProgramTakeable a program interruption may be taken.
     * @param isQueuedTakeable something that was injected or raised may be taken.
     * @param isFloatingAlone all that may be taken is for any vCPU.
     * @param isTimerTakeable a timer is due, behind an open gate.
     * @param isHeldBack something is pending behind a closed gate.
     * @param pswMask 64 bits.
     * @param vcpus of the machine.
     */
    record Facts(
            boolean isClosed,
            boolean isOperating,
            boolean isAttention,
            int waitState,
            boolean isFaulted,
            boolean isLowcoreInStorage,
            boolean isProgramTakeable,
            boolean isQueuedTakeable,
            boolean isFloatingAlone,
            boolean isTimerTakeable,
            boolean isHeldBack,
            long pswMask,
            int vcpus) {
        boolean isWaiting() {
            return waitState == WaitWord.SPINNING || waitState == WaitWord.PARKED;
        }
    }
}
