package org.interruptor.bench.baseline;

import java.nio.file.Path;
import org.interruptor.bench.plan.Load;
import org.interruptor.bench.plan.Signal;
import org.interruptor.engine.Machine;
import org.interruptor.engine.MachineBuilder;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.clock.TodClock;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.engine.contract.WaitStrategy;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.GuestMemory;

/** Interruptor itself, by its public methods alone. */
public final class InterruptorEngine implements EngineUnderTest {
    /** A property of the system: where machines have their counters. It reaches this class in each loader that it is loaded by. */
    public static final String COUNTERS_PROPERTY = "interruptor.bench.counters";

    /** SIGNAL PROCESSOR: the order, and the condition code in its answer; 1 tells that one is pending. */
    private static final int EXTERNAL_CALL_ORDER = 0x02;

    private static final int CONDITION_CODE = 3;

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

    /** The devices of injectors under architecture rules; null under original rules. */
    private final Devices devices;

    /**
     * Sets a machine up.
     *
     * @param load how many vCPUs, how large the queues are, and how vCPUs wait.
     * @param observer is told each delivery, through the engine's listener; or null for an engine without a listener.
     */
    public InterruptorEngine(Load load, DeliveryObserver observer) {
        boolean isArchitecture = load.mix().isArchitecture();
        storage = Guest.allocate(load.vcpus(), isArchitecture ? Devices.bytes(load.injectors()) : 0);
        MachineBuilder builder = Machine.builder(storage)
                .rules(isArchitecture ? Rules.ARCHITECTURE : Rules.ORIGINAL)
                .checked(false) // what is measured is what embedders run; a trial hands a vCPU from thread to thread
                .vcpus(load.vcpus())
                .floatingCapacity(load.floatingCapacity())
                .localCapacity(load.localCapacity())
                .ioSources(Devices.subchannels(load.injectors()))
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
        devices = isArchitecture ? new Devices(machine, load.injectors(), Guest.prefix(load.vcpus())) : null;
        targets = new VcpuHandle[load.vcpus()];
        vcpus = new Own[load.vcpus()];
        for (int i = 0; i < vcpus.length; i++) {
            targets[i] = machine.vcpu(i);
            vcpus[i] = new Own(targets[i].bind(), devices); // the threads of a trial take turns: each is given the vCPU
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
            case IO -> devices.interrupt(vcpu, parameter);
            case ADAPTER -> devices.notify(vcpu, parameter);
            case EXTERNAL_CALL -> call(parameter, vcpu);
        };
        return switch (result) {
            case ACCEPTED -> true;
            case FULL, BUSY -> false;
            default -> throw new IllegalStateException(signal.label() + " was refused as " + result);
        };
    }

    private InjectResult call(int sender, int target) {
        long answer = machine.signalProcessor(sender, target, EXTERNAL_CALL_ORDER, 0);
        return (answer & CONDITION_CODE) == 0 ? InjectResult.ACCEPTED : InjectResult.BUSY;
    }

    @Override
    public String disagreement() {
        return devices == null ? null : devices.disagreement();
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
        private final VcpuHandle handle;
        private final Devices devices;

        /** Adapter interruptions as of the last pass, and notifications that their handler has found. One writer. */
        private long adapters;

        private long notified;

        Own(Vcpu vcpu, Devices devices) {
            this.vcpu = vcpu;
            this.devices = devices;
            handle = vcpu.handle();
            Registers registers = vcpu.registers();
            registers.psw(Guest.PSW_MASK, Guest.START_ADDRESS);
            registers.control(0, devices == null ? Guest.CR0 : Guest.ARCHITECTURE_CR0);
            registers.control(6, Guest.CR6);
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
            return devices == null ? count : handled(count);
        }

        /** The guest's handler: of an adapter interruption not itself counts, but what the indicators tell. */
        private int handled(int count) {
            long delivered = handle.counter(InterruptionType.ADAPTER.counter());
            int interruptions = (int) (delivered - adapters);
            if (interruptions == 0) {
                return count;
            }
            adapters = delivered;
            int found = devices.handle();
            notified += found;
            return count - interruptions + found;
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
            return signal == Signal.ADAPTER
                    ? notified
                    : handle.counter(Guest.typeOf(signal).counter());
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
