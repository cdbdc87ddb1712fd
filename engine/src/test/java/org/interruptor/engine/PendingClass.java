package org.interruptor.engine;

import java.util.Arrays;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.PswMask;

/** The classes of interruptions under architecture rules that a gate holds back, in the order of their priorities. */
enum PendingClass {
    EXIGENT(MachineCheck.SYSTEM_DAMAGE, 0),
    CHANNEL_REPORT(InterruptionType.CHANNEL_REPORT, 14, 0x1000_0000L, InjectResult.COALESCED),
    LOCAL_CHANNEL_REPORT(MachineCheck.CHANNEL_REPORT, 0x1000_0000L),
    RECOVERY(MachineCheck.RECOVERY, 0x0800_0000L),
    DEGRADATION(MachineCheck.DEGRADATION, 0x0400_0000L),
    EXTERNAL_DAMAGE(MachineCheck.EXTERNAL_DAMAGE, 0x0200_0000L),
    WARNING(MachineCheck.WARNING, 0x0100_0000L),
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
    SERVICE_EVENT(InterruptionType.SERVICE_EVENT, 0x200, InjectResult.COALESCED),
    PAGE_FAULT_INITIAL(InterruptionType.PAGE_FAULT_INITIAL, 0x200, InjectResult.BUSY),
    SERVICE_SIGNAL(InterruptionType.SERVICE_SIGNAL, 0x200, InjectResult.ACCEPTED),
    VIRTIO(InterruptionType.VIRTIO, 0x200, InjectResult.ACCEPTED),
    PAGE_FAULT_COMPLETION(InterruptionType.PAGE_FAULT_COMPLETION, 0x200, InjectResult.ACCEPTED),
    IO_0(0),
    IO_3(3),
    ADAPTER_3(InterruptionType.ADAPTER, 6, 0x1000_0000L, InjectResult.COALESCED),
    IO_7(7);

    /** The parameter of those that have one. */
    static final int PARAMETER = 0x12;

    /** The 64-bit parameter of virtio. */
    static final long PARAMETER_64 = 0x0102_0304_0506_0708L;

    /** The number of the CPU that sends. */
    static final int SENDER = 1;

    private final InterruptionType type;
    private final int register;
    private final long subclassMask;
    private final InjectResult second;
    private final long condition;

    PendingClass(InterruptionType type, int register, long subclassMask, InjectResult second, long condition) {
        this.type = type;
        this.register = register;
        this.subclassMask = subclassMask;
        this.second = second;
        this.condition = condition;
    }

    PendingClass(InterruptionType type, int register, long subclassMask, InjectResult second) {
        this(type, register, subclassMask, second, 0);
    }

    PendingClass(InterruptionType type, long subclassMask, InjectResult second) {
        this(type, 0, subclassMask, second);
    }

    PendingClass(long condition, long subclassMask) {
        this(InterruptionType.MACHINE_CHECK, 14, subclassMask, InjectResult.COALESCED, condition);
    }

    PendingClass(int subclass) {
        this(InterruptionType.IO, 6, 0x8000_0000L >>> subclass, InjectResult.COALESCED);
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

    boolean isMachineCheck() {
        return register == 14;
    }

    /** Its gate. */
    Gate gate() {
        return Arrays.stream(Gate.values())
                .filter(gate -> gate.register() == (subclassMask == 0 ? -1 : register)
                        && gate.subclassMask() == subclassMask
                        && gate.mask().bit() == pswMask())
                .findFirst()
                .orElseThrow();
    }

    /** The bit of the PSW that closes its gate. */
    long pswMask() {
        return isMachineCheck() ? PswMask.MACHINE_CHECK : register == 6 ? PswMask.IO : PswMask.EXTERNAL;
    }

    /** The control register that closes its gate. */
    int register() {
        return register;
    }

    /** The intercept of that register's load. */
    int intercept() {
        return isTimer() || subclassMask == 0 ? 0 : register == 14 ? 0x0002 : register == 6 ? 0x0200 : 0x8000;
    }

    /** Where its new PSW stands. */
    int newPswOffset() {
        return isMachineCheck() ? 0x1e0 : register == 6 ? 0x1f0 : 0x1b0;
    }

    /** The address in its new PSW. */
    long newAddress() {
        return isMachineCheck()
                ? ArchitectureMachine.MACHINE_CHECK_NEW_ADDRESS
                : register == 6 ? ArchitectureMachine.IO_NEW_ADDRESS : TestMachine.EXTERNAL_NEW_ADDRESS;
    }

    int subclass() {
        return Long.numberOfLeadingZeros(subclassMask) - 32;
    }

    /** Closes the gate in its control register. */
    void close(TestVcpu cpu) {
        cpu.registers().control(register, cpu.registers().control(register) & ~subclassMask);
    }

    /** Makes it pending for a vCPU, or for the machine. */
    InjectResult put(TestMachine machine, TestVcpu cpu) {
        return switch (this) {
            case EXIGENT, LOCAL_CHANNEL_REPORT, RECOVERY, DEGRADATION, EXTERNAL_DAMAGE, WARNING ->
                cpu.handle().injectMachineCheck(new MachineCheck(condition));
            case CHANNEL_REPORT -> machine.machine().injectChannelReport();
            case SERVICE_EVENT -> machine.machine().injectServiceEvent(3);
            case PAGE_FAULT_INITIAL -> cpu.handle().injectPageFault(PARAMETER_64);
            case PAGE_FAULT_COMPLETION -> machine.machine().injectPageFaultCompletion(PARAMETER_64);
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
            case EXIGENT, CHANNEL_REPORT, LOCAL_CHANNEL_REPORT, RECOVERY, DEGRADATION, EXTERNAL_DAMAGE, WARNING ->
                "a3:01"; // and what MachineCheckTest has
            case SERVICE_EVENT -> "83:03 86:2401";
            case PAGE_FAULT_INITIAL -> "84:06002603"; // and the 64-bit parameter
            case PAGE_FAULT_COMPLETION -> "84:06802603";
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
