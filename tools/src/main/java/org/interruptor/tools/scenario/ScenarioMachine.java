package org.interruptor.tools.scenario;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.interruptor.engine.Machine;
import org.interruptor.engine.SavedMachine;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.clock.SettableTodClock;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.contract.WaitOutcome;
import org.interruptor.memory.GuestMemory;

/**
 * The machine of one replay: none until the step {@code machine} builds it. It hands out what steps work on, or says that it is
 * not there, and does what the threads of an embedder would do: it ends the waits of those who were woken.
 */
final class ScenarioMachine implements AutoCloseable {

    private static final long MOST_VCPUS = 64;

    private final SettableTodClock clock = new SettableTodClock(0);
    /** vCPUs whose callbacks have run and whose waits have not been ended yet, in the order in which they were woken. */
    private final Queue<Vcpu> woken = new ArrayDeque<>();

    private GuestMemory storage;
    private DeliveryRecorder recorder;
    private Machine machine;
    private Vcpu[] owned;
    private ScenarioRegisters[] registers;
    private final Routes routes = new Routes();
    private byte[] saved;
    private Throwable failure;

    /** Builds the machine. */
    void build(long vcpus, long bytes, Rules rules) throws MalformedStepException {
        if (machine != null) {
            throw new MalformedStepException("there is a machine already", "the step machine once");
        }
        if (Long.compareUnsigned(vcpus, MOST_VCPUS) > 0) {
            throw new MalformedStepException(
                    Long.toUnsignedString(vcpus) + " vCPUs are too many", "at most " + MOST_VCPUS);
        }
        storage = allocate(bytes);
        recorder = new DeliveryRecorder(storage);
        registers = Stream.generate(ScenarioRegisters::new).limit(vcpus).toArray(ScenarioRegisters[]::new);
        begin((int) vcpus, rules);
    }

    /** A machine without anything pending. */
    private void begin(int vcpus, Rules rules) {
        Machine built = Machine.builder(storage)
                .rules(rules)
                .vcpus(vcpus)
                .clock(clock)
                .listener(recorder)
                .errorHandler(thrown -> failure = thrown)
                .build();
        owned = IntStream.range(0, vcpus)
                .mapToObj(i -> built.vcpu(i).bind()) // a replay is one thread
                .toArray(Vcpu[]::new);
        for (int i = 0; i < vcpus && rules == Rules.ARCHITECTURE; i++) {
            owned[i].statusProvider(registers[i]);
        }
        machine = built;
    }

    /** Keeps the interruption state. No vCPU may be in the wait. */
    void save() throws MalformedStepException {
        noneWaits();
        saved = machine().save().toBytes();
    }

    /** A new machine with the state that was kept takes the place of this one. Storage stays as it is. */
    void restore() throws MalformedStepException {
        noneWaits();
        if (saved == null) {
            throw new MalformedStepException("nothing is saved", "a step save in front of this one");
        }
        Machine old = machine;
        begin(old.vcpuCount(), old.rules());
        machine.restore(SavedMachine.of(saved));
        routes.moveTo(machine);
        old.close();
    }

    private void noneWaits() throws MalformedStepException {
        for (int i = 0; i < machine().vcpuCount(); i++) {
            if (owned[i].handle().isWaiting()) {
                throw new MalformedStepException("vCPU " + i + " is in the wait", "a step kick for it first");
            }
        }
    }

    /** The registers that the embedder of a vCPU has. */
    ScenarioRegisters registers(int vcpu) {
        return registers[vcpu];
    }

    /** The routes of adapter interruptions. */
    Routes routes() {
        return routes;
    }

    private static GuestMemory allocate(long bytes) throws MalformedStepException {
        String size = Long.toUnsignedString(bytes) + " bytes of storage";
        if (bytes == 0 || bytes % GuestMemory.PAGE_LENGTH != 0) {
            throw new MalformedStepException(
                    size + " cannot be", "a multiple of " + GuestMemory.PAGE_LENGTH + ", not zero");
        }
        try {
            return GuestMemory.allocate(bytes);
        } catch (OutOfMemoryError | IllegalArgumentException tooLarge) {
            throw tooMuch(size);
        }
    }

    private static MalformedStepException tooMuch(String size) {
        return new MalformedStepException(
                size + " cannot be had",
                "at most the " + GuestMemory.allocationLimit()
                        + " bytes that java -Xmx or -XX:MaxDirectMemorySize allows");
    }

    /** The machine; malformed is a step that comes before it. */
    Machine machine() throws MalformedStepException {
        if (machine == null) {
            throw noMachine();
        }
        return machine;
    }

    /** What is wrong where the step {@code machine} has not come first. */
    static MalformedStepException noMachine() {
        return new MalformedStepException("there is no machine yet", "the step machine as the first one");
    }

    /** Whether the machine has architecture rules. */
    boolean isArchitecture() throws MalformedStepException {
        return machine().rules() == Rules.ARCHITECTURE;
    }

    /** Malformed is a step that original rules do not have. */
    void needArchitecture(String step) throws MalformedStepException {
        if (!isArchitecture()) {
            throw new MalformedStepException(
                    "the step " + step + " needs other rules", "a machine with 'rules architecture'");
        }
    }

    boolean isBuilt() {
        return machine != null;
    }

    GuestMemory storage() throws MalformedStepException {
        return machine().storage();
    }

    SettableTodClock clock() throws MalformedStepException {
        machine();
        return clock;
    }

    /** What deliveries do. */
    DeliveryRecorder recorder() throws MalformedStepException {
        machine();
        return recorder;
    }

    /** A vCPU that exists. */
    Vcpu vcpu(long number) throws MalformedStepException {
        int count = machine().vcpuCount();
        if (Long.compareUnsigned(number, count) >= 0) {
            throw new MalformedStepException(
                    "vCPU " + Long.toUnsignedString(number) + " does not exist",
                    count == 0 ? "no step for a vCPU, since there is none" : "0 to " + (count - 1));
        }
        return owned[(int) number];
    }

    /** A vCPU that exists and is not in the wait. */
    Vcpu runningVcpu(long number) throws MalformedStepException {
        Vcpu vcpu = vcpu(number);
        if (vcpu.handle().isWaiting()) {
            throw new MalformedStepException(
                    "vCPU " + number + " is in the wait", "no step for it but inject vm, inject vcpu, kick and dump");
        }
        return vcpu;
    }

    /** The vCPU enters the wait, in the callback form. */
    WaitOutcome beginWait(Vcpu vcpu) {
        return vcpu.beginWait(() -> woken.add(vcpu));
    }

    /** The vCPU that the current step has woken first; null if none. */
    Vcpu firstWoken() {
        return woken.peek();
    }

    /** Which vCPU was chosen for a floating interruption: {@code kick=K wake=W} with a blank in front. */
    String chosen() {
        Vcpu first = firstWoken();
        return " kick=" + (first == null ? "any" : first.id()) + " wake=" + Format.yesNo(first != null);
    }

    /** All vCPUs that the current step has woken, by their numbers: {@code 0,2}; {@code -} if none. */
    String allWoken() {
        return Format.list(
                woken.stream().map(Vcpu::id).sorted().map(String::valueOf).toList());
    }

    /** A store-status order names this address: what is stored there is a change of the delivery that carries it out. */
    void statusGoesTo(long address) {
        recorder.alsoWatch(address);
    }

    /**
     * Does what follows on a step: each vCPU that was woken ends its wait. To leave a wait may wake another one.
     *
     * @throws IllegalStateException if the engine could not tell what it did.
     */
    void endStep() {
        for (Vcpu vcpu = woken.poll(); vcpu != null; vcpu = woken.poll()) {
            vcpu.endWait();
        }
        if (failure != null) {
            throw new IllegalStateException("a listener or callback of the replay failed", failure);
        }
    }

    @Override
    public void close() {
        if (machine != null) {
            machine.close();
        }
        if (storage != null) {
            storage.close();
        }
    }
}
