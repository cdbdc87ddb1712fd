package org.interruptor.tools.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The machine of the specification: injection, the choice of who is woken, handing on, pending and the wait.
 *
 * <p>Queues have no bound here: scenarios are far shorter than what has to fit. The rotation has no state either, since a
 * scenario does not show whom it chooses.
 */
final class ModelMachine {

    /** What came of an injection: who was woken by it, if anybody was. */
    record Injection(boolean valid, Optional<ModelVcpu> woken) {

        static final Injection INVALID = new Injection(false, Optional.empty());
    }

    /** How a wait began; {@code nanos} is the time until the clock comparator is due, null where it is not armed. */
    record Wait(State state, BigInteger nanos) {

        enum State {
            READY,
            DISABLED,
            SLEEP
        }
    }

    final ModelStorage storage;
    final List<ModelVcpu> vcpus = new ArrayList<>();
    final List<Interruption> floating = new ArrayList<>();
    long clock;
    final Witness witness;

    ModelMachine(long vcpuCount, long memory, Witness witness) {
        this.storage = new ModelStorage(memory);
        this.witness = witness;
        for (int number = 0; number < vcpuCount; number++) {
            vcpus.add(new ModelVcpu(number));
        }
    }

    Injection injectFloating(long rawType, long parm, long parm64) {
        Optional<InterruptionType> type = InterruptionType.byNumber(rawType).filter(known -> known.floating);
        if (type.isEmpty()) {
            return Injection.INVALID;
        }
        floating.add(new Interruption(type.get(), parm, parm64));
        Optional<ModelVcpu> chosen = lowestWaitingThatMayTakeFloating();
        chosen.ifPresent(vcpu -> vcpu.waiting = false);
        return new Injection(true, chosen);
    }

    /** From outside: any thread's way in. */
    Injection injectLocal(ModelVcpu vcpu, long rawType, long parm) {
        Optional<InterruptionType> type = InterruptionType.byNumber(rawType).filter(known -> !known.floating);
        if (type.isEmpty() || (type.get() == InterruptionType.PROGRAM && parm > 0xffff)) {
            return Injection.INVALID;
        }
        Interruption interruption = new Interruption(type.get(), parm, 0);
        if (type.get() == InterruptionType.PROGRAM) {
            vcpu.local.add(0, interruption);
        } else {
            vcpu.local.add(interruption);
        }
        if (type.get() == InterruptionType.STOP) {
            vcpu.stopOnStop = true;
        }
        if (vcpu.waiting && vcpu.mayTake(interruption)) {
            vcpu.waiting = false;
            return new Injection(true, Optional.of(vcpu));
        }
        return new Injection(true, Optional.empty());
    }

    /** By the vCPU's own instruction handling: in front of everything, and nobody has to be woken. */
    void raiseProgram(ModelVcpu vcpu, long code) {
        vcpu.local.add(0, new Interruption(InterruptionType.PROGRAM, code, 0));
    }

    List<InterruptionType> deliver(ModelVcpu vcpu) throws LowcoreFaultException {
        try {
            List<InterruptionType> delivered = new ModelDelivery(this, vcpu).pass();
            handOn(Witness.HandOn.DELIVERY, vcpu);
            return delivered;
        } catch (LowcoreFaultException fault) {
            handOn(Witness.HandOn.FAULT, vcpu);
            throw fault;
        }
    }

    /** Section 5. */
    boolean pending(ModelVcpu vcpu) {
        return vcpu.local.stream().anyMatch(vcpu::mayTake)
                || floating.stream().anyMatch(vcpu::mayTake)
                || (vcpu.comparatorDue(clock) && vcpu.mayTake(InterruptionType.CLOCK_COMPARATOR));
    }

    /** Section 6, as far as the point where the vCPU sleeps. */
    Wait enterWait(ModelVcpu vcpu) {
        vcpu.waits++;
        if (pending(vcpu)) {
            return new Wait(Wait.State.READY, null);
        }
        if (vcpu.waitIsDisabled()) {
            handOn(Witness.HandOn.DISABLED_WAIT, vcpu);
            return new Wait(Wait.State.DISABLED, null);
        }
        vcpu.waiting = true;
        handOn(Witness.HandOn.WAIT, vcpu);
        boolean armed = vcpu.mayTake(InterruptionType.CLOCK_COMPARATOR);
        return new Wait(Wait.State.SLEEP, armed ? nanosToComparator(vcpu) : null);
    }

    /** Whether it was in the wait; if so, it has left it, and not for an interruption. */
    boolean kick(ModelVcpu vcpu) {
        if (!vcpu.waiting) {
            return false;
        }
        vcpu.waiting = false;
        handOn(Witness.HandOn.KICK, vcpu);
        return true;
    }

    /**
     * Nobody lets a floating interruption lie: the lowest waiting vCPU that may take it leaves its wait. Where there is none,
     * a running one is notified, which a scenario does not show.
     */
    private void handOn(Witness.HandOn why, ModelVcpu from) {
        if (floating.isEmpty()) {
            return;
        }
        lowestWaitingThatMayTakeFloating().ifPresent(vcpu -> {
            vcpu.waiting = false;
            witness.handedOn(why, from, vcpu);
        });
    }

    /** Service and virtio have the same gate, so it does not matter which of them is queued. */
    private Optional<ModelVcpu> lowestWaitingThatMayTakeFloating() {
        return vcpus.stream()
                .filter(vcpu -> vcpu.waiting && vcpu.mayTake(InterruptionType.VIRTIO))
                .findFirst();
    }

    /** A unit of the TOD clock is 2^-12 microseconds, that is 125/512 nanoseconds; what is left of a nanosecond is cut off. */
    private BigInteger nanosToComparator(ModelVcpu vcpu) {
        long units = vcpu.clockComparator - (clock + vcpu.epoch);
        return new BigInteger(Long.toUnsignedString(units))
                .multiply(BigInteger.valueOf(125))
                .shiftRight(9);
    }
}
