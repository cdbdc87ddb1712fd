package org.interruptor.engine.gate;

/**
 * The interruptions that the engine knows: the table by which injection, choosing a vCPU, delivery and the counters go.
 *
 * <p>A line says where an interruption queues, which gate holds it back, what its raw number is at the table-driven way
 * in ({@code Machine.inject}, {@code VcpuHandle.inject}) and what its delivery stores. A new external interruption is a line
 * here and, if no queue of its gate exists yet, a queue. Source of each line: {@code interruptions.md}, section 2;
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
            Counter.DELIVER_VIRTIO_INTERRUPT);

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
        BOTH_PARAMETERS;

        /**
         * Whether an external interruption does it.
         *
         * @return true for CODE, PARAMETER and BOTH_PARAMETERS.
         */
        public boolean isExternal() {
            return ordinal() >= CODE.ordinal();
        }
    }

    private static final InterruptionType[] TYPES = values();

    private final int rawNumber;
    private final String label;
    private final Queue queue;
    private final Gate gate;
    private final int externalCode;
    private final Stores stores;
    private final Counter counter;

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
     * The number by which front ends name the type: 32 bits, 0 for the clock comparator, which cannot be injected.
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
     * @return true for service signal and virtio.
     */
    public boolean isFloating() {
        return queue == Queue.FLOATING;
    }

    /**
     * One vCPU takes it, the one that it was injected to.
     *
     * @return true for program, stop, set prefix, restart and emergency signal.
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
        return this == PROGRAM || this == SET_PREFIX || isFloating();
    }

    /**
     * Whether it carries a parameter of 64 bits as well.
     *
     * @return true for virtio.
     */
    public boolean hasParameter64() {
        return stores == Stores.BOTH_PARAMETERS;
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
            default -> null;
        };
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
