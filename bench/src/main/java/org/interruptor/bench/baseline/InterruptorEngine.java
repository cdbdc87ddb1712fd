package org.interruptor.bench.baseline;

import java.nio.file.Path;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.interruptor.engine.Machine;
import org.interruptor.engine.MachineBuilder;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;

/** Interruptor itself, by its public methods alone. */
public final class InterruptorEngine implements EngineUnderTest {
    /** A property of the system: where machines have their counters. It reaches this class in each loader that it is loaded by. */
    public static final String COUNTERS_PROPERTY = "interruptor.bench.counters";

    private static final Signal[] SIGNALS = new Signal[InterruptionType.values().length];

    static {
        for (Signal signal : Signal.values()) {
            SIGNALS[Guest.typeOf(signal).ordinal()] = signal;
        }
    }

    private final GuestMemory storage;
    private final Machine machine;
    private final VcpuHandle[] targets;
    private final Own[] vcpus;

    /**
     * Sets a machine up.
     *
     * @param load how many vCPUs, how large the queues are, and how vCPUs wait.
     * @param observer is told each delivery, through the engine's listener; or null for an engine without a listener.
     */
    public InterruptorEngine(Load load, DeliveryObserver observer) {
        storage = Guest.allocate(load.vcpus());
        MachineBuilder builder = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(load.vcpus())
                .floatingCapacity(load.floatingCapacity())
                .localCapacity(load.localCapacity())
                .waitStrategy(load.maskedWaiters() > 0 ? WaitStrategy.park() : Waits.strategy(load.waitMode()));
        if (observer != null) {
            builder.listener(new EngineListener() {
                @Override
                public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
                    observer.delivered(vcpu, SIGNALS[type.ordinal()], parameter, parameter64);
                }
            });
        }
        String counters = System.getProperty(COUNTERS_PROPERTY);
        if (counters != null) {
            builder.countersFile(Path.of(counters));
        }
        machine = builder.build();
        targets = new VcpuHandle[load.vcpus()];
        vcpus = new Own[load.vcpus()];
        for (int i = 0; i < vcpus.length; i++) {
            targets[i] = machine.vcpu(i);
            vcpus[i] = new Own(targets[i].bind()); // the threads of a trial take turns: each is given the vCPU
        }
    }

    @Override
    public boolean inject(Signal signal, int vcpu, int parameter, long parameter64) {
        InjectResult result = switch (signal) {
            case EMERGENCY -> targets[vcpu].injectEmergency();
            case RESTART -> targets[vcpu].injectRestart();
            case PROGRAM -> targets[vcpu].injectProgram(parameter);
            case STOP -> targets[vcpu].injectStop();
            case SET_PREFIX -> targets[vcpu].injectSetPrefix(parameter);
            case SERVICE -> machine.injectService(parameter);
            case VIRTIO -> machine.injectVirtio(parameter, parameter64);
        };
        return switch (result) {
            case ACCEPTED -> true;
            case FULL -> false;
            case INVALID, CLOSED -> throw new IllegalStateException(signal.label() + " was refused as " + result);
        };
    }

    @Override
    public VcpuUnderTest vcpu(int id) {
        return vcpus[id];
    }

    /** The clock comparator of vCPU 0. */
    TimerUnderTest timer() {
        return vcpus[0];
    }

    @Override
    public int vcpuCount() {
        return vcpus.length;
    }

    @Override
    public GuestMemory storage() {
        return storage;
    }

    @Override
    public void close() {
        machine.close();
        storage.close();
    }

    /** A vCPU of the engine. */
    private static final class Own implements VcpuUnderTest, TimerUnderTest {
        private final Vcpu vcpu;

        Own(Vcpu vcpu) {
            this.vcpu = vcpu;
            Registers registers = vcpu.registers();
            registers.psw(Guest.PSW_MASK, Guest.START_ADDRESS);
            registers.control(0, Guest.CR0);
            registers.prefix(Guest.prefix(vcpu.id()));
            registers.ipa(Guest.IPA);
        }

        @Override
        public boolean isAttention() {
            return vcpu.isAttention();
        }

        @Override
        public int deliver() {
            int count = vcpu.deliverPending();
            if (count == Vcpu.FAULT) {
                throw new IllegalStateException(vcpu.fault().toString());
            }
            return count;
        }

        @Override
        public boolean await() {
            WaitOutcome outcome = vcpu.enterWait();
            return switch (outcome) {
                case READY, TIMER -> true;
                case KICKED, INTERRUPTED, CLOSED -> false;
                case DISABLED, WAITING, NOT_WAITING -> throw new IllegalStateException("the wait ended as " + outcome);
            };
        }

        @Override
        public void kick() {
            vcpu.handle().kick();
        }

        @Override
        public void emergencyGate(boolean open) {
            vcpu.registers().control(0, Guest.cr0(open));
        }

        @Override
        public void floatingGate(boolean open) {
            long others = Guest.CR0 & ~InterruptionType.VIRTIO.subclassMask();
            vcpu.registers().control(0, open ? Guest.CR0 : others);
        }

        @Override
        public long delivered(Signal signal) {
            return vcpu.handle().counter(Guest.typeOf(signal).counter());
        }

        @Override
        public long sleep(long nanos) {
            TodClock clock = vcpu.machine().clock();
            Registers registers = vcpu.registers();
            registers.control(0, Guest.CR0 | InterruptionType.CLOCK_COMPARATOR.subclassMask());
            long comparator = clock.tod() + TodClock.fromNanos(nanos);
            registers.clockComparator(comparator);
            WaitOutcome outcome = vcpu.enterWait();
            int delivered = vcpu.deliverPending();
            long late = clock.tod() - comparator;
            // Ready: the thread lost its core, and the time had come before it began to wait.
            if ((outcome != WaitOutcome.TIMER && outcome != WaitOutcome.READY) || delivered != 1) {
                throw new IllegalStateException("a wait for the clock comparator ended as " + outcome + " with "
                        + delivered + " deliveries: expected TIMER or READY with one");
            }
            return (late * 125) >> 9; // a TOD unit is 2^-12 microseconds
        }
    }
}
