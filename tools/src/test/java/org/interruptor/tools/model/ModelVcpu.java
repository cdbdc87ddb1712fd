package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The state of one vCPU (section 1), open to the rest of the model, and the questions that it answers by itself. */
final class ModelVcpu {

    static final long PSW_IO = 0x0200000000000000L;
    static final long PSW_EXTERNAL = 0x0100000000000000L;
    static final long PSW_MACHINE_CHECK = 0x0004000000000000L;

    final int number;
    long pswMask;
    long pswAddress;
    final long[] cr = new long[16];
    long prefix;
    int ihcpu;
    int ipa;
    long clockComparator = 0xffffffffffffffffL;
    long epoch;
    /** In the wait; also the WAIT flag and the bit in the idle bitset. */
    boolean waiting;

    boolean stopFlag;
    boolean extFlag;
    boolean lctlCr0;
    boolean stopOnStop;
    final List<Interruption> local = new ArrayList<>();
    long waits;
    final Map<InterruptionType, Long> deliveries = new EnumMap<>(InterruptionType.class);

    ModelVcpu(int number) {
        this.number = number;
    }

    void set(String register, long value) {
        switch (register) {
            case "psw.mask" -> pswMask = value;
            case "psw.addr" -> pswAddress = value;
            case "prefix" -> prefix = value;
            case "ckc" -> clockComparator = value;
            case "epoch" -> epoch = value;
            case "ipa" -> ipa = (int) value;
            default -> cr[Integer.parseInt(register.substring("cr".length()))] = value;
        }
    }

    boolean externalEnabled() {
        return (pswMask & PSW_EXTERNAL) != 0;
    }

    /** Whether PSW and CR0 let it in; of the clock comparator, whether it is due as well is another question. */
    boolean mayTake(InterruptionType type) {
        return type.subclassMask == 0 || (externalEnabled() && (cr[0] & type.subclassMask) != 0);
    }

    boolean mayTake(Interruption interruption) {
        return mayTake(interruption.type());
    }

    boolean comparatorDue(long clock) {
        return Long.compareUnsigned(clockComparator, clock + epoch) < 0;
    }

    /** Not even a machine check could end a wait with this PSW. */
    boolean waitIsDisabled() {
        return (pswMask & (PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK)) == 0;
    }

    /** Section 4, step 1; nothing in this model sets the flags ECALL and IO. */
    void clearRequests() {
        stopFlag = false;
        extFlag = false;
        lctlCr0 = false;
    }

    /** An interruption was passed over: the guest has to be intercepted as soon as it could be taken. */
    void leaveRequest() {
        if (externalEnabled()) {
            lctlCr0 = true;
        } else {
            extFlag = true;
        }
    }

    void count(InterruptionType type) {
        deliveries.merge(type, 1L, Long::sum);
    }
}
