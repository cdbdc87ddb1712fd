package org.interruptor.tools.guest.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.interruptor.engine.Machine;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.PlatformStub;
import org.interruptor.tools.guest.cpu.Cpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Wide and narrow interlocked updates of the same quadword, by several CPUs at once: none is lost, and none is seen half done. */
@Timeout(120)
class WideLocksTest {
    private static final int CPUS = 3;
    private static final int TIMES = 100_000;
    private static final long OPERAND = 0x2000;
    private static final long MODE_64 = 0x1_8000_0000L;

    private static final long CDSG = 0xeb24_6000_003eL << 16; // cdsg %r2,%r4,0(%r6)
    private static final long LAAG = 0xeb24_6000_00e8L << 16; // laag %r2,%r4,0(%r6)
    private static final long LPQ = 0xe320_6000_008fL << 16; // lpq %r2,0(%r6)

    private static void execute(Cpu cpu, long code) {
        cpu.begin(0x1000, 6);
        InstructionTable.all().find(code).execute(cpu, code);
    }

    /** Adds 1 to both halves, as a pair that was the same in both stays. */
    private static void addToBoth(Cpu cpu) {
        cpu.gr(2, 0);
        cpu.gr(3, 0);
        do {
            cpu.gr(4, cpu.gr(2) + 1);
            cpu.gr(5, cpu.gr(3) + 1);
            execute(cpu, CDSG);
        } while (cpu.cc() != 0);
    }

    /** Two CPUs swap, a third one does something else, all from the same moment on. The sum of what they return. */
    private static long run(GuestMemory memory, ToLongFunction<Cpu> third) throws Exception {
        PlatformStub platform = new PlatformStub();
        ExecutorService threads = Executors.newFixedThreadPool(CPUS);
        CyclicBarrier start = new CyclicBarrier(CPUS);
        try (Machine machine = Machine.builder(memory).vcpus(CPUS).build()) {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < CPUS; i++) {
                Cpu cpu = new Cpu(machine.vcpu(i), platform);
                cpu.registers().psw(MODE_64, 0x1000);
                cpu.pswLoaded();
                cpu.gr(6, OPERAND);
                cpu.wideLocks().use(); // from here on narrow updates keep out of wide ones
                ToLongFunction<Cpu> task = i == 0 ? third : WideLocksTest::wide;
                work.add(() -> {
                    start.await();
                    return task.applyAsLong(cpu);
                });
            }
            long sum = 0;
            for (Future<Long> future : threads.invokeAll(work)) {
                sum += future.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void noUpdateIsLost() throws Exception {
        try (GuestMemory memory = GuestMemory.allocate(1 << 16)) {
            run(memory, WideLocksTest::narrow);
            assertThat(memory.getLong(OPERAND + 8)).isEqualTo((CPUS - 1) * (long) TIMES);
            assertThat(memory.getLong(OPERAND)).isEqualTo(CPUS * (long) TIMES);
        }
    }

    @Test
    void noPairIsSeenHalfDone() throws Exception {
        try (GuestMemory memory = GuestMemory.allocate(1 << 16)) {
            assertThat(run(memory, WideLocksTest::look))
                    .as("pairs of unequal halves")
                    .isZero();
        }
    }

    private static long wide(Cpu cpu) {
        for (int i = 0; i < TIMES; i++) {
            addToBoth(cpu);
        }
        return 0;
    }

    /** Adds 1 to the first half alone. */
    private static long narrow(Cpu cpu) {
        cpu.gr(4, 1);
        for (int i = 0; i < TIMES; i++) {
            execute(cpu, LAAG);
        }
        return 0;
    }

    /** Both halves are always the same, until the last of the others has added. */
    private static long look(Cpu cpu) {
        long torn = 0;
        do {
            execute(cpu, LPQ);
            torn += cpu.gr(2) == cpu.gr(3) ? 0 : 1;
        } while (cpu.gr(2) < (CPUS - 1) * (long) TIMES);
        return torn;
    }
}
