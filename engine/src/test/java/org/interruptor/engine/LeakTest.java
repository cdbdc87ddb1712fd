package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import net.openhft.chronicle.core.io.AbstractCloseable;
import net.openhft.chronicle.core.threads.ThreadDump;
import org.interruptor.engine.contract.Rules;
import org.interruptor.memory.GuestMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A thousand machines come and go, and leave nothing behind: no thread, no memory off the heap, no mapping of a file. */
@ExtendWith(NothingLeftOpen.class)
class LeakTest {
    private static final int MACHINES = 1000;
    private static final int STORAGE = 1 << 16;

    /** What may differ for other reasons: buffers of the JDK's own for each thread that reads or writes a file. */
    private static final long SLACK = 1 << 20;

    /** What the JDK's cleaner gets between two collections. */
    private static final long CLEANING_NANOS = 100_000_000;

    @TempDir
    private Path folder;

    /** A machine and its storage. */
    private static final class Life extends AbstractCloseable {
        private final GuestMemory storage;
        private final Machine machine;

        Life(GuestMemory storage, UnaryOperator<MachineBuilder> options) {
            this.storage = storage;
            machine = options.apply(Machine.builder(storage).rules(Rules.ORIGINAL))
                    .build();
        }

        @Override
        protected void performClose() {
            machine.close();
            storage.close();
        }
    }

    /** Answers the machine, which is closed. */
    private Machine liveAndDie(GuestMemory storage, int number) {
        UnaryOperator<MachineBuilder> options = builder -> {
            builder.vcpus(2).floatingCapacity(64).localCapacity(1024);
            return number % 4 == 0 ? builder.countersFile(folder.resolve("counters" + number % 16)) : builder;
        };
        try (Life life = new Life(storage, options)) {
            Machine machine = life.machine;
            Vcpu vcpu = Guest.open(machine.vcpu(0).bind());
            vcpu.handle().injectEmergency();
            machine.injectVirtio(1, 2);
            assertThat(vcpu.deliverPending()).isEqualTo(2);
            assertThat(machine.vcpu(1).queued()).isZero();
            return machine;
        }
    }

    /** Answers their storages, which are closed. */
    private List<GuestMemory> aThousandLiveAndDie() throws IOException {
        List<GuestMemory> storages = new ArrayList<>();
        List<Machine> sampled = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            Path file = folder.resolve("storage" + i % 10);
            storages.add(i % 2 == 0 ? GuestMemory.allocate(STORAGE) : GuestMemory.map(file, STORAGE));
            Machine machine = liveAndDie(storages.get(i), i);
            if (i % 4 == 0) {
                sampled.add(machine);
            }
        }
        Waiter.await("close, not the collector, to end the samplers", () -> !isSampling());
        Reference.reachabilityFence(sampled);
        return storages;
    }

    @Test
    void aThousandMachinesLeaveNoThreadNoMemoryAndNoMapping() throws IOException {
        liveAndDie(GuestMemory.allocate(STORAGE), 0); // loads classes, starts what the JDK keeps
        // The dump holds on to every thread that it sees, and a Thread may hold on to what it ran.
        Waiter.await("the thread that sampled the first machine to end", () -> !isSampling());
        long directBefore = used("direct");
        long mappedBefore = used("mapped");
        ThreadDump threads = new ThreadDump();
        List<GuestMemory> storages = aThousandLiveAndDie();

        Waiter.await("memory and mappings to be let go", () -> {
            System.gc();
            LockSupport.parkNanos(CLEANING_NANOS);
            return used("direct") <= directBefore + SLACK && used("mapped") <= mappedBefore + SLACK && mappings() == 0;
        });
        Reference.reachabilityFence(storages); // closing has let go of what they held
        threads.assertNoNewThreads();
    }

    private static boolean isSampling() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("interruptor-counters-"));
    }

    private static long used(String pool) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(bean -> bean.getName().equals(pool))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Of files in the folder of the test, deleted ones too; 0 where the host does not show them. */
    private long mappings() {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.exists(maps)) {
            return 0;
        }
        try (var lines = Files.lines(maps)) {
            return lines.filter(line -> line.contains(folder.toString())).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
