package org.interruptor.tools.soak;

import java.util.List;
import org.interruptor.engine.Machine;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;

/**
 * Compares what was accepted with what was delivered and with what the engine has counted, when a machine is closed and all its
 * threads have ended.
 *
 * <p>Floating interruptions are claimed in ring order. So of each injector those that were delivered are the first ones that
 * were accepted, all and each once; what was discarded are the last. Whether it is so is told by a sum over them that no
 * other set of the same size has, but for one chance in 2^64.
 *
 * <p>Threads: one.
 */
final class Audit {
    private final Machine machine;
    private final List<InjectionBook> injected;
    private final List<InjectionBook> raised;
    private final List<DeliveryBook> delivered;
    private final Violations violations;

    /**
     * An audit.
     *
     * @param injected a book of each injector.
     * @param raised a book of each vCPU: what it injected itself.
     * @param delivered a book of each vCPU.
     */
    Audit(
            Machine machine,
            List<InjectionBook> injected,
            List<InjectionBook> raised,
            List<DeliveryBook> delivered,
            Violations violations) {
        this.machine = machine;
        this.injected = injected;
        this.raised = raised;
        this.delivered = delivered;
        this.violations = violations;
    }

    /**
     * Compares.
     *
     * @param isDrained whether all that was accepted must have been delivered; but for local ones of a vCPU that was reset.
     */
    void check(boolean isDrained) {
        floating(isDrained);
        for (int vcpu = 0; vcpu < delivered.size(); vcpu++) {
            local(vcpu, isDrained);
            counters(vcpu);
        }
    }

    private void floating(boolean isDrained) {
        long accepted = 0;
        long refused = 0;
        long taken = 0;
        for (int injector = 0; injector < injected.size(); injector++) {
            accepted += injected.get(injector).floatingAccepted();
            refused += injected.get(injector).floatingRefused();
            taken += floating(injector, isDrained);
        }
        violations.expect(accepted, machine.floatingAccepted(), "floating interruptions that the engine accepted");
        violations.expect(refused, machine.floatingRefused(), "floating injections that the engine refused");
        violations.expect(
                accepted,
                taken + machine.floatingQueued() + machine.floatingDiscarded(),
                "floating interruptions delivered, queued and discarded");
    }

    private long floating(int injector, boolean isDrained) {
        long count = 0;
        long sum = 0;
        for (DeliveryBook book : delivered) {
            count += book.floatingCount(injector);
            sum += book.floatingSum(injector);
        }
        long expected = 0;
        for (long number = 0; number < count; number++) {
            expected += Marks.floatingTerm(number);
        }
        if (sum != expected) {
            violations.found("the " + count + " floating interruptions of injector " + injector
                    + " that were delivered are not its first " + count + ", each once");
        }
        if (isDrained) {
            long accepted = injected.get(injector).floatingAccepted();
            violations.expect(accepted, count, "floating interruptions of injector " + injector + " delivered");
        }
        return count;
    }

    private void local(int id, boolean isMachineDrained) {
        VcpuHandle vcpu = machine.vcpu(id);
        DeliveryBook book = delivered.get(id);
        boolean isDrained = isMachineDrained && book.resets() == 0;
        long accepted = 0;
        long taken = 0;
        for (InterruptionType type : InterruptionType.values()) {
            if (type.isLocal()) {
                long acceptedOfType = accepted(type, id);
                accepted += acceptedOfType;
                taken += book.count(type);
                if (isDrained) {
                    violations.expect(
                            acceptedOfType, book.count(type), "vCPU " + id + ": " + type.label() + " delivered");
                } else if (book.count(type) > acceptedOfType) {
                    violations.found("vCPU " + id + ": " + type.label() + " delivered: " + book.count(type)
                            + ", accepted only " + acceptedOfType);
                }
            }
        }
        violations.expect(accepted, vcpu.accepted(), "vCPU " + id + ": local interruptions that the engine accepted");
        violations.expect(
                accepted,
                taken + vcpu.queued() + vcpu.discarded(),
                "vCPU " + id + ": local interruptions delivered, queued and discarded");
        if (isMachineDrained && !isDrained) {
            violations.expect(
                    accepted,
                    taken + vcpu.counter(Counter.DISCARDED_BY_RESET),
                    "vCPU " + id + ": local interruptions delivered and discarded by a reset");
        }
        if (isDrained) {
            for (int injector = 0; injector < injected.size(); injector++) {
                programs(injector, id);
            }
        }
    }

    private long accepted(InterruptionType type, int vcpu) {
        long sum = raised.get(vcpu).accepted(type, vcpu);
        for (InjectionBook book : injected) {
            sum += book.accepted(type, vcpu);
        }
        return sum;
    }

    private void programs(int injector, int vcpu) {
        long accepted = injected.get(injector).accepted(InterruptionType.PROGRAM, vcpu);
        long expected = 0;
        for (long number = 0; number < accepted; number++) {
            expected += Marks.programTerm(Marks.programCode(injector, number));
        }
        DeliveryBook book = delivered.get(vcpu);
        if (book.programCount(injector) != accepted || book.programSum(injector) != expected) {
            violations.found("vCPU " + vcpu + ": the " + book.programCount(injector)
                    + " program interruptions of injector " + injector + " that were delivered are not the " + accepted
                    + " that were accepted, each once");
        }
    }

    /** The engine's own counters say the same. */
    private void counters(int id) {
        VcpuHandle vcpu = machine.vcpu(id);
        for (InterruptionType type : InterruptionType.values()) {
            violations.expect(
                    delivered.get(id).count(type),
                    vcpu.counter(type.counter()),
                    "vCPU " + id + ": counter " + type.counter().label());
        }
        long refused = raised.get(id).refused(id);
        for (InjectionBook book : injected) {
            refused += book.refused(id);
        }
        violations.expect(refused, vcpu.counter(Counter.REFUSED), "vCPU " + id + ": local injections refused");
        if (vcpu.counter(Counter.WAKEUPS_FOR_NOTHING) > vcpu.counter(Counter.WAKEUPS)) {
            violations.found("vCPU " + id + ": more wake-ups for nothing than wake-ups");
        }
    }
}
