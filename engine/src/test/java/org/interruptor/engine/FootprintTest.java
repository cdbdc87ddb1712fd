package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Test;

/** What a machine takes in memory is what {@code doc/embedding.md}, section Sizes, says. */
class FootprintTest {
    private static final int MACHINES = 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();

    private final GuestMemory storage = GuestMemory.wrap(new byte[0x2000]);

    /** Bytes that are allocated to build a machine, on the heap and off it. */
    private record Footprint(long heap, long direct) {
        Footprint minus(Footprint other) {
            return new Footprint(heap - other.heap, direct - other.direct);
        }

        Footprint dividedBy(long count) {
            return new Footprint(heap / count, direct / count);
        }

        long total() {
            return heap + direct;
        }
    }

    private Footprint of(int vcpus, int floatingCapacity, int localCapacity) {
        MachineBuilder builder = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(vcpus)
                .floatingCapacity(floatingCapacity)
                .localCapacity(localCapacity);
        long heap = Long.MAX_VALUE;
        long direct = 0;
        // The first ones load classes; garbage of other tests may be freed meanwhile.
        for (int i = 0; i < MACHINES; i++) {
            long heapBefore = THREADS.getCurrentThreadAllocatedBytes();
            long directBefore = DIRECT.getMemoryUsed();
            builder.build().close();
            heap = Math.min(heap, THREADS.getCurrentThreadAllocatedBytes() - heapBefore);
            direct = Math.max(direct, DIRECT.getMemoryUsed() - directBefore);
        }
        return new Footprint(heap, direct);
    }

    @Test
    void aPlaceInTheFloatingRingTakes36Bytes() {
        assertThat(of(0, 8192, 2).minus(of(0, 4096, 2)).dividedBy(4096)).isEqualTo(new Footprint(36, 0));
    }

    @Test
    void aPlaceInALocalQueueTakes16BytesOffTheHeapAnd24OnIt() {
        assertThat(of(1, 2, 2048).minus(of(1, 2, 1024)).dividedBy(1024)).isEqualTo(new Footprint(24, 16));
    }

    @Test
    void aVcpuTakes12KiBBesides() {
        Footprint vcpu = of(65, 2, 2).minus(of(1, 2, 2)).dividedBy(64);

        assertThat(vcpu.total()).isBetween(11L << 10, 13L << 10);
    }

    @Test
    void withTheDefaultsAMachineTakes150KiBAndAVcpu50KiB() {
        Footprint machine = of(0, MachineBuilder.DEFAULT_FLOATING_CAPACITY, MachineBuilder.DEFAULT_LOCAL_CAPACITY);
        Footprint vcpu = of(17, 2, MachineBuilder.DEFAULT_LOCAL_CAPACITY)
                .minus(of(1, 2, MachineBuilder.DEFAULT_LOCAL_CAPACITY))
                .dividedBy(16);

        assertThat(machine.total()).isBetween(140L << 10, 160L << 10);
        assertThat(vcpu.total()).isBetween(48L << 10, 52L << 10);
    }
}
