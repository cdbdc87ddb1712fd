package org.interruptor.tools.soak;

import java.util.List;
import java.util.stream.Stream;
import org.interruptor.engine.Machine;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.observe.CountersSnapshot;
import org.interruptor.engine.observe.MachineGauge;

/**
 * Compares what was sent with what was taken and with what the engine has counted, class by class, when a machine with all classes is
 * closed and all its threads have ended.
 *
 * <pre>
 *  always, in sum        accepted = taken + queued + discarded + withdrawn, floating and of each vCPU
 *  always, by class      taken at most what was accepted, and what orders of SIGNAL PROCESSOR may have added
 *  drained, by class     taken at least what was accepted: each one that was made pending has come, as a rule exactly
 *                        the last number of each subchannel and queue, and the bit of each injector, have come
 * </pre>
 *
 * <p>Orders of SIGNAL PROCESSOR do not tell whether they made something pending or merged: there the engine's counter of what merged
 * says it. Threads: one.
 */
final class ClassesAudit {
    private final Machine machine;
    private final List<SentBook> sent;
    private final List<SentBook> ofInjectors;
    private final List<TakenBook> taken;
    private final Violations violations;

    /**
     * An audit.
     *
     * @param ofInjectors the books of injectors.
     * @param ofOthers the books of vCPUs and of the conductor.
     */
    ClassesAudit(
            Machine machine,
            List<SentBook> ofInjectors,
            List<SentBook> ofOthers,
            List<TakenBook> taken,
            Violations violations) {
        this.machine = machine;
        this.ofInjectors = ofInjectors;
        sent = Stream.concat(ofInjectors.stream(), ofOthers.stream()).toList();
        this.taken = taken;
        this.violations = violations;
    }

    /**
     * Compares.
     *
     * @param isDrained whether all that was accepted must have been taken: nothing was reset.
     */
    void check(boolean isDrained) {
        floatingInSum();
        for (InterruptionType type : InterruptionType.values()) {
            if (type.isFloating()) {
                compare(type, SentBook.MACHINE, isDrained);
            }
        }
        for (int vcpu = 0; vcpu < taken.size(); vcpu++) {
            localInSum(vcpu);
            counters(vcpu);
            for (InterruptionType type : InterruptionType.values()) {
                if (type.isLocal()) {
                    compare(type, vcpu, isDrained);
                }
            }
        }
        if (isDrained) {
            for (int injector = 0; injector < ofInjectors.size(); injector++) {
                numbers(injector);
            }
        }
    }

    private void floatingInSum() {
        long accepted = 0;
        long merged = 0;
        long delivered = 0;
        for (InterruptionType type : InterruptionType.values()) {
            if (type.isFloating()) {
                accepted += accepted(type, SentBook.MACHINE);
                merged += merged(type, SentBook.MACHINE);
                delivered += taken(type, SentBook.MACHINE);
            }
        }
        long withdrawn = sent.stream().mapToLong(SentBook::withdrawn).sum();
        violations.expect(
                accepted,
                delivered + machine.floatingQueued() + machine.floatingDiscarded() + withdrawn,
                "floating interruptions taken, queued, discarded and withdrawn");
        violations.expect(
                sent.stream().mapToLong(book -> book.refused(SentBook.MACHINE)).sum(),
                machine.floatingRefused(),
                "floating injections that the engine refused");
        CountersSnapshot snapshot = machine.snapshot();
        violations.expect(withdrawn, snapshot.gauge(MachineGauge.WITHDRAWN), "withdrawn, as the engine counts");
        violations.expect(
                sent.stream().mapToLong(SentBook::suppressed).sum(),
                snapshot.gauge(MachineGauge.SUPPRESSED),
                "suppressed, as the engine counts");
        long byRoutes = sent.stream().mapToLong(SentBook::mergedByRoutes).sum(); // with an indicator, or a pending one
        between(
                merged,
                merged + byRoutes,
                snapshot.gauge(MachineGauge.COALESCED),
                "floating injections that merged, as the engine counts");
    }

    private void localInSum(int id) {
        VcpuHandle vcpu = machine.vcpu(id);
        long accepted = 0;
        long merged = 0;
        long delivered = 0;
        long orders = 0;
        for (InterruptionType type : InterruptionType.values()) {
            if (type.isLocal()) {
                accepted += accepted(type, id);
                merged += merged(type, id);
                delivered += taken(type, id);
                orders += type == InterruptionType.EMERGENCY_SIGNAL ? 0 : maybe(type, id);
            }
        }
        long emergencies = maybe(InterruptionType.EMERGENCY_SIGNAL, id);
        long emergenciesMerged = vcpu.counter(Counter.COALESCED) - merged;
        between(
                0,
                emergencies,
                emergenciesMerged,
                "vCPU " + id + ": emergency signals of SIGNAL PROCESSOR that merged");
        long sure = accepted + emergencies - emergenciesMerged;
        between(
                sure,
                sure + orders,
                delivered + vcpu.queued() + vcpu.discarded(),
                "vCPU " + id + ": local interruptions taken, queued and discarded");
    }

    /** What was taken of a class, against what was sent. */
    private void compare(InterruptionType type, int target, boolean isDrained) {
        long accepted = accepted(type, target);
        long least = 0;
        if (isDrained) {
            long withdrawn = type == InterruptionType.IO
                    ? sent.stream().mapToLong(SentBook::withdrawn).sum()
                    : 0;
            least = accepted - withdrawn;
        }
        between(
                least,
                isDrained ? least + maybe(type, target) : accepted + maybe(type, target),
                taken(type, target),
                (target < 0 ? "" : "vCPU " + target + ": ") + type.label() + " taken");
    }

    /** Of a drained machine: of all that merged, the last has come. */
    private void numbers(int injector) {
        SentBook book = ofInjectors.get(injector);
        long count = taken.stream().mapToLong(one -> one.ringCount(injector)).sum();
        long sum = taken.stream().mapToLong(one -> one.ringSum(injector)).sum();
        long expected = 0;
        for (long number = 0; number < book.ring(); number++) {
            expected += Marks.mix(number);
        }
        if (count != book.ring() || sum != expected) {
            violations.found("the " + count + " queued interruptions of injector " + injector + " are not the "
                    + book.ring() + " that were accepted, each once");
        }
        for (int i = 0; i < Classes.SUBCHANNELS; i++) {
            int subchannel = injector * Classes.SUBCHANNELS + i;
            long last = taken.stream()
                    .mapToLong(one -> one.lastOf(subchannel))
                    .max()
                    .orElseThrow();
            if (book.lastOf(i) != SentBook.NOTHING) {
                violations.expect(book.lastOf(i), last, "last number of subchannel " + i + " of injector " + injector);
            }
        }
        atLeastOnce(
                InterruptionType.TIMING_ALERT,
                injector,
                taken.stream().mapToLong(one -> one.timingAlerts(injector)).sum(),
                sentBy(book, InterruptionType.TIMING_ALERT, SentBook.MACHINE));
        for (int vcpu = 0; vcpu < taken.size(); vcpu++) {
            atLeastOnce(
                    InterruptionType.MEASUREMENT_ALERT,
                    injector,
                    taken.get(vcpu).measurementAlerts(injector),
                    sentBy(book, InterruptionType.MEASUREMENT_ALERT, vcpu));
        }
    }

    private static long sentBy(SentBook book, InterruptionType type, int target) {
        return book.accepted(type, target) + book.merged(type, target);
    }

    private void atLeastOnce(InterruptionType type, int injector, long bits, long sentBits) {
        if (sentBits > 0 && bits == 0) {
            violations.found("the bit of injector " + injector + " never came with a " + type.label()
                    + ", it was injected " + sentBits + " times");
        }
    }

    /** The engine's own counters say the same. */
    private void counters(int id) {
        VcpuHandle vcpu = machine.vcpu(id);
        for (InterruptionType type : InterruptionType.values()) {
            violations.expect(
                    taken.get(id).count(type),
                    vcpu.counter(type.counter()),
                    "vCPU " + id + ": counter " + type.counter().label());
        }
        violations.expect(
                sent.stream().mapToLong(book -> book.refused(id)).sum(),
                vcpu.counter(Counter.REFUSED),
                "vCPU " + id + ": local injections refused");
    }

    private void between(long least, long most, long found, String what) {
        if (found < least || found > most) {
            violations.found(what + ": " + found + ", expected " + least + (least == most ? "" : " to " + most));
        }
    }

    private long accepted(InterruptionType type, int target) {
        return sent.stream().mapToLong(book -> book.accepted(type, target)).sum();
    }

    private long merged(InterruptionType type, int target) {
        return sent.stream().mapToLong(book -> book.merged(type, target)).sum();
    }

    private long maybe(InterruptionType type, int target) {
        return sent.stream().mapToLong(book -> book.maybe(type, target)).sum();
    }

    private long taken(InterruptionType type, int target) {
        return target == SentBook.MACHINE
                ? taken.stream().mapToLong(book -> book.count(type)).sum()
                : taken.get(target).count(type);
    }
}
