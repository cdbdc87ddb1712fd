package org.interruptor.bench.baseline;

import com.lmax.disruptor.Sequence;
import org.interruptor.bench.plan.Signal;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;

/**
 * What a delivery does to guest and vCPU, for all that is not Interruptor: the gates, the stores into the lowcore, the new
 * PSW and the counters.
 *
 * <p>Threads: the vCPU's own; counters are read by any.
 */
final class GuestCpu extends PaddedFields {
    private static final int VIRTIO_CPU_ADDRESS = 0x0d00;

    private final int id;
    private final DeliveryObserver observer;
    private final Lowcore lowcore = new Lowcore();
    private final GuestMemory storage;
    private final Sequence[] counters = new Sequence[Signal.values().length];

    private long pswMask = Guest.PSW_MASK;
    private long pswAddress = Guest.START_ADDRESS;
    private long cr0 = Guest.CR0;
    private long prefix;
    private boolean stopDelivered;

    GuestCpu(int id, GuestMemory storage, DeliveryObserver observer) {
        this.id = id;
        this.storage = storage;
        this.observer = observer;
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new Sequence(0);
        }
        setPrefix(Guest.prefix(id));
    }

    private void setPrefix(long value) {
        prefix = value;
        lowcore.wrap(storage, value);
    }

    void emergencyGate(boolean open) {
        cr0 = Guest.cr0(open);
    }

    /** The subclass masks whose gates are open. */
    long openGates() {
        return PswMask.isExternalEnabled(pswMask) ? cr0 : 0;
    }

    boolean isStopDelivered() {
        return stopDelivered;
    }

    long prefix() {
        return prefix;
    }

    long delivered(Signal signal) {
        return counters[signal.ordinal()].get();
    }

    void perform(Interruption interruption) {
        perform(interruption.signal, interruption.parameter, interruption.parameter64);
    }

    /** Carries one out that was taken. */
    void perform(Signal signal, int parameter, long parameter64) {
        switch (signal) {
            case STOP -> stopDelivered = true;
            case SET_PREFIX -> setPrefix(Integer.toUnsignedLong(parameter));
            case PROGRAM -> program(parameter);
            case RESTART -> restart();
            default -> external(signal, parameter, parameter64);
        }
        Sequence counter = counters[signal.ordinal()];
        counter.set(counter.get() + 1); // one writer
        if (observer != null) {
            observer.delivered(id, signal, parameter, parameter64);
        }
    }

    private void program(int code) {
        lowcore.programIlc(4);
        lowcore.programCode(code);
        lowcore.programOldPswMask(pswMask);
        lowcore.programOldPswAddress(pswAddress);
        pswMask = lowcore.programNewPswMask();
        pswAddress = lowcore.programNewPswAddress();
    }

    private void restart() {
        lowcore.restartOldPswMask(pswMask);
        lowcore.restartOldPswAddress(pswAddress);
        pswMask = lowcore.restartNewPswMask();
        pswAddress = lowcore.restartNewPswAddress();
    }

    private void external(Signal signal, int parameter, long parameter64) {
        lowcore.externalCode(Guest.typeOf(signal).externalCode());
        if (signal != Signal.EMERGENCY) {
            lowcore.externalParameter(parameter);
        }
        if (signal == Signal.VIRTIO) {
            lowcore.externalCpuAddress(VIRTIO_CPU_ADDRESS);
            lowcore.externalParameter64(parameter64);
        }
        lowcore.externalOldPswMask(pswMask);
        lowcore.externalOldPswAddress(pswAddress);
        pswMask = lowcore.externalNewPswMask();
        pswAddress = lowcore.externalNewPswAddress();
    }
}
