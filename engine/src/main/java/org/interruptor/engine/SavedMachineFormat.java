package org.interruptor.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.interruptor.engine.contract.LowcoreFault;
import org.interruptor.engine.contract.QueuedInterruption;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.observe.VcpuCondition;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.LocalQueue;

/**
 * A {@link SavedMachine} as bytes, big-endian.
 *
 * <pre>
 *  image    | "INTRSAVE" 8 | version 4 | length of all 4 | machine | each vCPU | CRC-32C of all before it 4 |
 *  machine  | rules 4 | storage size 8 | TOD 8 | refused 8 | accepted 8 | rotation 4 | vCPUs 4 | queue | floating |
 *  vCPU     | PSW 16 | CR0 to 15 128 | comparator 8 | epoch 8 | prefix 4 | ipa 4 | last host CPU 4 | bits 4 |
 *           | type of the fault 4 | its prefix 4 | accepted 8 | counters 4 | each counter 8 | queue | CPU |
 *  queue    | how many 4 | each: raw number 4, parameter 4, 64-bit parameter 8, count 8 |
 * </pre>
 *
 * <p>Floating and CPU are there under architecture rules (1) alone: {@link SavedArchitectureFormat}; under original ones rules are 0.
 *
 * <p>Version 2 had no rules, which were original, and fewer counters. The type of a fault was a raw number; it is the place in the list
 * of types now, from 1. Version 1 had fewer counters a vCPU, and did not tell attention because of a kick alone, a start that
 * no delivery has seen, and a restart behind a stop; it is read as if there were none.
 *
 * <p>The checksum finds damage; each value is checked all the same, so that no image, also a forged one, leads to a state that
 * the engine could not have reached.
 */
final class SavedMachineFormat {
    private static final byte[] MAGIC = "INTRSAVE".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 3;

    /** Without the bits of {@link #SINCE_2}, and with fewer counters. */
    private static final int VERSION_1 = 1;

    /** Without rules, and with fewer counters and conditions. */
    private static final int VERSION_2 = 2;

    private static final int COUNTERS_OF_VERSION_1 = Counter.DISCARDED_BY_FAULT.ordinal();
    private static final int COUNTERS_OF_VERSION_2 = Counter.DELIVER_SERVICE_EVENT.ordinal();
    private static final int ORIGINAL = 0;
    private static final int ARCHITECTURE = 1;
    private static final int HEADER_LENGTH = 16;
    private static final int CHECKSUM_LENGTH = 4;

    /** More than a machine and a vCPU take, without counters and queues; and exactly what one that is queued takes. */
    private static final int ROOM = 256;

    private static final int QUEUED_LENGTH = 24;

    /** Bits of a vCPU: those of {@link VcpuCondition}, of which FAULT says that there is one, and these. */
    private static final int STOP_DELIVERED = 1 << 16;

    private static final int HEAD_HANDED_ON = 1 << 17;
    private static final int WITHOUT_INSTRUCTION = 1 << 18;
    private static final int KICK_ALONE = 1 << 19;
    private static final int START_PENDING = 1 << 20;
    private static final int RESTART_BEHIND_STOP = 1 << 21;
    private static final int SINCE_2 = KICK_ALONE | START_PENDING | RESTART_BEHIND_STOP;
    private static final int CONDITIONS = (1 << VcpuCondition.values().length) - 1;
    private static final int CONDITIONS_OF_VERSION_2 = (1 << VcpuCondition.IO_REQUEST.ordinal()) - 1;
    private static final int KNOWN_BITS = CONDITIONS | STOP_DELIVERED | HEAD_HANDED_ON | WITHOUT_INSTRUCTION | SINCE_2;

    /** Emergency signals that can be queued, with those that injectors count in late: {@link LocalQueue#offerEmergency}. */
    private static final long MAX_EMERGENCIES = LocalQueue.MAX_EMERGENCIES + LocalQueue.MARGIN;

    private final SavedImage in;
    private final int version;
    private boolean isArchitecture;
    private int vcpuTotal;

    private SavedMachineFormat(SavedImage in, int version) {
        this.in = in;
        this.version = version;
    }

    // Writing.

    static byte[] write(SavedMachine saved) {
        long room = ROOM + (long) saved.floating().size() * QUEUED_LENGTH;
        for (SavedVcpu vcpu : saved.vcpus()) {
            room += ROOM
                    + (long) vcpu.counters().size() * Long.BYTES
                    + (long) vcpu.queue().size() * QUEUED_LENGTH;
        }
        boolean isArchitecture = saved.architecture() != null;
        room += isArchitecture ? SavedArchitectureFormat.room(saved) : 0;
        if (room > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("saved machine: some " + room + " bytes, expected less than 2 GiB");
        }
        ByteBuffer out = ByteBuffer.allocate((int) room);
        out.put(MAGIC).putInt(VERSION).putInt(0);
        out.putInt(isArchitecture ? ARCHITECTURE : ORIGINAL);
        out.putLong(saved.storageSize()).putLong(saved.tod());
        out.putLong(saved.refused()).putLong(saved.accepted());
        out.putInt(saved.rotation()).putInt(saved.vcpuCount());
        writeQueue(out, saved.floating());
        if (isArchitecture) {
            SavedArchitectureFormat.write(out, saved.architecture());
        }
        for (SavedVcpu vcpu : saved.vcpus()) {
            writeVcpu(out, vcpu);
            if (isArchitecture) {
                SavedArchitectureFormat.write(out, vcpu.cpu());
            }
        }
        out.putInt(MAGIC.length + Integer.BYTES, out.position() + CHECKSUM_LENGTH);
        out.putInt(checksum(out.array(), out.position()));
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void writeQueue(ByteBuffer out, List<QueuedInterruption> queue) {
        out.putInt(queue.size());
        for (QueuedInterruption queued : queue) {
            out.putInt(queued.type().rawNumber()).putInt(queued.parameter());
            out.putLong(queued.parameter64()).putLong(queued.count());
        }
    }

    private static void writeVcpu(ByteBuffer out, SavedVcpu vcpu) {
        out.putLong(vcpu.pswMask()).putLong(vcpu.pswAddress());
        for (long control : vcpu.control()) {
            out.putLong(control);
        }
        out.putLong(vcpu.clockComparator()).putLong(vcpu.epoch());
        out.putInt((int) vcpu.prefix()).putInt(vcpu.ipa()).putInt(vcpu.lastHostCpu());
        out.putInt((int) vcpu.conditions()
                | (vcpu.isStopDelivered() ? STOP_DELIVERED : 0)
                | (vcpu.isStopDelivered() && !vcpu.isStopLast() ? RESTART_BEHIND_STOP : 0)
                | (vcpu.isKickAlone() ? KICK_ALONE : 0)
                | (vcpu.isStartPending() ? START_PENDING : 0)
                | (vcpu.isHeadHandedOn() ? HEAD_HANDED_ON : 0)
                | (vcpu.isWithoutInstruction() ? WITHOUT_INSTRUCTION : 0));
        LowcoreFault fault = vcpu.fault();
        out.putInt(fault == null ? 0 : fault.type().ordinal() + 1);
        out.putInt(fault == null ? 0 : (int) fault.prefix());
        out.putLong(vcpu.accepted());
        out.putInt(vcpu.counters().size());
        for (long counter : vcpu.counters()) {
            out.putLong(counter);
        }
        writeQueue(out, vcpu.queue());
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    // Reading.

    static SavedMachine read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        SavedImage image = new SavedImage(in);
        if (bytes.length < HEADER_LENGTH + CHECKSUM_LENGTH
                || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new IllegalArgumentException(
                    "not a saved machine: it does not begin with " + new String(MAGIC, StandardCharsets.US_ASCII));
        }
        in.position(MAGIC.length);
        int version = in.getInt();
        image.range("version", version, VERSION_1, VERSION);
        image.expect("length", bytes.length, in.getInt());
        int end = bytes.length - CHECKSUM_LENGTH;
        image.check(in.getInt(end) == checksum(bytes, end), "damaged, its checksum is wrong");
        in.limit(end);
        try {
            SavedMachine saved = new SavedMachineFormat(image, version).readMachine();
            image.expect("bytes left over", in.remaining(), 0);
            return saved;
        } catch (BufferUnderflowException underflow) {
            throw new IllegalArgumentException("saved machine: damaged, it ends too early", underflow);
        }
    }

    private SavedMachine readMachine() {
        if (version > VERSION_2) {
            int rules = in.getInt();
            in.range("rules", rules, ORIGINAL, ARCHITECTURE);
            isArchitecture = rules == ARCHITECTURE;
        }
        long storageSize = in.getLong();
        long tod = in.getLong();
        long refused = in.getLong();
        long accepted = in.getLong();
        int rotation = in.getInt();
        int vcpuCount = in.getInt();
        in.range("vCPUs", vcpuCount, 0, Machine.MAX_VCPUS);
        in.range("rotation", rotation, -1, vcpuCount - 1L);
        List<QueuedInterruption> floating = readQueue();
        for (QueuedInterruption queued : floating) {
            in.check(isInRing(queued.type()), queued.type().label() + " in the floating queue");
            in.expect("count", queued.count(), 1);
        }
        in.range("accepted", accepted, floating.size(), Long.MAX_VALUE);
        SavedFloating architecture = isArchitecture ? new SavedArchitectureFormat(in).readFloating(vcpuCount) : null;
        vcpuTotal = vcpuCount;
        List<SavedVcpu> vcpus = new ArrayList<>();
        for (int i = 0; i < vcpuCount; i++) {
            vcpus.add(readVcpu(i, storageSize));
        }
        for (int vcpu : isArchitecture ? architecture.resetting() : List.<Integer>of()) {
            boolean isResetting = CpuState.resetIn(vcpus.get(vcpu).cpu().state()) != CpuState.NO_RESET;
            in.check(isResetting, "vCPU " + vcpu + " of a reset has none in progress");
        }
        return new SavedMachine(storageSize, tod, rotation, refused, accepted, floating, vcpus, architecture);
    }

    private boolean isInRing(InterruptionType type) {
        return type == InterruptionType.SERVICE_SIGNAL
                || type == InterruptionType.VIRTIO
                || (type == InterruptionType.PAGE_FAULT_COMPLETION && isArchitecture);
    }

    private List<QueuedInterruption> readQueue() {
        int size = in.getInt();
        in.range("queued", size, 0, in.remaining() / QUEUED_LENGTH);
        List<QueuedInterruption> queue = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int rawNumber = in.getInt();
            InterruptionType type = InterruptionType.ofRawNumber(rawNumber);
            in.check(type != null, "type 0x" + Integer.toHexString(rawNumber) + ", expected one that exists");
            queue.add(new QueuedInterruption(type, in.getInt(), in.getLong(), in.getLong()));
        }
        return queue;
    }

    private SavedVcpu readVcpu(int id, long storageSize) {
        long pswMask = in.getLong();
        long pswAddress = in.getLong();
        List<Long> control = readLongs(SavedVcpu.CONTROL_REGISTERS);
        long clockComparator = in.getLong();
        long epoch = in.getLong();
        long prefix = Integer.toUnsignedLong(in.getInt());
        int ipa = in.getInt();
        int lastHostCpu = in.getInt();
        in.range("ipa", ipa, 0, 0xffff);
        in.range("last host CPU", lastHostCpu, 0, 0xffff);
        int bits = in.getInt();
        int known = knownBits();
        in.check((bits & ~known) == 0, "bits 0x" + Integer.toHexString(bits) + " of vCPU " + id);
        checkConditions(bits, id);
        in.check(ipa == 0 || (bits & WITHOUT_INSTRUCTION) == 0, "ipa without an instruction");
        LowcoreFault fault = readFault(id, VcpuCondition.FAULT.isIn(bits));
        long accepted = in.getLong();
        int savedCounters = version == VERSION_1
                ? COUNTERS_OF_VERSION_1
                : version == VERSION_2 ? COUNTERS_OF_VERSION_2 : Counter.count();
        in.expect("counters", in.getInt(), savedCounters);
        List<Long> counters = readLongs(savedCounters);
        while (counters.size() < Counter.count()) {
            counters.add(0L);
        }
        SavedVcpu vcpu = new SavedVcpu(
                pswMask,
                pswAddress,
                control,
                prefix,
                clockComparator,
                epoch,
                ipa,
                (bits & WITHOUT_INSTRUCTION) != 0,
                lastHostCpu,
                bits & CONDITIONS,
                (bits & KICK_ALONE) != 0,
                (bits & START_PENDING) != 0,
                (bits & STOP_DELIVERED) != 0,
                (bits & (STOP_DELIVERED | RESTART_BEHIND_STOP)) == STOP_DELIVERED,
                (bits & HEAD_HANDED_ON) != 0,
                fault,
                counters,
                accepted,
                checkLocal(readQueue()),
                readCpu(bits, storageSize));
        in.range("emergency signals", vcpu.emergencies(), 0, MAX_EMERGENCIES);
        in.range("accepted", accepted, vcpu.records() + vcpu.emergencies(), Long.MAX_VALUE);
        return vcpu;
    }

    private int knownBits() {
        if (version == VERSION) {
            return KNOWN_BITS;
        }
        int known = KNOWN_BITS & ~(CONDITIONS & ~CONDITIONS_OF_VERSION_2);
        return version == VERSION_1 ? known & ~SINCE_2 : known;
    }

    private SavedCpu readCpu(int bits, long storageSize) {
        if (!isArchitecture) {
            return null;
        }
        SavedCpu cpu = new SavedArchitectureFormat(in).readCpu(vcpuTotal, storageSize);
        in.check(
                VcpuCondition.OPERATING.isIn(bits) == (CpuState.stateIn(cpu.state()) == CpuState.OPERATING),
                "a CPU that operates or not");
        return cpu;
    }

    /** A kick alone and a start that nobody has seen set attention; no restart is behind a stop that was not delivered. */
    private void checkConditions(int bits, int id) {
        boolean isAttention = VcpuCondition.ATTENTION.isIn(bits);
        boolean isKickAlone = (bits & KICK_ALONE) != 0;
        boolean isStartPending = (bits & START_PENDING) != 0;
        in.check(
                (!isKickAlone || (isAttention && VcpuCondition.KICK_PENDING.isIn(bits) && !isStartPending))
                        && (!isStartPending || isAttention)
                        && ((bits & RESTART_BEHIND_STOP) == 0 || (bits & STOP_DELIVERED) != 0),
                "bits 0x" + Integer.toHexString(bits) + " of vCPU " + id + " exclude each other");
    }

    private List<Long> readLongs(int count) {
        List<Long> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.getLong());
        }
        return values;
    }

    private LowcoreFault readFault(int vcpu, boolean isThere) {
        int rawNumber = in.getInt();
        long prefix = Integer.toUnsignedLong(in.getInt());
        if (!isThere) {
            in.check(rawNumber == 0 && prefix == 0, "a fault of vCPU " + vcpu + " that is not there");
            return null;
        }
        InterruptionType type = version == VERSION ? typeOfPlace(rawNumber) : typeOfRawNumber(rawNumber);
        in.check(
                type != null && type.stores() != InterruptionType.Stores.NOTHING,
                "a fault of vCPU " + vcpu + " by 0x" + Integer.toHexString(rawNumber));
        return new LowcoreFault(vcpu, prefix, type);
    }

    private InterruptionType typeOfPlace(int place) {
        boolean isThere = place > 0 && place <= InterruptionType.count();
        InterruptionType type = isThere ? InterruptionType.ofOrdinal(place - 1) : null;
        return type != null && (isArchitecture || type.isOriginal()) ? type : null;
    }

    private static InterruptionType typeOfRawNumber(int rawNumber) {
        InterruptionType type =
                rawNumber == 0 ? InterruptionType.CLOCK_COMPARATOR : InterruptionType.ofRawNumber(rawNumber);
        return type != null && type.isOriginal() ? type : null;
    }

    /** Only what a local queue can hold, in an order that it can have: program interruptions stand in front. */
    private List<QueuedInterruption> checkLocal(List<QueuedInterruption> queue) {
        boolean isBehindPrograms = false;
        for (QueuedInterruption queued : queue) {
            InterruptionType type = queued.type();
            boolean isProgram = type == InterruptionType.PROGRAM;
            in.check(
                    isInQueue(type) && !(isProgram && isBehindPrograms) && queued.parameter64() == 0,
                    "" + type.label() + " in a place of a local queue where it cannot be");
            if (isProgram) {
                in.range("program interruption code", queued.parameter(), 0, 0xffff);
            }
            isBehindPrograms = !isProgram;
            in.range("count", queued.count(), 1, type == InterruptionType.EMERGENCY_SIGNAL ? MAX_EMERGENCIES : 1);
        }
        return queue;
    }

    private boolean isInQueue(InterruptionType type) {
        return type == InterruptionType.PROGRAM || (type.isLocal() && type.isOriginal() && !isArchitecture);
    }
}
