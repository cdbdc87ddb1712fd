package org.interruptor.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.ProgramInterruption;
import org.interruptor.engine.count.Counters;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.RawIo;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.queue.FloatingWord;
import org.interruptor.engine.queue.LocalConditions;
import org.interruptor.engine.queue.Mailbox;

/**
 * The part of a saved machine that only architecture rules have, as bytes.
 *
 * <pre>
 *  floating | clock epoch 8 | bits 4 | there 4 | timing alert 4 | service event 4 | suppression 4 |
 *           | counters 4 | each 8 | rotations 4 | each 4 | I/O 4 | each: subsystem id 4, payload 8, withdrawn 4 |
 *  CPU      | state 8 | CPU timer 8 | announced 4 | handed on 4 | hinted 4 | there 4 | external call 4 | ones 4 | measurement 4 | page fault 8 |
 *           | machine check: code 8, external-damage code 4, address 8, logout 16 |
 *           | malfunction alerts 4 | each sender 4 | emergency signals 4 | each sender 4 | program fields 4 | each 8 |
 * </pre>
 *
 * <p>{@code there} has a bit for each of what can be there or not; what is not there is zero.
 *
 * <p>No image, whoever made it, leads to a state that the engine could not have reached.
 */
final class SavedArchitectureFormat {
    private static final int TIMING_ALERT = 1;
    private static final int SERVICE_EVENT = 1 << 1;
    private static final int EVENT_BITS = 3;

    private static final int MEASUREMENT = 1;
    private static final int PAGE_FAULT = 1 << 1;
    private static final int MACHINE_CHECK = 1 << 2;
    private static final int TIMER_RUNS = 1 << 3;
    private static final int LISTED = 1 << 4;

    private static final int FLOATING_GATES = Gate.CHANNEL_REPORT.bit()
            | Gate.INTERRUPT_KEY.bit()
            | Gate.TIMING_ALERT.bit()
            | Gate.SERVICE.bit()
            | 0xff << Gate.IO_0.ordinal();

    private static final int IO_LENGTH = 16;
    private static final long STATUS_ADDRESS = 0x7fff_fe00L;
    private static final int STATUS_LENGTH = 512;
    private static final int MAX_SOURCES = 1 << 16;
    private static final int ROOM = 256;

    private final SavedImage in;

    SavedArchitectureFormat(SavedImage in) {
        this.in = in;
    }

    // Writing.

    /** More bytes than a machine takes. */
    static long room(SavedMachine saved) {
        long room = ROOM + (long) saved.architecture().io().size() * IO_LENGTH;
        for (SavedVcpu vcpu : saved.vcpus()) {
            room += ROOM
                    + (long) Integer.BYTES
                            * (vcpu.cpu().malfunctions().size()
                                    + vcpu.cpu().emergencies().size());
        }
        return room;
    }

    static void write(ByteBuffer out, SavedFloating saved) {
        out.putLong(saved.clockEpoch()).putInt(saved.bits());
        out.putInt(
                (saved.timingAlert() == null ? 0 : TIMING_ALERT) | (saved.serviceEvent() == null ? 0 : SERVICE_EVENT));
        out.putInt(orZero(saved.timingAlert()))
                .putInt(orZero(saved.serviceEvent()))
                .putInt(saved.suppression());
        out.putInt(saved.counters().size());
        saved.counters().forEach(out::putLong);
        out.putInt(saved.rotations().size());
        saved.rotations().forEach(out::putInt);
        out.putInt(saved.io().size());
        for (SavedIo io : saved.io()) {
            out.putInt(io.subsystemId()).putLong(io.payload()).putInt(io.isWithdrawn() ? 1 : 0);
        }
    }

    private static int orZero(Integer value) {
        return value == null ? 0 : value;
    }

    static void write(ByteBuffer out, SavedCpu saved) {
        MachineCheck check = saved.machineCheck();
        out.putLong(saved.state()).putLong(saved.cpuTimer()).putInt(saved.announced());
        out.putInt(saved.handedOn()).putInt(saved.hinted());
        out.putInt((saved.measurement() == null ? 0 : MEASUREMENT)
                | (saved.pageFault() == null ? 0 : PAGE_FAULT)
                | (check == null ? 0 : MACHINE_CHECK)
                | (saved.isTimerRunning() ? TIMER_RUNS : 0)
                | (saved.isListed() ? LISTED : 0));
        out.putInt(saved.externalCall()).putInt(saved.ones()).putInt(orZero(saved.measurement()));
        out.putLong(saved.pageFault() == null ? 0 : saved.pageFault());
        MachineCheck written = check == null ? new MachineCheck(0) : check;
        out.putLong(written.code()).putInt(written.externalDamageCode());
        out.putLong(written.failingStorageAddress()).putLong(written.logout()).putLong(written.logout2());
        write(out, saved.malfunctions());
        write(out, saved.emergencies());
        out.putInt(saved.program().size());
        saved.program().forEach(out::putLong);
    }

    private static void write(ByteBuffer out, List<Integer> senders) {
        out.putInt(senders.size());
        senders.forEach(out::putInt);
    }

    // Reading.

    SavedFloating readFloating(int vcpus) {
        long clockEpoch = in.getLong();
        int bits = in.getInt();
        in.check(
                (bits & ~(0xff | FloatingWord.KEY | FloatingWord.CHANNEL_REPORT)) == 0,
                "floating bits 0x" + Integer.toHexString(bits));
        int there = in.getInt();
        in.check((there & ~(TIMING_ALERT | SERVICE_EVENT)) == 0, "bits 0x" + Integer.toHexString(there));
        Integer timingAlert = in.getInt((there & TIMING_ALERT) != 0);
        Integer serviceEvent = in.getInt((there & SERVICE_EVENT) != 0);
        if (serviceEvent != null) {
            in.range("service event", serviceEvent, 1, EVENT_BITS);
        }
        int suppression = in.getInt();
        in.range("suppression", suppression, 0, 0xffff);
        in.check((suppression >>> Floating.SUBCLASSES & ~suppression) == 0, "suppressed in the mode all");
        List<Long> counters = new ArrayList<>();
        in.expect("floating counters", in.getInt(), Counters.FLOATING - 1L);
        for (int i = 1; i < Counters.FLOATING; i++) {
            counters.add(in.getLong());
        }
        List<Integer> rotations = new ArrayList<>();
        in.expect("rotations", in.getInt(), Integer.bitCount(FLOATING_GATES));
        for (int i = 0; i < Integer.bitCount(FLOATING_GATES); i++) {
            rotations.add(in.getInt());
            in.range("rotation", rotations.get(i), -1, vcpus - 1L);
        }
        return new SavedFloating(
                clockEpoch, bits, timingAlert, serviceEvent, suppression, readIo(), counters, rotations);
    }

    private List<SavedIo> readIo() {
        int count = in.getInt();
        in.range("I/O interruptions", count, 0, Math.min(MAX_SOURCES, in.remaining() / IO_LENGTH));
        List<SavedIo> list = new ArrayList<>();
        Set<Integer> sources = new HashSet<>();
        int subclass = 0;
        for (int i = 0; i < count; i++) {
            SavedIo io = new SavedIo(in.getInt(), in.getLong(), in.getFlag());
            int word = (int) io.payload();
            in.check(word >= 0, "the word of an adapter interruption for a subchannel");
            in.check(RawIo.subclassIn(word) >= subclass, "I/O interruptions out of order");
            in.check(sources.add(io.subsystemId()), "two I/O interruptions of one subchannel");
            subclass = RawIo.subclassIn(word);
            list.add(io);
        }
        return list;
    }

    SavedCpu readCpu(int vcpus, long storageSize) {
        long state = in.getLong();
        checkState(state, storageSize);
        long cpuTimer = in.getLong();
        int announced = in.getInt();
        in.check((announced & ~Mailbox.SAVED) == 0, "announced 0x" + Integer.toHexString(announced));
        int handedOn = in.getInt();
        int hinted = in.getInt();
        in.check(
                ((handedOn | hinted) & ~FLOATING_GATES) == 0,
                "gates 0x" + Integer.toHexString(handedOn) + " and 0x" + Integer.toHexString(hinted));
        int there = in.getInt();
        in.check(
                (there & ~(MEASUREMENT | PAGE_FAULT | MACHINE_CHECK | TIMER_RUNS | LISTED)) == 0,
                "bits 0x" + Integer.toHexString(there));
        in.check(
                (there & LISTED) == 0 || CpuState.stateIn(state) == CpuState.OPERATING,
                "a CPU in the rotation that does not operate");
        int externalCall = in.getInt();
        in.range("external call", externalCall, -1, vcpus - 1L);
        int ones = in.getInt();
        in.check((ones & ~LocalConditions.allOnes()) == 0, "conditions 0x" + Integer.toHexString(ones));
        Integer measurement = in.getInt((there & MEASUREMENT) != 0);
        long token = in.getLong();
        in.check((there & PAGE_FAULT) != 0 || token == 0, "the token of a page fault that is not there");
        MachineCheck check = readMachineCheck((there & MACHINE_CHECK) != 0);
        List<Integer> malfunctions = readSenders(vcpus);
        List<Integer> emergencies = readSenders(vcpus);
        return new SavedCpu(
                state,
                cpuTimer,
                (there & TIMER_RUNS) != 0,
                (there & LISTED) != 0,
                announced,
                handedOn,
                hinted,
                externalCall,
                ones,
                measurement,
                (there & PAGE_FAULT) != 0 ? token : null,
                check,
                malfunctions,
                emergencies,
                readProgram());
    }

    private void checkState(long state, long storageSize) {
        int order = CpuState.orderIn(state);
        int reset = CpuState.resetIn(state);
        long parameter = Integer.toUnsignedLong(CpuState.parameterIn(state));
        in.check((state & CpuState.UNUSED) == 0, "CPU state 0x" + Long.toHexString(state));
        in.range("order", order, CpuState.NO_ORDER, CpuState.STORE_STATUS);
        in.check(order == CpuState.NO_ORDER || reset == CpuState.NO_RESET, "an order beside a reset");
        if (order == CpuState.STORE_STATUS) {
            in.check(
                    (parameter & ~STATUS_ADDRESS) == 0 && parameter + STATUS_LENGTH <= storageSize,
                    "status at 0x" + Long.toHexString(parameter));
        } else {
            in.check(order == CpuState.SET_PREFIX || parameter == 0, "a parameter without an order");
        }
    }

    private MachineCheck readMachineCheck(boolean isThere) {
        MachineCheck check = new MachineCheck(in.getLong(), in.getInt(), in.getLong(), in.getLong(), in.getLong());
        if (!isThere) {
            in.check(check.equals(new MachineCheck(0)), "a machine check that is not there");
            return null;
        }
        in.check(check.isValid(), "a machine check without a condition");
        return check;
    }

    private List<Integer> readSenders(int vcpus) {
        int count = in.getInt();
        in.range("senders", count, 0, vcpus);
        List<Integer> senders = new ArrayList<>();
        int least = 0;
        for (int i = 0; i < count; i++) {
            int sender = in.getInt();
            in.range("sender", sender, least, vcpus - 1L);
            senders.add(sender);
            least = sender + 1;
        }
        return senders;
    }

    private List<Long> readProgram() {
        int fields = in.getInt();
        in.check(fields == 0 || fields == ProgramInterruption.SAVED_FIELDS, "program fields " + fields);
        List<Long> program = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            program.add(in.getLong());
        }
        if (fields != 0) {
            in.range("program interruption code", program.get(0), 0, 0xffff);
            long length = program.get(1);
            in.check((length & 1) == 0 && length >= 0 && length <= 6, "instruction length " + length);
            for (int i : ProgramInterruption.NARROW_FIELDS) {
                in.range("program field", program.get(i), Integer.MIN_VALUE, Integer.MAX_VALUE);
            }
        }
        return program;
    }
}
