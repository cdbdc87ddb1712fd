package org.interruptor.engine;

import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;

/**
 * One pass of delivery on a vCPU: the local queue, the clock comparator, the floating queue ({@code interruptions.md},
 * section 4).
 *
 * <pre>
 *  run ---> local ---------> take: fault? remove ----> perform: store, new PSW, count, tell
 *      ---> comparator ---->                      ---> perform
 *      ---> floating ------> fault? take the head ---> perform
 *      ---> hand on what is left
 * </pre>
 *
 * <p>The lowcore is checked as a whole before anything is removed, so a fault loses nothing and leaves nothing half
 * written.
 *
 * <p>Threads: the vCPU's own. Ordering: attention is seen with acquire, then the queues are looked at; see
 * {@link Arrivals}. No fence.
 */
final class Delivery extends Padded {
    private static final long EMERGENCY_GATE = InterruptionType.EMERGENCY_SIGNAL.subclassMask();
    private static final long FLOATING_GATE = InterruptionType.VIRTIO.subclassMask();

    /** Written to the CPU-address field by a virtio interruption. */
    private static final int VIRTIO_CPU_ADDRESS = 0x0d00;

    private final Vcpu vcpu;
    private final int id;
    private final Machine machine;
    private final Counters counters;
    private final Tell tell;
    private final Registers registers;
    private final Arrivals arrivals;
    private final LocalBacklog local;
    private final ClockComparator comparator;
    private final FloatingQueue floating;
    private final HandOn handOn;
    private final TakenInterruption taken = new TakenInterruption();
    private final int limit;

    private int delivered;
    private boolean stopDelivered;
    private boolean extRequest;
    private boolean cr0Request;
    private LowcoreFault fault;

    Delivery(Vcpu vcpu, LocalBacklog local, ClockComparator comparator, HandOn handOn, int limit) {
        this.vcpu = vcpu;
        this.id = vcpu.id();
        this.machine = vcpu.machine();
        this.counters = machine.counters();
        this.tell = machine.tell();
        this.registers = vcpu.registers();
        this.arrivals = vcpu.arrivals();
        this.local = local;
        this.comparator = comparator;
        this.floating = machine.floating();
        this.handOn = handOn;
        this.limit = limit;
    }

    /**
     * Delivers all that may be taken.
     *
     * @return how many, or {@link Vcpu#FAULT}.
     */
    int run() {
        clearRequests();
        stopDelivered = false;
        delivered = 0;
        fault = null;
        arrivals.see();
        if (machine.isClosed()) { // after the look, which may have seen that notice
            arrivals.leaveAttention(); // guest code has to be left for good
            return 0;
        }
        boolean whole = false;
        try {
            whole = local() && (!vcpu.isOperating() || (comparator() && floating()));
        } finally { // the embedder's clock may throw
            if (!whole) {
                arrivals.leaveAttention();
            }
            handOn.handOn();
        }
        return fault == null ? delivered : Vcpu.FAULT;
    }

    // Each of the three answers whether the pass goes on: not at a fault, a kick, close, or when it is long enough.

    private boolean local() {
        while (true) {
            local.refreshAndSee();
            InterruptionType type = local.first(isEmergencyOpen());
            if (local.isPassedOver()) {
                leaveRequest();
            }
            if (type == null) {
                return true;
            }
            if (isFault(type)) {
                return false;
            }
            local.remove(type, taken);
            if (!perform(type)) {
                return false;
            }
        }
    }

    private boolean comparator() {
        if (!comparator.isPending()) {
            return true;
        }
        if (isFault(InterruptionType.CLOCK_COMPARATOR)) {
            return false;
        }
        taken.parameter = 0;
        taken.parameter64 = 0;
        return perform(InterruptionType.CLOCK_COMPARATOR);
    }

    private boolean floating() {
        while (true) {
            long head = floating.head();
            if (head == FloatingQueue.NONE) {
                return true;
            }
            if ((registers.openGates() & FLOATING_GATE) == 0) {
                leaveRequest();
                return true;
            }
            if (!registers.isLowcoreInStorage()) {
                return !isFault(floating.typeAt(head));
            }
            if (floating.take(head, taken) && !perform(taken.type)) {
                return false;
            }
        }
    }

    /** A stopped vCPU takes no external interruption, whatever its PSW: it keeps them until it is started. */
    private boolean isEmergencyOpen() {
        return (registers.openGates() & EMERGENCY_GATE) != 0 && vcpu.isOperating();
    }

    /** One was passed over: guest code has to be left as soon as its gate could be open. */
    private void leaveRequest() {
        if (PswMask.isExternalEnabled(registers.pswMask())) {
            cr0Request = true;
        } else {
            extRequest = true;
        }
    }

    private boolean isFault(InterruptionType type) {
        if (registers.isLowcoreInStorage() || type.stores() == InterruptionType.Stores.NOTHING) {
            return false;
        }
        fault = new LowcoreFault(id, registers.prefix(), type);
        tell.fault(fault);
        return true;
    }

    /** Carries out what was taken. */
    private boolean perform(InterruptionType type) {
        switch (type.stores()) {
            case NOTHING -> order(type);
            case PROGRAM -> program(registers.lowcore());
            case RESTART -> restart(registers.lowcore());
            default -> external(registers.lowcore(), type);
        }
        delivered++;
        counters.increment(id, type.counter());
        tell.delivered(id, type, taken.parameter, taken.parameter64);
        return delivered < limit && !arrivals.isKickedSinceLook() && !machine.isClosed();
    }

    /** What concerns the vCPU alone and touches no storage. */
    private void order(InterruptionType type) {
        if (type == InterruptionType.STOP) {
            stopDelivered = true;
        } else {
            registers.setPrefixOrder(taken.parameter);
        }
    }

    private void program(Lowcore lowcore) {
        lowcore.programIlc(registers.instructionLength());
        lowcore.programCode(taken.parameter);
        lowcore.programOldPswMask(registers.pswMask());
        lowcore.programOldPswAddress(registers.pswAddress());
        registers.psw(lowcore.programNewPswMask(), lowcore.programNewPswAddress());
    }

    private void restart(Lowcore lowcore) {
        lowcore.restartOldPswMask(registers.pswMask());
        lowcore.restartOldPswAddress(registers.pswAddress());
        registers.psw(lowcore.restartNewPswMask(), lowcore.restartNewPswAddress());
    }

    private void external(Lowcore lowcore, InterruptionType type) {
        lowcore.externalCode(type.externalCode());
        if (type.stores() != InterruptionType.Stores.CODE) {
            lowcore.externalParameter(taken.parameter);
        }
        if (type.stores() == InterruptionType.Stores.BOTH_PARAMETERS) {
            lowcore.externalCpuAddress(VIRTIO_CPU_ADDRESS);
            lowcore.externalParameter64(taken.parameter64);
        }
        lowcore.externalOldPswMask(registers.pswMask());
        lowcore.externalOldPswAddress(registers.pswAddress());
        registers.psw(lowcore.externalNewPswMask(), lowcore.externalNewPswAddress());
    }

    /** Forgets the requests, as a CPU reset does. */
    void clearRequests() {
        extRequest = false;
        cr0Request = false;
    }

    /** Takes over how the last delivery ended on another machine. */
    void restore(boolean wasStopDelivered, boolean wasExtRequest, boolean wasCr0Request, LowcoreFault lastFault) {
        stopDelivered = wasStopDelivered;
        extRequest = wasExtRequest;
        cr0Request = wasCr0Request;
        fault = lastFault;
    }

    boolean isStopDelivered() {
        return stopDelivered;
    }

    boolean isExtRequest() {
        return extRequest;
    }

    boolean isCr0Request() {
        return cr0Request;
    }

    LowcoreFault fault() {
        return fault;
    }
}
