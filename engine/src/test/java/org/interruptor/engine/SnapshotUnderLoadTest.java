package org.interruptor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.RunOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A machine is paused under load and saved; then it goes on, or a new machine goes on where it stood. At the end the books balance:
 * each accepted virtio interruption and external call was taken once, on whatever machine.
 *
 * <pre>
 *  device threads: inject; stop and start vCPUs       held still by a lock while the state is saved, but not while vCPUs come to rest
 *  vCPUs:          two under run, two under step on one thread; their handler counts in guest storage, which is saved too
 * </pre>
 *
 * <p>A round is a number of injections, not a time. {@code -Dinterruptor.snapshots=1000} is the long form.
 */
@Timeout(600)
class SnapshotUnderLoadTest {
    private static final int ROUNDS = Integer.getInteger("interruptor.snapshots", 20);
    private static final int CPUS = 4;
    private static final int STEPPED_FROM = 2;
    private static final int DEVICES = 2;
    private static final int INJECTIONS_PER_ROUND = 50;
    private static final long LIMIT_SECONDS = 120;

    private static final int EXTERNAL_CALL = 0x02;
    private static final int START = 0x04;
    private static final int STOP = 0x05;
    private static final int VIRTIO_CODE = 0x2603;
    private static final long TIME = 1L << 60;
    private static final long GATES = 0x2200; // external call, virtio

    private static final long MODE = PswMask.EXTENDED_ADDRESSING | PswMask.BASIC_ADDRESSING;
    private static final long HANDLER = 0x1_0000;
    private static final long LOOP = 0x1_0002;

    /** In each prefix area: interruptions that the handler has counted. */
    private static final int TAKEN = 0x1400;

    private static final int SUM = 0x1408;
    private static final int CALLS = 0x1410;

    private final ReentrantReadWriteLock devicesRest = new ReentrantReadWriteLock();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong acceptedSum = new AtomicLong();
    private final AtomicLong acceptedCalls = new AtomicLong();

    private volatile Host host;
    private volatile boolean isOver;

    private static long prefix(int cpu) {
        return (cpu + 1) * 0x2000L;
    }

    /** A machine with the threads of its vCPUs. */
    private static final class Host {
        final GuestMemory storage = GuestMemory.wrap(new byte[(CPUS + DEVICES + 1) * 0x2000]);
        final Machine machine = Machine.builder(storage)
                .vcpus(CPUS + DEVICES) // the last ones only send
                .floatingCapacity(64)
                .localCapacity(16)
                .waitStrategy(WaitStrategy.park())
                .clock((TodClock) () -> TIME) // the state has the time: two of a paused machine are equal
                .build();

        private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();
        private final List<Thread> threads = new ArrayList<>();
        private int ended;

        Host() {
            for (int i = 0; i < CPUS + DEVICES; i++) {
                Vcpu vcpu = machine.vcpu(i).bind();
                Lowcore lowcore = new Lowcore();
                lowcore.wrap(storage, prefix(i));
                lowcore.externalNewPswMask(MODE);
                lowcore.externalNewPswAddress(HANDLER);
                vcpu.registers().prefix(prefix(i));
                vcpu.registers().control(0, GATES);
                vcpu.registers().psw(MODE | PswMask.EXTERNAL | PswMask.WAIT, LOOP);
                if (i >= CPUS) {
                    vcpu.stop();
                }
                vcpu.unbind(); // its thread binds it
            }
        }

        /** A new machine that goes on where this one stands. */
        Host moved() {
            Host other = new Host();
            byte[] bytes = new byte[(int) storage.size()];
            storage.getBytes(0, bytes, 0, bytes.length);
            other.storage.putBytes(0, bytes, 0, bytes.length);
            other.machine.restore(SavedMachine.of(machine.save().toBytes()));
            return other;
        }

        void start() {
            for (int i = 0; i < STEPPED_FROM; i++) {
                VcpuHandle handle = machine.vcpu(i);
                threads.add(new Thread(() -> handle.bind().run(this::execute), "cpu-" + i));
            }
            threads.add(new Thread(this::loop, "stepped-cpus"));
            threads.forEach(Thread::start);
        }

        private void loop() {
            for (int i = STEPPED_FROM; i < CPUS; i++) {
                Vcpu vcpu = machine.vcpu(i).bind();
                ready.add(new Task(vcpu));
            }
            try {
                while (ended < CPUS - STEPPED_FROM) {
                    ready.take().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody does: the vCPUs do not end, and the test says so
            }
        }

        private final class Task implements GuestCpu, Runnable {
            private final Vcpu vcpu;
            private boolean hasEnded;

            Task(Vcpu vcpu) {
                this.vcpu = vcpu;
            }

            @Override
            public long execute(Vcpu cpu) {
                return Host.this.execute(cpu);
            }

            @Override
            public void goOn(VcpuHandle handle) {
                ready.add(this);
            }

            @Override
            public void run() {
                if (hasEnded) {
                    return;
                }
                RunOutcome outcome = vcpu.step(this);
                if (outcome == RunOutcome.AGAIN) {
                    ready.add(this);
                } else if (outcome == RunOutcome.CLOSED) {
                    hasEnded = true;
                    ended++;
                } else {
                    assertThat(outcome).isIn(RunOutcome.WAITING, RunOutcome.STOPPED, RunOutcome.PAUSED);
                }
            }
        }

        /** The handler is one instruction. It ends by a wait, or by a loop that is enabled. */
        @SuppressWarnings("ThreadPriorityCheck") // the devices need the core more
        private long execute(Vcpu vcpu) {
            long area = vcpu.registers().prefix();
            if (vcpu.registers().pswAddress() == HANDLER) {
                Lowcore lowcore = new Lowcore();
                lowcore.wrap(storage, area);
                if (lowcore.externalCode() == VIRTIO_CODE) {
                    add(area + TAKEN, 1);
                    add(area + SUM, lowcore.externalParameter64());
                } else {
                    add(area + CALLS, 1);
                }
                long wait = (storage.getLong(area + TAKEN) & 1) == 0 ? PswMask.WAIT : 0;
                vcpu.loadPsw(MODE | PswMask.EXTERNAL | wait, LOOP);
                return 1;
            }
            for (int i = 0; i < 100 && !vcpu.isAttention(); i++) {
                Thread.yield();
            }
            return 1;
        }

        private void add(long address, long value) {
            storage.putLong(address, storage.getLong(address) + value);
        }

        long total(int offset) {
            long total = 0;
            for (int i = 0; i < CPUS; i++) {
                total += storage.getLong(prefix(i) + offset);
            }
            return total;
        }

        void close() throws InterruptedException {
            machine.close();
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the vCPUs need the core more
    private void device(int number, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        while (!isOver) {
            devicesRest.readLock().lock();
            try {
                inject(host.machine, CPUS + number, random);
            } finally {
                devicesRest.readLock().unlock();
            }
            Thread.yield();
        }
    }

    private void inject(Machine machine, int sender, SplittableRandom random) {
        int target = random.nextInt(CPUS);
        switch (random.nextInt(8)) {
            case 0 -> machine.signalProcessor(sender, target, STOP, 0);
            case 1, 2 -> machine.signalProcessor(sender, target, START, 0);
            case 3, 4 -> {
                if (machine.signalProcessor(sender, target, EXTERNAL_CALL, 0) == 0) {
                    acceptedCalls.incrementAndGet();
                }
            }
            default -> {
                long number = numbers.incrementAndGet();
                if (machine.injectVirtio(0x0d00, number) == InjectResult.ACCEPTED) {
                    acceptedSum.addAndGet(number);
                    accepted.incrementAndGet();
                }
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the others need the core more
    private void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail(what + '\n' + host.machine.explain());
            }
            Thread.yield();
        }
    }

    @Test
    void nothingIsLostAndNothingIsDuplicated() throws InterruptedException {
        long seed = Long.getLong("interruptor.seed", System.nanoTime());
        System.out.println("SnapshotUnderLoadTest: -Dinterruptor.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        host = new Host();
        host.start();
        List<Thread> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            int number = i;
            long itsSeed = random.nextLong();
            devices.add(new Thread(() -> device(number, itsSeed), "device-" + i));
        }
        try {
            devices.forEach(Thread::start);
            for (int round = 0; round < ROUNDS; round++) {
                round(random.nextBoolean());
            }
        } finally {
            isOver = true;
            for (Thread device : devices) {
                device.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            }
        }
        for (int i = 0; i < CPUS; i++) { // one that is stopped takes nothing
            int cpu = i;
            await(() -> host.machine.signalProcessor(CPUS, cpu, START, 0) == 0, "vCPU " + i + " stays busy");
        }
        await(
                () -> host.total(TAKEN) >= accepted.get() && host.total(CALLS) >= acceptedCalls.get(),
                "something was lost");
        Host last = host;
        last.close();
        assertThat(last.total(TAKEN)).isEqualTo(accepted.get());
        assertThat(last.total(SUM)).isEqualTo(acceptedSum.get());
        assertThat(last.total(CALLS)).isEqualTo(acceptedCalls.get());
    }

    private void round(boolean isMoved) throws InterruptedException {
        long before = accepted.get();
        await(() -> accepted.get() >= before + INJECTIONS_PER_ROUND, "the machine takes no more");
        Host old = host;
        assertThat(old.machine.pause(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS))).isTrue();
        devicesRest.writeLock().lock();
        try {
            if (isMoved) {
                host = old.moved();
            } else {
                byte[] image = old.machine.save().toBytes();
                assertThat(Arrays.equals(old.machine.save().toBytes(), image))
                        .as("the state does not change in a pause")
                        .isTrue();
            }
        } finally {
            devicesRest.writeLock().unlock();
        }
        if (isMoved) {
            host.start();
            old.close();
        } else {
            old.machine.resume();
        }
    }
}
