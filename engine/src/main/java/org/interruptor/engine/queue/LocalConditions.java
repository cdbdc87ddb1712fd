package org.interruptor.engine.queue;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.latency.Since;
import org.interruptor.engine.padding.Line;

/**
 * What can be pending for one vCPU beside program interruptions and orders, under architecture rules: conditions of which one can
 * be pending, for each sender or at all.
 *
 * <pre>
 *  class                    holder                          put                    take
 *  malfunction alert        {@link Senders}                 atomic OR              atomic AND
 *  emergency signal         {@link Senders}                 atomic OR              atomic AND
 *  external call            slot: sender + 1                compare-and-set        release store
 *  of which one is pending, its gate's bit of ONES          atomic OR              atomic AND
 *  that carry their code alone ({@link InterruptionType#isOne})
 *  measurement alert        {@link ParameterBits}           atomic OR              exchange
 *  page-fault initial       {@link PageFault}: a slot       compare-and-set        release store
 *  machine check            {@link MachineChecks}: a record compare-and-set        compare-and-set
 * </pre>
 *
 * <p>Threads: {@code put...} any, the rest the vCPU's own. Each put is an atomic operation: the injector's full fence; the caller then
 * announces it in {@link Arrivals}.
 */
public final class LocalConditions extends Line {
    private static final VarHandle EXTERNAL_CALL = WORD_0;
    private static final VarHandle ONES = WORD_1;

    private final Senders malfunctions;
    private final Senders emergencies;
    private final ParameterBits measurement = new ParameterBits();
    private final PageFault pageFault = new PageFault();
    private final MachineChecks machineChecks = new MachineChecks();

    /** Where times of injections are kept, and for which vCPU; null where nobody asks. */
    private final Since since;

    private final int vcpu;

    /** Nothing is pending, in a machine with so many CPUs. */
    public LocalConditions(int vcpus) {
        this(vcpus, 0, null);
    }

    /**
     * Nothing is pending.
     *
     * @param vcpus of the machine.
     * @param vcpu whose these are.
     * @param since where times of injections are kept; or null.
     */
    public LocalConditions(int vcpus, int vcpu, Since since) {
        this.vcpu = vcpu;
        this.since = since;
        malfunctions = new Senders(vcpus);
        emergencies = new Senders(vcpus);
    }

    // Any thread.

    /** One is about to become pending: the first of its class has a time. Orders and program interruptions are kept elsewhere. */
    public void begin(InterruptionType type) {
        if (since == null || type.gate() == Gate.ORDER || type.gate() == Gate.PROGRAM) {
            return;
        }
        boolean isPending = type == InterruptionType.MACHINE_CHECK
                ? machineChecks.pending() != null
                : (pendingGates() & type.gate().bit()) != 0;
        if (!isPending) {
            since.begin(vcpu, type, Since.now());
        }
    }

    /** Malfunction alerts. */
    public Senders malfunctions() {
        return malfunctions;
    }

    /** Emergency signals. */
    public Senders emergencies() {
        return emergencies;
    }

    /** Measurement alert. */
    public ParameterBits measurement() {
        return measurement;
    }

    /** Page-fault initial. */
    public PageFault pageFault() {
        return pageFault;
    }

    /** Machine checks. */
    public MachineChecks machineChecks() {
        return machineChecks;
    }

    /** Makes an external call pending; false if one is. */
    public boolean putExternalCall(int sender) {
        return EXTERNAL_CALL.compareAndSet(this, 0L, sender + 1L);
    }

    /** Whether an external call is pending. Volatile. */
    public boolean hasExternalCall() {
        return (long) EXTERNAL_CALL.getVolatile(this) != 0;
    }

    /** Makes an interruption pending whose type {@link InterruptionType#isOne}; whether none was. */
    public boolean putOne(InterruptionType type) {
        long bit = type.gate().bit();
        return ((long) ONES.getAndBitwiseOr(this, bit) & bit) == 0;
    }

    // The vCPU's own thread.

    /** Takes the external call: the sender's number. Only where {@link #hasExternalCall}. */
    public int takeExternalCall() {
        int sender = (int) ((long) EXTERNAL_CALL.getVolatile(this) - 1);
        EXTERNAL_CALL.setRelease(this, 0L);
        return sender;
    }

    /** Takes an interruption whose type {@link InterruptionType#isOne}; whether it was pending. */
    public boolean takeOne(InterruptionType type) {
        long bit = type.gate().bit();
        return ((long) ONES.getVolatile(this) & bit) != 0 && ((long) ONES.getAndBitwiseAnd(this, ~bit) & bit) != 0;
    }

    /** The gates behind which something is pending. Volatile: a wait decides by it. */
    public int pendingGates() {
        int ones = (int) (long) ONES.getVolatile(this);
        return ones
                | (malfunctions.lowest() != Senders.NONE ? Gate.MALFUNCTION_ALERT.bit() : 0)
                | (emergencies.lowest() != Senders.NONE ? Gate.EMERGENCY_SIGNAL.bit() : 0)
                | (hasExternalCall() ? Gate.EXTERNAL_CALL.bit() : 0)
                | (measurement.isPending() ? Gate.MEASUREMENT_ALERT.bit() : 0)
                | (pageFault.isPending() ? Gate.SERVICE.bit() : 0)
                | machineChecks.gates();
    }

    /**
     * As {@link #pendingGates()}, where nothing was announced since it was asked last and something was taken behind one gate: looks at
     * the holder of that gate alone.
     *
     * @param pending what it answered.
     * @param taken the gate.
     */
    public int pendingGates(int pending, Gate taken) {
        if (taken.mask() == Gate.Mask.MACHINE_CHECK) { // one takes what is behind all open gates of machine checks
            return pendingGates();
        }
        boolean isPending = switch (taken) {
            case MALFUNCTION_ALERT -> malfunctions.lowest() != Senders.NONE;
            case EMERGENCY_SIGNAL -> emergencies.lowest() != Senders.NONE;
            case EXTERNAL_CALL -> hasExternalCall();
            case MEASUREMENT_ALERT -> measurement.isPending();
            case SERVICE -> pageFault.isPending();
            default -> ((long) ONES.getVolatile(this) & taken.bit()) != 0;
        };
        return isPending ? pending | taken.bit() : pending & ~taken.bit();
    }

    /** Clears all, for a CPU reset; how many were pending. */
    public int clear() {
        int cleared = malfunctions.clear() + emergencies.clear();
        cleared += (long) EXTERNAL_CALL.getAndSet(this, 0L) != 0 ? 1 : 0;
        cleared += Long.bitCount((long) ONES.getAndSet(this, 0L));
        cleared += machineChecks.clear() != null ? 1 : 0;
        if (pageFault.isPending()) {
            pageFault.take();
            cleared++;
        }
        return cleared + (measurement.take() != ParameterBits.NONE ? 1 : 0);
    }

    // Saving and restoring. Threads: one, while no other uses the machine.

    /** The sender of the external call; -1 if none is pending. */
    public int externalCallSender() {
        return (int) (long) EXTERNAL_CALL.getVolatile(this) - 1;
    }

    /** The types that are {@link InterruptionType#isOne} and pending: a bit for each, in the order of the table, from 1. */
    public int ones() {
        long gates = (long) ONES.getVolatile(this);
        int saved = 0;
        int bit = 1;
        for (InterruptionType type : InterruptionType.values()) {
            if (type.isOne()) {
                saved |= (gates & type.gate().bit()) != 0 ? bit : 0;
                bit <<= 1;
            }
        }
        return saved;
    }

    /** The types in {@link #ones}, in the order of the table. */
    public static List<InterruptionType> typesIn(int ones) {
        List<InterruptionType> types = new ArrayList<>();
        int left = ones;
        for (InterruptionType type : InterruptionType.values()) {
            if (type.isOne()) {
                if ((left & 1) != 0) {
                    types.add(type);
                }
                left >>= 1;
            }
        }
        return types;
    }

    /** Of {@link #ones}, all. */
    public static int allOnes() {
        return (1
                        << Arrays.stream(InterruptionType.values())
                                .filter(InterruptionType::isOne)
                                .count())
                - 1;
    }

    /** Clears all, and puts in an external call (-1: none) and {@link #ones}. */
    public void restore(int externalCallSender, int ones) {
        clear();
        EXTERNAL_CALL.setVolatile(this, externalCallSender + 1L);
        typesIn(ones).forEach(this::putOne);
    }

    /** How many are pending. */
    public int size() {
        return malfunctions.size()
                + emergencies.size()
                + (hasExternalCall() ? 1 : 0)
                + Long.bitCount((long) ONES.getVolatile(this))
                + (measurement.isPending() ? 1 : 0)
                + (pageFault.isPending() ? 1 : 0)
                + (machineChecks.pending() != null ? 1 : 0);
    }
}
