package org.interruptor.bench.baseline;

import java.util.Arrays;
import org.interruptor.bench.plan.Signal;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.Prefixing;
import org.interruptor.memory.PswMask;

/**
 * The guest that all engines run: its storage, where its lowcores lie, and what its PSWs and CR0 hold.
 *
 * <pre>
 *   0        0x2000      0x4000            (n + 1) * 0x2000
 *   | unused | lowcore 0 | lowcore 1 | ... | lowcore n-1 |
 * </pre>
 *
 * <p>All new PSWs enable external and I/O interruptions, so that one delivery may follow the other in a pass.
 */
public final class Guest {
    /** 64-bit addresses, external and I/O interruptions enabled. */
    static final long PSW_MASK = PswMask.EXTERNAL | PswMask.IO | PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;

    /** Where the guest is when nothing has been delivered yet. */
    static final long START_ADDRESS = 0x1_0000;

    /** Where all new PSWs lead. */
    static final long HANDLER_ADDRESS = 0x2_0000;

    /** CR0 with all gates open but that of the clock comparator. */
    static final long CR0 = InterruptionType.EMERGENCY_SIGNAL.subclassMask() | InterruptionType.VIRTIO.subclassMask();

    /** CR0 under architecture rules. */
    static final long ARCHITECTURE_CR0 = CR0 | InterruptionType.EXTERNAL_CALL.subclassMask();

    /** CR6 with all subclasses open. */
    static final long CR6 = 0xff00_0000L;

    // Of the prefix area, what memory's Lowcore does not have.
    private static final int IO_WORD = 0xc0;
    private static final int IO_OLD_PSW = 0x170;
    private static final int IO_NEW_PSW = 0x1f0;

    /** First halfword of an instruction of 4 bytes: for program interruptions. */
    static final int IPA = 0xb2b2;

    /** The engine's line of the table for each signal. */
    private static final InterruptionType[] TYPES =
            Arrays.stream(Signal.values()).map(Guest::find).toArray(InterruptionType[]::new);

    private Guest() {}

    private static InterruptionType find(Signal signal) {
        return Arrays.stream(InterruptionType.values())
                .filter(type -> type.label().equals(signal.label()))
                .findFirst()
                .orElseThrow();
    }

    static InterruptionType typeOf(Signal signal) {
        return TYPES[signal.ordinal()];
    }

    /**
     * The prefix of a vCPU.
     *
     * @param vcpu its number.
     * @return an absolute address.
     */
    public static int prefix(int vcpu) {
        return (vcpu + 1) * Prefixing.AREA_LENGTH;
    }

    /**
     * A parameter that a signal can carry.
     *
     * @param signal the signal.
     * @param vcpu its target.
     * @param number what is to be seen in it, as far as it goes.
     * @return 32 bits: the code of a program interruption, the prefix that the target has, the target itself as the sender of an
     *     external call, else the number.
     */
    public static int parameter(Signal signal, int vcpu, long number) {
        return switch (signal) {
            case SET_PREFIX -> prefix(vcpu);
            case PROGRAM -> (int) number & 0xffff;
            case EXTERNAL_CALL -> vcpu;
            default -> (int) number;
        };
    }

    /** CR0 with the gate of emergency signals open or closed. */
    static long cr0(boolean emergency) {
        return emergency ? CR0 : CR0 & ~InterruptionType.EMERGENCY_SIGNAL.subclassMask();
    }

    /** Storage with a lowcore for each vCPU. */
    static GuestMemory allocate(int vcpus) {
        return allocate(vcpus, 0);
    }

    /** The same, and behind the lowcores, from {@code prefix(vcpus)} on, so many bytes. */
    static GuestMemory allocate(int vcpus, int more) {
        GuestMemory storage = GuestMemory.allocate(prefix(vcpus) + (long) more);
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            Lowcore lowcore = new Lowcore();
            lowcore.wrap(storage, prefix(vcpu));
            lowcore.externalNewPswMask(PSW_MASK);
            lowcore.externalNewPswAddress(HANDLER_ADDRESS);
            lowcore.restartNewPswMask(PSW_MASK);
            lowcore.restartNewPswAddress(HANDLER_ADDRESS);
            lowcore.programNewPswMask(PSW_MASK);
            lowcore.programNewPswAddress(HANDLER_ADDRESS);
            storage.putLong(prefix(vcpu) + IO_NEW_PSW, PSW_MASK);
            storage.putLong(prefix(vcpu) + IO_NEW_PSW + Long.BYTES, HANDLER_ADDRESS);
        }
        return storage;
    }

    /**
     * Whether the lowcore of a vCPU shows that a signal was delivered: its code, and the PSW before it.
     *
     * @param storage guest storage.
     * @param vcpu the vCPU.
     * @param signal what it was.
     * @return true also for what stores nothing.
     */
    public static boolean shows(GuestMemory storage, int vcpu, Signal signal) {
        Lowcore lowcore = new Lowcore();
        lowcore.wrap(storage, prefix(vcpu));
        return switch (signal) {
            case STOP, SET_PREFIX -> true;
            case PROGRAM -> lowcore.programOldPswMask() == PSW_MASK;
            case RESTART -> lowcore.restartOldPswMask() == PSW_MASK;
            case IO, ADAPTER ->
                storage.getLong(prefix(vcpu) + IO_OLD_PSW) == PSW_MASK
                        && storage.getInt(prefix(vcpu) + IO_WORD) < 0 == (signal == Signal.ADAPTER);
            case EMERGENCY, SERVICE, VIRTIO, EXTERNAL_CALL ->
                lowcore.externalCode() == typeOf(signal).externalCode() && lowcore.externalOldPswMask() == PSW_MASK;
        };
    }
}
