package org.interruptor.engine.gate;

import java.util.Locale;

/**
 * The interruptions that the engine knows: the table by which injection, choosing a vCPU, delivery and the counters go.
 *
 * <p>A line says where an interruption queues, which gate holds it back, what its raw number is at the table-driven way
 * in ({@code Machine.inject}, {@code VcpuHandle.inject}) and what its delivery stores. A new external interruption of which
 * one can be pending for a vCPU is a line here, in {@link Gate} and in {@link Counter}; another one is a line here and, if no queue of its
 * gate exists yet, a queue. Source of each line: {@code interruptions.md}, section 2;
 * z/Architecture Principles of Operation, chapter "Interruptions".
 *
 * <p>Threads: any; immutable.
 */
public enum InterruptionType {
    /** Program interruption: always taken, the newest first. */
    PROGRAM(0xfffe0001, "program", Queue.LOCAL, Gate.PROGRAM, 0, Stores.PROGRAM, Counter.DELIVER_PROGRAM_INT),
    /** Stop order: always taken; sets {@link CpuFlags#STOP} and stores nothing. */
    STOP(0xfffe0000, "stop", Queue.LOCAL, Gate.ORDER, 0, Stores.NOTHING, Counter.DELIVER_STOP_SIGNAL),
    /** Set-prefix order: always taken; the parameter, 32 bits, becomes the prefix. */
    SET_PREFIX(0xfffe0002, "set-prefix", Queue.LOCAL, Gate.ORDER, 0, Stores.NOTHING, Counter.DELIVER_PREFIX_SIGNAL),
    /** Restart interruption: always taken; a PSW swap. */
    RESTART(0xfffe0003, "restart", Queue.LOCAL, Gate.ORDER, 0, Stores.RESTART, Counter.DELIVER_RESTART_SIGNAL),
    /** Emergency signal: external interruption 0x1201, counted rather than queued. */
    EMERGENCY_SIGNAL(
            0xffff1201,
            "emergency",
            Queue.LOCAL,
            Gate.EMERGENCY_SIGNAL,
            0x1201,
            Stores.CODE,
            Counter.DELIVER_EMERGENCY_SIGNAL),
    /** Clock comparator: external interruption 0x1004, a condition of the vCPU that is never queued or injected. */
    CLOCK_COMPARATOR(
            0,
            "clock-comparator",
            Queue.NONE,
            Gate.CLOCK_COMPARATOR,
            0x1004,
            Stores.CODE,
            Counter.DELIVER_CLOCK_COMPARATOR),
    /** Service signal: external interruption 0x2401 with a 32-bit parameter. */
    SERVICE_SIGNAL(
            0xffff2401,
            "service",
            Queue.FLOATING,
            Gate.SERVICE,
            0x2401,
            Stores.PARAMETER,
            Counter.DELIVER_SERVICE_SIGNAL),
    /** Virtio completion: external interruption 0x2603 with a 32-bit and a 64-bit parameter. */
    VIRTIO(
            0xffff2603,
            "virtio",
            Queue.FLOATING,
            Gate.SERVICE,
            0x2603,
            Stores.BOTH_PARAMETERS,
            Counter.DELIVER_VIRTIO_INTERRUPT),

    // Architecture rules only, from here (Principles of Operation). Label and counter follow from the name.

    /** Malfunction alert: external interruption 0x1200; one pending for each sender. */
    MALFUNCTION_ALERT(0xffff1200, Queue.LOCAL, Gate.MALFUNCTION_ALERT, 0x1200, Stores.SENDER),
    /** External call: external interruption 0x1202; one pending. */
    EXTERNAL_CALL(0xffff1202, Queue.LOCAL, Gate.EXTERNAL_CALL, 0x1202, Stores.SENDER),
    /** TOD-clock sync check: external interruption 0x1003; one pending. */
    TOD_CLOCK_SYNC_CHECK(0xffff1003, Queue.LOCAL, Gate.TOD_CLOCK_SYNC_CHECK, 0x1003, Stores.CODE),
    /** CPU timer: external interruption 0x1005, a condition of the vCPU that is never queued or injected. */
    CPU_TIMER(0, Queue.NONE, Gate.CPU_TIMER, 0x1005, Stores.CODE),
    /** Warning track: external interruption 0x1007; one pending. */
    WARNING_TRACK(0xffff1007, Queue.LOCAL, Gate.WARNING_TRACK, 0x1007, Stores.CODE),
    /** Interrupt key: external interruption 0x0040, for any vCPU; one pending. */
    INTERRUPT_KEY(0xffff0040, Queue.FLOATING, Gate.INTERRUPT_KEY, 0x0040, Stores.CODE),
    /** Timing alert: external interruption 0x1406 with parameter bits, for any vCPU; those of several are ORed. */
    TIMING_ALERT(0xffff1406, Queue.FLOATING, Gate.TIMING_ALERT, 0x1406, Stores.PARAMETER),
    /** Measurement alert: external interruption 0x1407 with parameter bits; those of several are ORed. */
    MEASUREMENT_ALERT(0xffff1407, Queue.LOCAL, Gate.MEASUREMENT_ALERT, 0x1407, Stores.PARAMETER),
    /** I/O interruption of a subchannel, for any vCPU. Its raw numbers are a range: {@link RawIo}. */
    IO(0, Queue.FLOATING, Gate.IO_0, 0, Stores.IO),
    /** Adapter interruption, an I/O interruption without a subchannel, for any vCPU; one pending for each subclass. */
    ADAPTER(0, Queue.FLOATING, Gate.IO_0, 0, Stores.IO),
    /** Service event: external interruption 0x2401 with event bits, for any vCPU; those of several are ORed. */
    SERVICE_EVENT(0, Queue.FLOATING, Gate.SERVICE, 0x2401, Stores.PARAMETER),
    /** Page-fault handshaking, a page is missing: external interruption 0x2603 with a token of 64 bits; one pending. */
    PAGE_FAULT_INITIAL(0xfffe0004, Queue.LOCAL, Gate.SERVICE, 0x2603, Stores.TOKEN),
    /** Page-fault handshaking, the page is there: external interruption 0x2603 with a token of 64 bits, for any vCPU. */
    PAGE_FAULT_COMPLETION(0xfffe0005, Queue.FLOATING, Gate.SERVICE, 0x2603, Stores.TOKEN),
    /** Machine check: its conditions merge, each behind its own gate; the 64-bit parameter is the interruption code. */
    MACHINE_CHECK(0xfffe1000, Queue.LOCAL, Gate.EXIGENT_MACHINE_CHECK, 0, Stores.MACHINE_CHECK),
    /** Channel report pending, a machine check for any vCPU; one pending. */
    CHANNEL_REPORT(0, Queue.FLOATING, Gate.CHANNEL_REPORT, 0, Stores.MACHINE_CHECK);

    /** Where an interruption waits to be taken. */
    public enum Queue {
        /** In the queue of one vCPU, which alone takes it. */
        LOCAL,
        /** In the queue of the machine: any vCPU may take it. */
        FLOATING,
        /** Nowhere: it is a condition. */
        NONE
    }

    /** What a delivery stores in the lowcore. */
    public enum Stores {
        /** Nothing: it needs no lowcore. */
        NOTHING,
        /** Program: length and code, and the program PSW swap. */
        PROGRAM,
        /** Restart: the restart PSW swap. */
        RESTART,
        /** External: the code, and the external PSW swap. */
        CODE,
        /** As CODE, and the 32-bit parameter. */
        PARAMETER,
        /** As PARAMETER, and the CPU-address halfword 0x0d00 and the 64-bit parameter. */
        BOTH_PARAMETERS,
        /** As CODE, and the address of the CPU that sent it. */
        SENDER,
        /** As CODE, and the CPU-address halfword that tells initial from completion, and a token of 64 bits. */
        TOKEN,
        /** I/O: subsystem-identification word, interruption parameter and identification word, and the I/O PSW swap. */
        IO,
        /** Machine check: code, logout and registers, and the machine-check PSW swap. */
        MACHINE_CHECK
    }

    private static final InterruptionType[] TYPES = values();

    /** By the gate: the type that {@link #isOne}. */
    private static final InterruptionType[] ONES = new InterruptionType[Gate.values().length];

    static {
        for (InterruptionType type : TYPES) {
            if (type.isOne()) {
                ONES[type.gate.ordinal()] = type;
            }
        }
    }

    private final int rawNumber;
    private final String label;
    private final Queue queue;
    private final Gate gate;
    private final int externalCode;
    private final Stores stores;
    private final Counter counter;

    InterruptionType(int rawNumber, Queue queue, Gate gate, int externalCode, Stores stores) {
        this.rawNumber = rawNumber;
        label = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.queue = queue;
        this.gate = gate;
        this.externalCode = externalCode;
        this.stores = stores;
        counter = Counter.valueOf("DELIVER_" + name());
    }

    InterruptionType(
            int rawNumber, String label, Queue queue, Gate gate, int externalCode, Stores stores, Counter counter) {
        this.rawNumber = rawNumber;
        this.label = label;
        this.queue = queue;
        this.gate = gate;
        this.externalCode = externalCode;
        this.stores = stores;
        this.counter = counter;
    }

    /**
     * The number by which front ends name the type: 32 bits. 0 for timers, which cannot be injected, and for classes that have no
     * number of their own.
     *
     * @return the raw number.
     */
    public int rawNumber() {
        return rawNumber;
    }

    /**
     * The name in scenario files and reports, lower case.
     *
     * @return the name.
     */
    public String label() {
        return label;
    }

    /**
     * Any vCPU may take it.
     *
     * @return true for what the machine, not a vCPU, is injected with.
     */
    public boolean isFloating() {
        return queue == Queue.FLOATING;
    }

    /**
     * One vCPU takes it, the one that it was injected to.
     *
     * @return true for what a vCPU is injected with.
     */
    public boolean isLocal() {
        return queue == Queue.LOCAL;
    }

    /**
     * The subclass-mask bit of control register 0 that, together with the PSW's external mask, is its gate.
     *
     * @return one bit, or 0 where the type is taken always.
     */
    public long subclassMask() {
        return gate.subclassMask();
    }

    /**
     * What holds it back.
     *
     * @return the gate; several types can share one.
     */
    public Gate gate() {
        return gate;
    }

    /**
     * The external interruption code.
     *
     * @return 16 bits, 0 where the type is not an external interruption.
     */
    public int externalCode() {
        return externalCode;
    }

    /**
     * Whether it is an external interruption.
     *
     * @return true for what has an {@link #externalCode}.
     */
    public boolean isExternal() {
        return externalCode != 0;
    }

    /**
     * What counts its deliveries.
     *
     * @return the counter.
     */
    public Counter counter() {
        return counter;
    }

    /**
     * Whether it carries a parameter of 32 bits. The parameters that front ends give to other types are dropped.
     *
     * @return true for program, set prefix and floating types.
     */
    public boolean hasParameter() {
        return this == PROGRAM
                || this == SET_PREFIX
                || stores == Stores.PARAMETER
                || stores == Stores.SENDER
                || isFloating();
    }

    /**
     * Whether it carries a parameter of 64 bits as well.
     *
     * @return true for virtio, page faults, I/O interruptions and machine checks.
     */
    public boolean hasParameter64() {
        return stores == Stores.BOTH_PARAMETERS
                || stores == Stores.TOKEN
                || stores == Stores.IO
                || stores == Stores.MACHINE_CHECK;
    }

    /**
     * Whether it is a condition of the vCPU that is never queued or injected.
     *
     * @return true for clock comparator and CPU timer.
     */
    public boolean isCondition() {
        return queue == Queue.NONE;
    }

    /**
     * Whether a machine with original rules has it.
     *
     * @return true for the original's eight.
     */
    public boolean isOriginal() {
        return ordinal() <= VIRTIO.ordinal();
    }

    /**
     * Whether one is pending at most, for one vCPU, behind a gate of its own, and it carries nothing but its code: its line in this table is
     * all that the engine has of it, beside the lines of its gate and its counter.
     *
     * @return true for TOD-clock sync check and the like, under architecture rules.
     */
    public boolean isOne() {
        return queue == Queue.LOCAL && stores == Stores.CODE && !isOriginal();
    }

    /**
     * The only type behind a gate that {@link #isOne}.
     *
     * @param gate the gate.
     * @return the type, or null if there is none.
     */
    public static InterruptionType oneBehind(Gate gate) {
        return ONES[gate.ordinal()];
    }

    /**
     * What its delivery stores.
     *
     * @return the kind.
     */
    public Stores stores() {
        return stores;
    }

    /**
     * The type of a raw number.
     *
     * @param rawNumber 32 bits as a front end gives them.
     * @return the type, or null if no injectable type has that number.
     */
    public static InterruptionType ofRawNumber(int rawNumber) {
        return switch (rawNumber) {
            case 0xfffe0000 -> STOP;
            case 0xfffe0001 -> PROGRAM;
            case 0xfffe0002 -> SET_PREFIX;
            case 0xfffe0003 -> RESTART;
            case 0xffff1201 -> EMERGENCY_SIGNAL;
            case 0xffff2401 -> SERVICE_SIGNAL;
            case 0xffff2603 -> VIRTIO;
            case 0xffff1200 -> MALFUNCTION_ALERT;
            case 0xffff1202 -> EXTERNAL_CALL;
            case 0xffff0040 -> INTERRUPT_KEY;
            case 0xffff1406 -> TIMING_ALERT;
            case 0xffff1407 -> MEASUREMENT_ALERT;
            case 0xfffe0004 -> PAGE_FAULT_INITIAL;
            case 0xfffe0005 -> PAGE_FAULT_COMPLETION;
            case 0xfffe1000 -> MACHINE_CHECK;
            default -> oneOfRawNumber(rawNumber);
        };
    }

    private static InterruptionType oneOfRawNumber(int rawNumber) {
        for (InterruptionType one : ONES) {
            if (one != null && one.rawNumber == rawNumber) {
                return one;
            }
        }
        return null;
    }

    /**
     * How many there are.
     *
     * @return the number of constants.
     */
    public static int count() {
        return TYPES.length;
    }

    /**
     * The type of an ordinal, without the copy that {@link #values()} makes.
     *
     * @param ordinal of a constant.
     * @return the type.
     */
    public static InterruptionType ofOrdinal(int ordinal) {
        return TYPES[ordinal];
    }
}
