package org.interruptor.tools.guest.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.interruptor.engine.Machine;
import org.interruptor.engine.Vcpu;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.cpu.MainStorage;
import org.interruptor.tools.guest.cpu.ProgramException;
import org.interruptor.tools.guest.cpu.Storage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Each CPU has a page that it moves from frame to frame: it invalidates the entry, purges all, and writes into the old frame that it is
 * free. The others load from the page all the time, and must never see that. Seen to fail if the issuer does not wait, if a CPU
 * that enters does not look for requests, and if it looks before it tells that it is inside.
 */
class PurgeStressTest {
    private static final int CPUS = 3;
    private static final int MOVES = 3000;
    private static final long FREE = 0xdead_dead_dead_deadL;
    private static final long FRAMES = 0x10_0000;
    private static final long PAGES = 0x40_0000;
    private static final int PAGE_EXCEPTION = 0x11;

    private final long seed = System.nanoTime();
    private final GuestMemory memory = GuestMemory.allocate(1 << 21);
    private final Machine machine = Machine.builder(memory).vcpus(CPUS).build();
    private final GuestTables tables = new GuestTables(memory, 0x1_0000);
    private final long asce = GuestTables.asce(tables.table(0), 0);
    private final MainStorage main = new MainStorage(memory, CPUS);

    @AfterEach
    void close() {
        machine.close();
        memory.close();
    }

    private static long page(int cpu) {
        return PAGES + 4096L * cpu;
    }

    private static long frame(int cpu, int move) {
        return FRAMES + 4096L * (2 * cpu + (move & 1));
    }

    @Test
    void noCpuUsesATranslationThatWasPurged() throws Exception {
        for (int i = 0; i < CPUS; i++) {
            tables.map(asce, page(i), frame(i, 0));
            Vcpu vcpu = machine.vcpu(i).bind();
            vcpu.registers().psw(0x0400_0001_8000_0000L, 0);
            vcpu.registers().control(1, asce);
            vcpu.unbind(); // its own thread binds it
        }
        ExecutorService threads = Executors.newFixedThreadPool(CPUS);
        List<Future<Long>> loads = new ArrayList<>();
        for (int i = 0; i < CPUS; i++) {
            int cpu = i;
            loads.add(threads.submit(() -> run(cpu)));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS))
                .as("ends; seed %d", seed)
                .isTrue();
        for (Future<Long> done : loads) {
            assertThat(done.get()).as("loads; seed %d", seed).isPositive();
        }
    }

    /** As an interpreter does: enters, polls between instructions, leaves; now and then it moves its page. */
    private long run(int cpu) {
        SplittableRandom random = new SplittableRandom(seed + cpu);
        Storage storage = new Storage(main, machine.vcpu(cpu).bind().registers(), cpu);
        long loads = 0;
        int moves = 0;
        while (moves < MOVES) {
            storage.enter();
            for (int i = random.nextInt(20); i >= 0; i--) {
                storage.poll();
                for (int j = random.nextInt(64); j >= 0; j--) {
                    loads += load(storage, page(random.nextInt(CPUS)));
                }
                if (random.nextInt(4) == 0) {
                    move(storage, cpu, moves++);
                }
            }
            storage.leave();
        }
        return loads;
    }

    private int load(Storage storage, long address) {
        long value;
        try {
            value = storage.load64(address);
        } catch (ProgramException e) {
            assertThat(e.code()).isEqualTo(PAGE_EXCEPTION);
            return 0;
        }
        assertThat(value).as("seed %d", seed).isNotEqualTo(FREE);
        return 1;
    }

    private void move(Storage storage, int cpu, int move) {
        long entry = tables.pageTableEntry(asce, page(cpu));
        memory.compareAndExchangeLong(entry, frame(cpu, move), frame(cpu, move) | GuestTables.PAGE_INVALID);
        storage.purgeAll();
        memory.putLong(frame(cpu, move), FREE);
        memory.putLong(frame(cpu, move + 1), move);
        memory.compareAndExchangeLong(entry, frame(cpu, move) | GuestTables.PAGE_INVALID, frame(cpu, move + 1));
    }
}
