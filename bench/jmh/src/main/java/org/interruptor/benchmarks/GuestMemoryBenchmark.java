package org.interruptor.benchmarks;

import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.interruptor.memory.GuestMemory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an interpreter pays for an access to guest storage: a doubleword at an address that is not known beforehand, in the
 * first 16 KiB, so that the cache of the CPU is no limit. {@code window} is the floor: one Agrona buffer with its bounds check
 * and the same reversal of bytes, no segments and no closing.
 */
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class GuestMemoryBenchmark extends AverageCost {

    private static final int ADDRESSES = 1024;
    private static final int WINDOW_LENGTH = 16 * 1024;

    /** Bytes to move an address off its alignment. */
    @Param({"0", "3"})
    int misalignment;

    private final int[] addresses = new int[ADDRESSES];
    private final UnsafeBuffer window = new UnsafeBuffer();
    private GuestMemory memory;

    @Setup
    public void allocate() {
        memory = GuestMemory.allocate(1 << 20);
        memory.wrapWindow(window, 0, WINDOW_LENGTH);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ADDRESSES; i++) {
            addresses[i] = random.nextInt(WINDOW_LENGTH / Long.BYTES - 1) * Long.BYTES + misalignment;
        }
    }

    @TearDown
    public void close() {
        memory.close();
    }

    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public long getLongFromStorage() {
        long sum = 0;
        for (int address : addresses) {
            sum += memory.getLong(address);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public long getLongFromWindow() {
        long sum = 0;
        for (int address : addresses) {
            sum += window.getLong(address, ByteOrder.BIG_ENDIAN);
        }
        return sum;
    }

    /** Each address comes from the doubleword before: latency instead of throughput. */
    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public long chaseThroughStorage() {
        long last = 0;
        for (int address : addresses) {
            last = memory.getLong(address + last);
        }
        return last;
    }

    /** Each address comes from the doubleword before: latency instead of throughput. */
    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public long chaseThroughWindow() {
        long last = 0;
        for (int address : addresses) {
            last = window.getLong((int) (address + last), ByteOrder.BIG_ENDIAN);
        }
        return last;
    }

    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public void putLongToStorage() {
        for (int address : addresses) {
            memory.putLong(address, 0);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public void putLongToWindow() {
        for (int address : addresses) {
            window.putLong(address, 0, ByteOrder.BIG_ENDIAN);
        }
    }
}
