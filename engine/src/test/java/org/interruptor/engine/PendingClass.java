package org.interruptor.engine;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;

/** The classes of interruptions under architecture rules that a gate holds back, in the order of their priorities. */
enum PendingClass {
    INTERRUPT_KEY(InterruptionType.INTERRUPT_KEY, 0x40, InjectResult.COALESCED),
    MALFUNCTION_ALERT(InterruptionType.MALFUNCTION_ALERT, 0x8000, InjectResult.COALESCED),
    EMERGENCY_SIGNAL(InterruptionType.EMERGENCY_SIGNAL, 0x4000, InjectResult.COALESCED),
    EXTERNAL_CALL(InterruptionType.EXTERNAL_CALL, 0x2000, InjectResult.BUSY),
    TOD_CLOCK_SYNC_CHECK(InterruptionType.TOD_CLOCK_SYNC_CHECK, 0x1000, InjectResult.COALESCED),
    CLOCK_COMPARATOR(InterruptionType.CLOCK_COMPARATOR, 0x800, InjectResult.ACCEPTED),
    CPU_TIMER(InterruptionType.CPU_TIMER, 0x400, InjectResult.ACCEPTED),
    WARNING_TRACK(InterruptionType.WARNING_TRACK, 0x2_0000_0000L, InjectResult.COALESCED),
    TIMING_ALERT(InterruptionType.TIMING_ALERT, 0x10, InjectResult.COALESCED),
    MEASUREMENT_ALERT(InterruptionType.MEASUREMENT_ALERT, 0x20, InjectResult.COALESCED),
    SERVICE_SIGNAL(InterruptionType.SERVICE_SIGNAL, 0x200, InjectResult.ACCEPTED),
    VIRTIO(InterruptionType.VIRTIO, 0x200, InjectResult.ACCEPTED),
    IO_0(0),
    IO_3(3),
    ADAPTER_3(InterruptionType.ADAPTER, 0x1000_0000L, InjectResult.COALESCED),
    IO_7(7);

    /** The parameter of those that have one. */
    static final int PARAMETER = 0x12;

    /** The 64-bit parameter of virtio. */
    static final long PARAMETER_64 = 0x0102_0304_0506_0708L;

    /** The number of the CPU that sends. */
    static final int SENDER = 1;

    private final InterruptionType type;
    private final long subclassMask;
    private final InjectResult second;

    PendingClass(InterruptionType type, long subclassMask, InjectResult second) {
        this.type = type;
        this.subclassMask = subclassMask;
        this.second = second;
    }

    PendingClass(int subclass) {
        this(InterruptionType.IO, 0x8000_0000L >>> subclass, InjectResult.COALESCED);
    }

    InterruptionType type() {
        return type;
    }

    /** What a second injection answers while the first is pending. */
    InjectResult second() {
        return second;
    }

    boolean isTimer() {
        return this == CLOCK_COMPARATOR || this == CPU_TIMER;
    }

    boolean isIo() {
        return ordinal() >= IO_0.ordinal();
    }

    int subclass() {
        return Long.numberOfLeadingZeros(subclassMask) - 32;
    }

    /** Closes the gate in its control register. */
    void close(TestVcpu cpu) {
        int register = isIo() ? 6 : 0;
        cpu.registers().control(register, cpu.registers().control(register) & ~subclassMask);
    }

    /** Makes it pending for a vCPU, or for the machine. */
    InjectResult put(TestMachine machine, TestVcpu cpu) {
        return switch (this) {
            case INTERRUPT_KEY -> machine.machine().injectInterruptKey();
            case MALFUNCTION_ALERT, EMERGENCY_SIGNAL, EXTERNAL_CALL ->
                cpu.handle().inject(type.rawNumber(), SENDER);
            case TOD_CLOCK_SYNC_CHECK, WARNING_TRACK, MEASUREMENT_ALERT ->
                cpu.handle().inject(type.rawNumber(), PARAMETER);
            case CLOCK_COMPARATOR -> {
                cpu.comparatorDue();
                yield InjectResult.ACCEPTED;
            }
            case CPU_TIMER -> {
                cpu.vcpu().cpuTimer(-1);
                yield InjectResult.ACCEPTED;
            }
            case TIMING_ALERT -> machine.machine().injectTimingAlert(PARAMETER);
            case SERVICE_SIGNAL -> machine.machine().injectService(PARAMETER);
            case VIRTIO -> machine.machine().injectVirtio(PARAMETER, PARAMETER_64);
            case ADAPTER_3 -> machine.machine().injectAdapter(subclass(), false);
            case IO_0, IO_3, IO_7 ->
                machine.machine().subchannel(0x10000 + subclass()).inject(PARAMETER, subclass() << 27);
        };
    }

    /** The bytes from 0x80 to 0xc7 that are not zero behind its delivery, as {@code offset:bytes} with single zeros inside. */
    String stored() {
        return switch (this) {
            case INTERRUPT_KEY -> "87:40";
            case MALFUNCTION_ALERT -> "85:0112";
            case EMERGENCY_SIGNAL -> "85:011201";
            case EXTERNAL_CALL -> "85:011202";
            case TOD_CLOCK_SYNC_CHECK -> "86:1003";
            case CLOCK_COMPARATOR -> "86:1004";
            case CPU_TIMER -> "86:1005";
            case WARNING_TRACK -> "86:1007";
            case TIMING_ALERT -> "83:12 86:1406";
            case MEASUREMENT_ALERT -> "83:12 86:1407";
            case SERVICE_SIGNAL -> "83:12 86:2401";
            case VIRTIO -> "83:120d002603"; // and the 64-bit parameter at 0x11b8
            case IO_0 -> "b9:01 bf:12";
            case IO_3 -> "b9:010003 bf:1218";
            case ADAPTER_3 -> "c0:98";
            case IO_7 -> "b9:010007 bf:1238";
        };
    }
}
