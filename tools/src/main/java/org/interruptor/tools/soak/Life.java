package org.interruptor.tools.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.interruptor.engine.Machine;
import org.interruptor.engine.MachineBuilder;
import org.interruptor.engine.Vcpu;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.EngineListener;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.memory.GuestMemory;

/**
 * One machine with original rules from building to closing: phases of load, each followed by a quiet one in which the watchdog looks, and at the
 * end the audit. Threads: one, the conductor; it starts and ends all others.
 */
final class Life implements Soak.Lifetime {
    /** Active phases with a few injections only, for each one without a bound. */
    private static final int SPARSE_OF = 6;

    private static final int SPARSE_AT_MOST = 8;

    // How long active phases are at most.
    private static final int SPARSE_MICROS = 500;
    private static final int FAULTS_MICROS = 120_000;
    private static final int SPIN_MICROS = 800_000;

    private static final int BREATH_NANOS = 300_000;

    private final SoakPlan plan;
    private final SplittableRandom random;
    private final Violations violations;
    private final SoakTotals totals;
    private final Stage stage = new Stage();
    private final Crew crew = new Crew();
    private final GuestMemory storage;
    private final Machine machine;
    private final List<InjectionBook> injections;
    private final List<InjectionBook> raised;
    private final List<DeliveryBook> deliveries;
    private final List<SoakInjector> injectors = new ArrayList<>();
    private final List<SoakVcpu> vcpus = new ArrayList<>();
    private long allocatedAtFirst = -1;
    private long deliveredAtFirst;

    Life(SoakPlan plan, long seed, UnaryOperator<EngineListener> wrapping, Violations violations, SoakTotals totals) {
        this.plan = plan;
        this.violations = violations;
        this.totals = totals;
        random = new SplittableRandom(seed);
        injections = books(plan.injectors());
        raised = books(plan.vcpus());
        deliveries = IntStream.range(0, plan.vcpus())
                .mapToObj(i -> new DeliveryBook(i, plan.injectors(), plan.isFaulty(), violations))
                .toList();
        int injectorAreas = Marks.injectorAreas(plan.injectors());
        storage = GuestMemory.allocate((long) (injectorAreas + plan.vcpus()) * Marks.AREA);
        Guest.Habits habits = Guest.Habits.of(plan, random);
        for (long area = 0; area < storage.size(); area += Marks.AREA) {
            Guest.fill(storage, area, habits, random);
        }
        MachineBuilder builder = Machine.builder(storage)
                .rules(Rules.ORIGINAL)
                .vcpus(plan.vcpus())
                .floatingCapacity(plan.floatingCapacity())
                .localCapacity(plan.localCapacity())
                .waitStrategy(plan.waitStrategy())
                .checked(plan.isFaulty() || Boolean.getBoolean(MachineBuilder.CHECKED_PROPERTY))
                .listener(wrapping.apply(new Ledger(deliveries)))
                .errorHandler(thrown -> violations.found("the ledger threw " + thrown));
        if (plan.countersFile() != null) {
            builder.countersFile(plan.countersFile());
        }
        machine = builder.build();
        IntStream.range(0, plan.vcpus()).forEach(i -> addVcpu(i, habits, (long) (injectorAreas + i) * Marks.AREA));
        IntStream.range(0, plan.injectors()).forEach(this::addInjector);
    }

    private List<InjectionBook> books(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new InjectionBook(plan.vcpus()))
                .toList();
    }

    private void addVcpu(int id, Guest.Habits habits, long home) {
        DeliveryBook book = deliveries.get(id);
        Vcpu own = machine.vcpu(id).bind(); // for its set-up; its thread binds it when it starts
        Guest guest = new Guest(own, stage, raised.get(id), book, habits, home, random.split());
        SoakVcpu vcpu = new SoakVcpu(own, guest, stage, book, violations, plan.isFaulty(), random.split());
        own.unbind();
        vcpus.add(vcpu);
        crew.add("vCPU " + id, vcpu);
    }

    private void addInjector(int number) {
        SoakInjector injector =
                new SoakInjector(number, machine, stage, injections.get(number), violations, plan, random.nextLong());
        injectors.add(injector);
        crew.add("injector " + number, injector);
    }

    /**
     * Lives.
     *
     * @param isOver is asked after each phase, with how many interruptions this machine has delivered, whether it is time to
     *     end.
     */
    @Override
    public void run(LongPredicate isOver) throws InterruptedException {
        crew.start();
        do {
            beActive();
            beQuiet();
            measureAllocation();
        } while (!violations.any() && !isOver.test(SoakTotals.deliveredBy(machine)));
        boolean isDrained = end();
        boolean haveEnded = crew.join(violations);
        totals.add(machine);
        totals.resets += vcpus.stream().mapToLong(SoakVcpu::resets).sum();
        totals.faults += vcpus.stream().mapToLong(SoakVcpu::faults).sum();
        if (haveEnded) { // else somebody may still write
            new Audit(machine, injections, raised, deliveries, violations).check(isDrained);
            storage.close();
        }
    }

    // Phases.

    private void beActive() {
        boolean isSparse = random.nextInt(SPARSE_OF + 1) != 0;
        int micros = isSparse ? SPARSE_MICROS : plan.isFaulty() ? FAULTS_MICROS : SPIN_MICROS;
        stage.activate(isSparse ? 1 + random.nextInt(SPARSE_AT_MOST) : Stage.WITHOUT_END);
        long end = System.nanoTime() + random.nextInt(micros) * 1000L;
        do {
            LockSupport.parkNanos(1 + random.nextInt(BREATH_NANOS));
            if (plan.isFaulty()) {
                disturb(machine.vcpu(random.nextInt(plan.vcpus())));
            }
        } while (System.nanoTime() < end && !violations.any());
    }

    private void disturb(VcpuHandle vcpu) {
        int choice = random.nextInt(8);
        if (choice < 2) {
            vcpu.kick();
            totals.kicks++;
        } else if (choice == 2) {
            crew.interrupt(vcpu.id());
            totals.interrupts++;
        } else if (!vcpu.isOperating()) {
            vcpu.start();
            totals.starts++;
        }
    }

    private void beQuiet() {
        stage.phase(Stage.Phase.QUIET);
        totals.quietPhases++;
        await(this::look);
    }

    private void await(Supplier<List<VcpuView>> look) {
        String restless = new Watchdog(plan.patienceNanos()).awaitRest(look);
        if (restless != null) {
            violations.found(restless + injectorsAtWork() + "\n" + machine.explain());
        }
    }

    private String injectorsAtWork() {
        List<Integer> atWork = IntStream.range(0, injectors.size())
                .filter(i -> !injectors.get(i).isResting())
                .boxed()
                .toList();
        return atWork.isEmpty() ? "" : "; injectors that do not come to rest: " + atWork;
    }

    /** All vCPUs; while an injector has not come to rest, what it does is not over. */
    private List<VcpuView> look() {
        boolean areInjectorsResting = injectors.stream().allMatch(SoakInjector::isResting);
        boolean[] areGuestsResting = new boolean[plan.vcpus()];
        for (int i = 0; i < areGuestsResting.length; i++) {
            areGuestsResting[i] = areInjectorsResting && vcpus.get(i).guest().isResting();
        }
        CountersSnapshot snapshot = machine.snapshot();
        List<VcpuView> views = new ArrayList<>();
        for (int i = 0; i < areGuestsResting.length; i++) {
            VcpuView view = VcpuView.of(snapshot, i, areGuestsResting[i]);
            views.add(areInjectorsResting ? view : view.restless());
        }
        return views;
    }

    // The end.

    /** Closes the machine, at random under load or when all is delivered; whether it is. */
    private boolean end() {
        boolean isToDrain = !violations.any() && random.nextBoolean();
        if (isToDrain) {
            stage.phase(Stage.Phase.DRAINING);
            for (int i = 0; i < plan.vcpus(); i++) {
                if (machine.vcpu(i).isOperating()) {
                    machine.vcpu(i).kick(); // it is to open its gates
                } else {
                    machine.vcpu(i).start(); // which has to do without a kick
                }
            }
            await(this::lookWhileDraining);
            totals.drained++;
        } else {
            stage.activate(Stage.WITHOUT_END);
            LockSupport.parkNanos(random.nextInt(5_000_000));
            totals.closedUnderLoad++;
        }
        machine.close();
        return isToDrain && !violations.any();
    }

    /** A vCPU that was stopped by an order that was still queued is started again. */
    private List<VcpuView> lookWhileDraining() {
        for (int i = 0; i < plan.vcpus(); i++) {
            if (!machine.vcpu(i).isOperating()) {
                machine.vcpu(i).start();
            }
        }
        return look().stream().map(VcpuView::withAllGatesOpen).toList();
    }

    /** From the first quiet phase on: what came before was warming up. */
    private void measureAllocation() {
        long allocated = crew.allocatedBytes();
        long delivered = SoakTotals.deliveredBy(machine);
        if (allocatedAtFirst >= 0) {
            totals.allocatedBytes += allocated - allocatedAtFirst;
            totals.allocatedOver += delivered - deliveredAtFirst;
        }
        allocatedAtFirst = allocated;
        deliveredAtFirst = delivered;
    }
}
