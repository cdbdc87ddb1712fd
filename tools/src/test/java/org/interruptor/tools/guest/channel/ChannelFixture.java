package org.interruptor.tools.guest.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.contract.IoInterruption;
import org.interruptor.memory.GuestMemory;

/** A channel subsystem with storage, and what a test does with its subchannels in place of a CPU. */
public final class ChannelFixture implements AutoCloseable {
    /** Where tests put channel programs. */
    public static final int PROGRAM = 0x2000;

    /** Where tests put data. */
    public static final int DATA = 0x4000;

    public static final int SIZE = 1 << 20;

    /** ORB word 1: format-1 CCWs, the one path. */
    public static final int FORMAT_1 = 0x0080_8000;

    public static final int FORMAT_0 = 0x0000_8000;
    public static final int PARAMETER = 0x1234_5678;

    private static final int ALL_SUBCLASSES = 0xff;
    private static final int STATUS_PENDING = 1;
    private static final int ALERT_STATUS = 0x11;

    private final GuestMemory memory = GuestMemory.allocate(SIZE);
    private final Machine machine = Machine.builder(memory).vcpus(1).build();
    private final Vcpu vcpu = machine.vcpu(0).bind();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final ChannelSubsystem channels = new ChannelSubsystem(machine, errors::add);

    public GuestMemory memory() {
        return memory;
    }

    public DeviceStorage storage() {
        return channels.storage();
    }

    /** The vCPU of the machine, bound to the thread that has made this. */
    public Vcpu vcpu() {
        return vcpu;
    }

    public ChannelSubsystem channels() {
        return channels;
    }

    /** Waits for a condition, at most 20 seconds. */
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(errors).isEmpty();
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
            LockSupport.parkNanos(20_000);
        }
    }

    /** Enables a subchannel: subclass 3, and more bits of words 1 and 6 of its SCHIB. */
    public static void enable(Subchannel subchannel, int moreOfWord1, int word6) {
        int[] schib = subchannel.store();
        schib[0] = 0x0bad_f00d;
        schib[1] |= 0x1880_0000 | moreOfWord1;
        schib[6] = word6;
        assertThat(subchannel.modify(schib)).isZero();
    }

    /** Puts a format-1 CCW into the program. */
    public void ccw(int number, int command, int flags, int count, int data) {
        memory.putInt(PROGRAM + 8 * number, command << 24 | flags << 16 | count);
        memory.putInt(PROGRAM + 8 * number + 4, data);
    }

    /** Puts a format-0 CCW into the program. */
    public void ccw0(int number, int command, int flags, int count, int data) {
        memory.putInt(PROGRAM + 8 * number, command << 24 | data);
        memory.putInt(PROGRAM + 8 * number + 4, flags << 24 | count);
    }

    /** Starts the program and waits for its status; the IRB. Alert status that keeps the start out is taken first. */
    public int[] run(Subchannel subchannel, int orbFlags) {
        int code = subchannel.start(new Orb(PARAMETER, orbFlags, PROGRAM));
        while (code == 1) {
            assertThat(awaitStatus(subchannel)[0] & 0xffff).isEqualTo(ALERT_STATUS);
            code = subchannel.start(new Orb(PARAMETER, orbFlags, PROGRAM));
        }
        assertThat(code).isZero();
        return awaitStatus(subchannel);
    }

    /** Starts one format-1 CCW without flags and waits for its status; the IRB. */
    public int[] run(Subchannel subchannel, int command, int count, int data) {
        ccw(0, command, 0, count, data);
        return run(subchannel, FORMAT_1);
    }

    public int[] awaitStatus(Subchannel subchannel) {
        int[] irb = new int[Subchannel.IRB_WORDS];
        await("status", () -> subchannel.test(irb) == 0);
        return irb;
    }

    /** Whether status is pending, without taking it. */
    public static boolean isStatusPending(Subchannel subchannel) {
        return (subchannel.store()[7] & STATUS_PENDING) != 0;
    }

    /** Takes an interruption as TEST PENDING INTERRUPTION does; null if there is none. */
    public IoInterruption takeInterruption() {
        IoInterruption taken = new IoInterruption();
        return vcpu.takeIo(ALL_SUBCLASSES, taken) ? taken : null;
    }

    public byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        memory.getBytes(address, bytes, 0, length);
        return bytes;
    }

    public void put(long address, byte... bytes) {
        memory.putBytes(address, bytes, 0, bytes.length);
    }

    @Override
    public void close() {
        channels.close();
        machine.close();
        memory.close();
        assertThat(errors).isEmpty();
    }
}
