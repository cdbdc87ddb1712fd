package org.interruptor.tools.model;

import java.util.ArrayList;
import java.util.List;

/** One pass of delivery (section 4) of one vCPU, from the clearing of its flags to the last floating interruption. */
final class ModelDelivery {

    private static final long LOWCORE_SIZE = 0x2000;

    private static final long EXTERNAL_PARAMETER = 0x80;
    private static final long CPU_ADDRESS = 0x84;
    private static final long EXTERNAL_CODE = 0x86;
    private static final long PROGRAM_LENGTH = 0x8c;
    private static final long PROGRAM_CODE = 0x8e;
    private static final long RESTART_OLD_PSW = 0x120;
    private static final long EXTERNAL_OLD_PSW = 0x130;
    private static final long PROGRAM_OLD_PSW = 0x150;
    private static final long RESTART_NEW_PSW = 0x1a0;
    private static final long EXTERNAL_NEW_PSW = 0x1b0;
    private static final long PROGRAM_NEW_PSW = 0x1d0;
    private static final long EXTERNAL_PARAMETER_64 = 0x11b8;

    private static final int[] INSTRUCTION_LENGTH = {2, 4, 4, 6};

    private final ModelMachine machine;
    private final ModelVcpu vcpu;
    private final ModelStorage storage;
    private final List<InterruptionType> delivered = new ArrayList<>();

    ModelDelivery(ModelMachine machine, ModelVcpu vcpu) {
        this.machine = machine;
        this.vcpu = vcpu;
        this.storage = machine.storage;
    }

    /** What was delivered, in order. */
    List<InterruptionType> pass() throws LowcoreFaultException {
        vcpu.clearRequests();
        deliverQueue(vcpu.local);
        if (vcpu.comparatorDue(machine.clock) && vcpu.mayTake(InterruptionType.CLOCK_COMPARATOR)) {
            deliver(new Interruption(InterruptionType.CLOCK_COMPARATOR, 0, 0));
        }
        deliverQueue(machine.floating);
        return delivered;
    }

    /** Step 2, and step 4: begins at the front again after each delivery. */
    private void deliverQueue(List<Interruption> queue) throws LowcoreFaultException {
        for (int first = firstToTake(queue); first >= 0; first = firstToTake(queue)) {
            deliver(queue.get(first));
            queue.remove(first);
        }
    }

    private int firstToTake(List<Interruption> queue) {
        for (int i = 0; i < queue.size(); i++) {
            if (vcpu.mayTake(queue.get(i))) {
                return i;
            }
            vcpu.leaveRequest();
            machine.witness.passedOver(vcpu, queue.get(i));
        }
        return -1;
    }

    private void deliver(Interruption interruption) throws LowcoreFaultException {
        switch (interruption.type()) {
            case STOP -> vcpu.stopFlag = true;
            case SET_PREFIX -> {
                vcpu.prefix = interruption.parm();
                vcpu.ihcpu = 0xffff;
            }
            case PROGRAM -> {
                checkLowcore(interruption);
                store(PROGRAM_CODE, 2, interruption.parm());
                store(PROGRAM_LENGTH, 2, INSTRUCTION_LENGTH[vcpu.ipa >> 14]);
                swapPsw(PROGRAM_OLD_PSW, PROGRAM_NEW_PSW);
            }
            case RESTART -> {
                checkLowcore(interruption);
                swapPsw(RESTART_OLD_PSW, RESTART_NEW_PSW);
            }
            case EMERGENCY -> {
                checkLowcore(interruption);
                external(0x1201);
            }
            case CLOCK_COMPARATOR -> {
                checkLowcore(interruption);
                external(0x1004);
            }
            case SERVICE -> {
                checkLowcore(interruption);
                external(0x2401);
                store(EXTERNAL_PARAMETER, 4, interruption.parm());
            }
            case VIRTIO -> {
                checkLowcore(interruption);
                external(0x2603);
                store(CPU_ADDRESS, 2, 0x0d00);
                store(EXTERNAL_PARAMETER, 4, interruption.parm());
                store(EXTERNAL_PARAMETER_64, 8, interruption.parm64());
            }
        }
        vcpu.count(interruption.type());
        delivered.add(interruption.type());
        machine.witness.delivered(vcpu, interruption);
    }

    /** All 8 KiB before anything is stored; a prefix that is no multiple of their size counts as outside. */
    private void checkLowcore(Interruption interruption) throws LowcoreFaultException {
        if (vcpu.prefix % LOWCORE_SIZE != 0 || !storage.contains(vcpu.prefix, LOWCORE_SIZE)) {
            machine.witness.faulted(vcpu, interruption);
            throw new LowcoreFaultException(vcpu, interruption);
        }
    }

    private void external(int code) {
        store(EXTERNAL_CODE, 2, code);
        swapPsw(EXTERNAL_OLD_PSW, EXTERNAL_NEW_PSW);
    }

    private void swapPsw(long oldPsw, long newPsw) {
        store(oldPsw, 8, vcpu.pswMask);
        store(oldPsw + 8, 8, vcpu.pswAddress);
        vcpu.pswMask = storage.load(vcpu.prefix + newPsw);
        vcpu.pswAddress = storage.load(vcpu.prefix + newPsw + 8);
    }

    private void store(long offset, int length, long value) {
        storage.store(vcpu.prefix + offset, length, value);
    }
}
