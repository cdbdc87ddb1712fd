package org.interruptor.tools.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.interruptor.engine.IoSource;
import org.interruptor.engine.Machine;
import org.interruptor.engine.MachineBuilder;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.GuestMemory;

/**
 * One machine with all classes of interruptions and CPUs in the engine's run loop, from building to closing: as {@link Life}, with
 * pauses, saving, resets of CPUs and of the machine, a clock that is set, suppression and masked routes.
 *
 * <p>Threads: one, the conductor; it starts and ends all others.
 */
final class ClassesLife implements Soak.Lifetime {
    /** Active phases with a few injections only, for each one without a bound. */
    private static final int SPARSE_OF = 4;

    private static final int SPARSE_AT_MOST = 8;
    private static final int SPARSE_MICROS = 500;
    private static final int ACTIVE_MICROS = 120_000;
    private static final int BREATH_NANOS = 300_000;

    /** How long one look at what is left is apart from the next. */
    private static final long LOOK_NANOS = 200_000;

    private static final int SHARED_SUBCHANNELS = 8;
    private static final int SUBCLASSES = 8;

    private final SoakPlan plan;
    private final SplittableRandom random;
    private final Violations violations;
    private final SoakTotals totals;
    private final Stage stage = new Stage();
    private final Crew crew = new Crew();
    private final GuestMemory storage;
    private final ClassesGuest.Habits habits;
    private final Machine machine;
    private final List<SentBook> injected;
    private final List<SentBook> ordered;
    private final SentBook own;
    private final List<TakenBook> taken;
    private final List<Virtqueues> queues = new ArrayList<>();
    private final List<ClassesInjector> injectors = new ArrayList<>();
    private final List<ClassesGuest> guests = new ArrayList<>();

    ClassesLife(
            SoakPlan plan,
            long seed,
            UnaryOperator<EngineListener> wrapping,
            Violations violations,
            SoakTotals totals) {
        this.plan = plan;
        this.violations = violations;
        this.totals = totals;
        random = new SplittableRandom(seed);
        habits = ClassesGuest.Habits.of(random);
        injected = books(plan.injectors());
        ordered = books(plan.vcpus());
        own = new SentBook(plan.vcpus(), 0);
        taken = IntStream.range(0, plan.vcpus())
                .mapToObj(i -> new TakenBook(i, plan.vcpus(), plan.injectors(), violations))
                .toList();
        long homes = (long) Marks.injectorAreas(plan.injectors()) * Marks.AREA;
        long indicators = homes + (long) plan.vcpus() * Marks.AREA;
        storage = GuestMemory.allocate(indicators + Marks.AREA); // for 512 injectors
        for (long area = 0; area < indicators; area += Marks.AREA) {
            ClassesGuest.fill(storage, area, habits, random);
        }
        MachineBuilder builder = Machine.builder(storage)
                .rules(Rules.ARCHITECTURE)
                .vcpus(plan.vcpus())
                .floatingCapacity(plan.floatingCapacity())
                .localCapacity(plan.localCapacity())
                .ioSources(plan.injectors() * Classes.SUBCHANNELS + SHARED_SUBCHANNELS)
                .waitStrategy(plan.waitStrategy())
                .checked(true)
                .listener(wrapping.apply(listener()))
                .errorHandler(thrown -> violations.found("the ledger threw " + thrown));
        if (plan.countersFile() != null) {
            builder.countersFile(plan.countersFile());
        }
        machine = builder.build();
        IntStream.range(0, plan.vcpus()).forEach(i -> addGuest(i, homes + (long) i * Marks.AREA));
        IoSource[] shared = IntStream.range(0, SHARED_SUBCHANNELS)
                .mapToObj(i -> machine.subchannel(Classes.SUBSYSTEM | plan.injectors() * Classes.SUBCHANNELS + i))
                .toArray(IoSource[]::new);
        IntStream.range(0, plan.injectors())
                .forEach(i -> addInjector(i, indicators + (long) i * Virtqueues.AREA, shared));
    }

    private List<SentBook> books(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SentBook(plan.vcpus(), Classes.SUBCHANNELS))
                .toList();
    }

    private void addGuest(int id, long home) {
        ClassesGuest guest = new ClassesGuest(
                machine,
                id,
                stage,
                ordered.get(id),
                taken.get(id),
                violations,
                habits,
                home,
                () -> queues.forEach(Virtqueues::handle),
                random.split());
        guests.add(guest);
        crew.add("vCPU " + id, guest);
    }

    private void addInjector(int number, long area, IoSource[] shared) {
        Virtqueues itsQueues = new Virtqueues(machine, area, number % SUBCLASSES, random.nextBoolean());
        queues.add(itsQueues);
        ClassesInjector injector = new ClassesInjector(
                number, machine, stage, injected.get(number), violations, itsQueues, shared, habits, random.split());
        injectors.add(injector);
        crew.add("injector " + number, injector);
    }

    /** Called by each vCPU's own thread. */
    private EngineListener listener() {
        return new EngineListener() {
            @Override
            public void onDeliver(int vcpu, InterruptionType type, int parameter, long parameter64) {
                taken.get(vcpu).taken(type, parameter, parameter64);
                guests.get(vcpu).delivered(type);
            }
        };
    }

    @Override
    public void run(LongPredicate isOver) throws InterruptedException {
        crew.start();
        do {
            beActive();
            beQuiet();
        } while (!violations.any() && !isOver.test(SoakTotals.deliveredBy(machine)));
        boolean isDrained = end();
        boolean haveEnded = crew.join(violations);
        addTotals();
        if (haveEnded) { // else somebody may still write
            List<SentBook> others = new ArrayList<>(ordered);
            others.add(own);
            new ClassesAudit(machine, injected, others, taken, violations).check(isDrained && !habits.areResets());
            if (isDrained) {
                IntStream.range(0, queues.size()).forEach(i -> queues.get(i).check(i, violations));
            }
            storage.close();
        }
    }

    private void addTotals() {
        totals.add(machine);
        for (ClassesGuest guest : guests) {
            totals.faults += guest.faults();
            totals.resets += guest.resets();
        }
        for (SentBook book : injected) {
            totals.withdrawn += book.withdrawn();
            totals.suppressed += book.suppressed();
            totals.merged += book.mergedByRoutes();
            for (InterruptionType type : InterruptionType.values()) {
                for (int target = SentBook.MACHINE; target < plan.vcpus(); target++) {
                    totals.merged += book.merged(type, target);
                }
            }
        }
    }

    // Phases.

    private void beActive() throws InterruptedException {
        boolean isSparse = random.nextInt(SPARSE_OF + 1) != 0;
        stage.activate(isSparse ? 1 + random.nextInt(SPARSE_AT_MOST) : Stage.WITHOUT_END);
        long end = System.nanoTime() + random.nextInt(isSparse ? SPARSE_MICROS : ACTIVE_MICROS) * 1000L;
        do {
            LockSupport.parkNanos(1 + random.nextInt(BREATH_NANOS));
            disturb(machine.vcpu(random.nextInt(plan.vcpus())));
        } while (System.nanoTime() < end && !violations.any());
    }

    private void disturb(VcpuHandle vcpu) throws InterruptedException {
        switch (random.nextInt(16)) {
            case 0 -> {
                vcpu.kick();
                totals.kicks++;
            }
            case 1 -> {
                crew.interrupt(vcpu.id());
                totals.interrupts++;
            }
            case 2 -> vcpu.request();
            case 3 -> vcpu.exit();
            case 4 -> {
                if (machine.pause(plan.patienceNanos())) {
                    machine.resume();
                    totals.pauses++;
                }
            }
            case 5 -> machine.setClock(machine.clock().tod() + random.nextInt(1 << 20) - (1 << 19));
            case 6 -> machine.suppression(random.nextInt(SUBCLASSES), random.nextInt(4) == 0);
            case 7 ->
                queues.get(random.nextInt(queues.size()))
                        .mask(random.nextInt(Virtqueues.count()), random.nextInt(4) == 0);
            case 8 -> reset();
            default -> {
                if (!vcpu.isOperating()) {
                    vcpu.start();
                    totals.starts++;
                }
            }
        }
    }

    private void reset() {
        if (!habits.areResets()) {
            return;
        }
        totals.machineResets++;
        if (random.nextBoolean()) {
            machine.resetSubsystem();
        } else {
            machine.reset(random.nextBoolean() ? ResetKind.CPU : ResetKind.INITIAL_CPU, () -> {});
        }
    }

    private void beQuiet() throws InterruptedException {
        stage.phase(Stage.Phase.QUIET);
        totals.quietPhases++;
        String restless = new ClassesWatch(machine, injectors, guests).awaitRest(plan.patienceNanos());
        if (restless != null) {
            violations.found(restless + "\n" + machine.explain());
        } else if (random.nextInt(32) == 0) {
            save();
        }
    }

    /** A machine at rest can be saved at any time. */
    private void save() throws InterruptedException {
        if (machine.pause(plan.patienceNanos())) {
            totals.pauses++;
            try {
                if (machine.save().toBytes().length == 0) {
                    violations.found("a machine at rest was saved as nothing");
                }
            } finally {
                machine.resume();
            }
        } else {
            violations.found("a machine at rest could not be paused");
        }
    }

    // The end.

    /** Closes the machine, at random under load or when all is delivered; whether it is. */
    private boolean end() {
        boolean isToDrain = !violations.any() && random.nextBoolean();
        if (isToDrain) {
            stage.phase(Stage.Phase.DRAINING);
            drain();
            totals.drained++;
        } else {
            stage.activate(Stage.WITHOUT_END);
            LockSupport.parkNanos(random.nextInt(5_000_000));
            totals.closedUnderLoad++;
        }
        machine.close();
        return isToDrain && !violations.any();
    }

    /** Has all CPUs started and all gates opened, again and again, until nothing is pending. */
    private void drain() {
        for (int i = 0; i < SUBCLASSES; i++) { // for notifications that were masked, suppressed or reset
            own.note(InterruptionType.ADAPTER, SentBook.MACHINE, machine.injectAdapter(i, false));
        }
        long start = System.nanoTime();
        while (isPending() && !violations.any()) {
            for (int i = 0; i < plan.vcpus(); i++) {
                machine.vcpu(i).start();
                machine.vcpu(i).request();
            }
            if (System.nanoTime() - start > plan.patienceNanos()) {
                violations.found("what is pending is not taken although all gates are opened: "
                        + machine.floatingQueued() + " floating\n" + machine.explain());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isPending() {
        return machine.floatingQueued() > 0
                || IntStream.range(0, plan.vcpus())
                        .anyMatch(i -> machine.vcpu(i).queued() > 0);
    }
}
