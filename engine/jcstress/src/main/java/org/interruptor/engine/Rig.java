package org.interruptor.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.deliver.Delivery;
import org.interruptor.engine.deliver.OriginalDelivery;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.queue.Arrivals;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Notifier;
import org.interruptor.engine.wake.VcpuSet;
import org.interruptor.engine.wake.WaitWord;
import org.interruptor.engine.wake.Waiters;
import org.interruptor.engine.wake.Waiting;
import org.interruptor.memory.GuestMemory;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.interruptor.stress.Pool;

/**
 * A small machine, used again for sample after sample. At the beginning of a sample both vCPUs run with all gates open, nothing
 * is queued and nobody is told. No thread binds them: each actor is the vCPU's own thread for its sample.
 */
final class Rig {
    /** Bits of control register 0. */
    static final long EMERGENCY = Gate.EMERGENCY_SIGNAL.subclassMask();

    static final long COMPARATOR = Gate.CLOCK_COMPARATOR.subclassMask();
    static final long FLOATING = Gate.SERVICE.subclassMask();

    private static final int VCPUS = 3;
    private static final GuestMemory STORAGE = GuestMemory.allocate((VCPUS + 1) * Lowcore.LENGTH);
    private static final Pool<Rig> POOL = new Pool<>(Rig::new);

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
    final VcpuHandle handle = machine.vcpu(0);
    final VcpuHandle otherHandle = machine.vcpu(1);
    final Vcpu vcpu = handle.owner();
    final Vcpu other = otherHandle.owner();

    /** Stopped: it only has marks, see {@link #markAll}. */
    private final Vcpu third = machine.vcpu(2).owner();

    final WaitWord word = handle.waitWord();

    /** How often the callback of each vCPU has run. */
    final AtomicInteger woken = new AtomicInteger();

    final AtomicInteger otherWoken = new AtomicInteger();

    private boolean isMarked;

    private Rig() {
        third.stop();
    }

    static Machine newMachine(TodClock clock) {
        return Machine.builder(STORAGE)
                .rules(Rules.ORIGINAL)
                .vcpus(VCPUS)
                .clock(clock)
                .floatingCapacity(4)
                .localCapacity(4)
                .waitStrategy(WaitStrategy.park())
                .checked(false)
                .build();
    }

    static Rig take() {
        Rig rig = POOL.take();
        reset(rig.vcpu);
        reset(rig.other);
        reset(rig.vcpu); // which the other may have told of something meanwhile
        rig.woken.set(0);
        rig.otherWoken.set(0);
        return rig;
    }

    /** At the end of a sample. A machine that was closed is not used again. */
    void giveBack() {
        if (!machine.isClosed()) {
            POOL.give(this);
        }
    }

    private static void reset(Vcpu cpu) {
        if (cpu.waiting().isInWait()) {
            cpu.handle().kick();
            cpu.endWait();
        }
        cpu.handle().start();
        cpu.registers().prefix((cpu.id() + 1L) * Lowcore.LENGTH);
        open(cpu, EMERGENCY | FLOATING);
        do {
            cpu.deliverPending();
            cpu.takeKick();
        } while (cpu.isAttention());
        cpu.handle().takeStopOnStop();
    }

    /**
     * Lets all three wait with the floating gate open, once. They stay marked, and of so many an injection reads the idle bits; of fewer
     * it tries the wait words at once.
     */
    void markAll() {
        if (isMarked) {
            return;
        }
        for (Vcpu cpu : List.of(vcpu, other, third)) {
            reset(cpu);
            cpu.beginWait(() -> {});
            reset(cpu);
        }
        third.stop();
        isMarked = true;
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

    /** Deliveries of the vCPU that hand nothing on. */
    Delivery deliveryWithoutHandingOn() {
        Delivery.Parts parts = new Delivery.Parts(
                0,
                vcpu.registers(),
                handle.arrivals(),
                vcpu.backlog(),
                handle.conditions(),
                vcpu.timers(),
                machine.floating(),
                toNobody(),
                handle.state(),
                machine.operating(),
                machine.state(),
                machine.tell(),
                null,
                machine.counters());
        return new OriginalDelivery(parts, Integer.MAX_VALUE);
    }

    /** The wait of the vCPU, which hands nothing on. */
    Waiting waitingWithoutHandingOn() {
        Waiting.Parts parts = new Waiting.Parts(
                0,
                vcpu.registers(),
                handle.arrivals(),
                word,
                vcpu.timers(),
                vcpu.backlog(),
                machine.floating(),
                toNobody(),
                machine.waiters(),
                handle.state(),
                Gate.ALWAYS_OPEN,
                machine.state(),
                machine.tell(),
                machine.counters());
        return new Waiting(parts, WaitStrategy.park());
    }

    private HandOn toNobody() {
        Waiters nobody = new Waiters(0, machine.floating().gates());
        return new HandOn(
                0, machine.floating(), new Notifier(new Arrivals[0], new WaitWord[0], nobody, new VcpuSet(0)));
    }

    boolean isWoken() {
        return woken.get() != 0;
    }

    boolean isOtherWoken() {
        return otherWoken.get() != 0;
    }
}
