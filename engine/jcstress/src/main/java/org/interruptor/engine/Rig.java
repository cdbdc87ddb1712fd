package org.interruptor.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;

/**
 * A small machine, used again for sample after sample: to build one takes a hundred times as long as a sample.
 *
 * <p>At the beginning of a sample both vCPUs run with all gates open, nothing is queued and nobody is told.
 */
final class Rig {
    static final long EMERGENCY = InterruptionType.EMERGENCY_SIGNAL.subclassMask();
    static final long COMPARATOR = InterruptionType.CLOCK_COMPARATOR.subclassMask();
    static final long FLOATING = InterruptionType.VIRTIO.subclassMask();

    private static final int VCPUS = 2;
    private static final GuestMemory STORAGE = GuestMemory.allocate((VCPUS + 1) * Lowcore.LENGTH);
    private static final Deque<Rig> POOL = new ArrayDeque<>();

    static {
        for (int i = 1; i <= VCPUS; i++) {
            Lowcore lowcore = new Lowcore();
            lowcore.wrap(STORAGE, (long) i * Lowcore.LENGTH);
            lowcore.externalNewPswMask(PswMask.EXTERNAL);
            lowcore.restartNewPswMask(PswMask.EXTERNAL);
            lowcore.programNewPswMask(PswMask.EXTERNAL);
        }
    }

    final SettableTodClock clock = new SettableTodClock(1);
    final Machine machine = newMachine(clock);
    final Vcpu vcpu = machine.vcpu(0);
    final Vcpu other = machine.vcpu(1);

    /** How often the callback of each vCPU has run. */
    final AtomicInteger woken = new AtomicInteger();

    final AtomicInteger otherWoken = new AtomicInteger();

    private Rig() {}

    static Machine newMachine(TodClock clock) {
        return Machine.builder(STORAGE)
                .vcpus(VCPUS)
                .clock(clock)
                .floatingCapacity(4)
                .localCapacity(4)
                .waitStrategy(WaitStrategy.park())
                .build();
    }

    static Machine newMachine() {
        return newMachine(new SettableTodClock(1));
    }

    static Rig take() {
        Rig rig;
        synchronized (POOL) {
            rig = POOL.poll();
        }
        if (rig == null) {
            rig = new Rig();
        }
        rig.reset(rig.vcpu);
        rig.reset(rig.other);
        rig.reset(rig.vcpu); // which the other may have told of something meanwhile
        rig.woken.set(0);
        rig.otherWoken.set(0);
        return rig;
    }

    /** At the end of a sample. A machine that was closed is not used again. */
    void giveBack() {
        if (!machine.isClosed()) {
            synchronized (POOL) {
                POOL.add(this);
            }
        }
    }

    private void reset(Vcpu cpu) {
        if (cpu.waiting().isInWait()) {
            cpu.kick();
            cpu.endWait();
        }
        cpu.start();
        cpu.registers().prefix((cpu.id() + 1L) * Lowcore.LENGTH);
        open(cpu, EMERGENCY | FLOATING);
        do {
            cpu.deliverPending();
            cpu.takeKick();
        } while (cpu.isAttention());
        cpu.takeStopOnStop();
    }

    /** Opens these gates of a vCPU and closes the others. */
    static void open(Vcpu cpu, long gates) {
        cpu.registers().psw(PswMask.EXTERNAL, 0);
        cpu.registers().control(0, gates);
    }

    WaitOutcome beginWait() {
        return vcpu.beginWait(woken::incrementAndGet);
    }

    WaitOutcome otherBeginsWait() {
        return other.beginWait(otherWoken::incrementAndGet);
    }

    boolean isWoken() {
        return woken.get() != 0;
    }

    boolean isOtherWoken() {
        return otherWoken.get() != 0;
    }
}
