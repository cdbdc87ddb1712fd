package org.interruptor.benchmarks;

import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.contract.Rules;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.engine.gate.Registers;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.PswMask;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The pairs of {@link PairBenchmark} under architecture rules, on a machine that uses every class of interruptions, and on one that
 * uses no other. The gates of the timers are closed: an open one costs a read of the clock.
 *
 * <pre>
 *  none     only the two gates of the pairs are open, and nothing else was ever injected
 *  used     all gates are open, and one of each class was injected and delivered
 *  pending  only the two gates of the pairs are open, and one of each other class is pending behind its closed gate
 * </pre>
 */
public class ClassesInUseBenchmark extends Pairs {
    private static final int MACHINE_CHECK_NEW_PSW = 0x1e0;
    private static final int IO_NEW_PSW = 0x1f0;
    private static final int SUBCLASSES = 8;
    private static final int SUBCHANNEL = 0x1_0000;
    private static final int SUBCLASS_SHIFT = 27;
    private static final long ENABLED = PswMask.EXTERNAL
            | PswMask.IO
            | PswMask.MACHINE_CHECK
            | PswMask.EXTENDED_ADDRESSING
            | PswMask.BASIC_ADDRESSING;
    private static final long TIMERS =
            InterruptionType.CLOCK_COMPARATOR.subclassMask() | InterruptionType.CPU_TIMER.subclassMask();
    private static final long OF_THE_PAIRS =
            InterruptionType.EMERGENCY_SIGNAL.subclassMask() | InterruptionType.VIRTIO.subclassMask();

    @Param({"none", "used", "pending"})
    String classes;

    @Override
    OneVcpu machine() {
        OneVcpu one = new OneVcpu(builder -> builder.rules(Rules.ARCHITECTURE));
        Lowcore lowcore = new Lowcore();
        lowcore.wrap(one.machine.storage(), OneVcpu.PREFIX);
        lowcore.externalNewPswMask(ENABLED);
        lowcore.restartNewPswMask(ENABLED);
        one.machine.storage().putLong(OneVcpu.PREFIX + MACHINE_CHECK_NEW_PSW, ENABLED);
        one.machine.storage().putLong(OneVcpu.PREFIX + IO_NEW_PSW, ENABLED);
        load(one, classes.equals("used"));
        if (!classes.equals("none")) {
            injectOneOfEach(one);
        }
        one.deliverAll();
        if (one.machine.floatingQueued() > 0 != classes.equals("pending")) {
            throw new IllegalStateException(one.machine.explain());
        }
        return one;
    }

    private static void load(OneVcpu one, boolean isAllOpen) {
        Registers registers = one.vcpu.registers();
        for (int number : new int[] {0, 6, 14}) {
            registers.control(number, isAllOpen ? subclassMasksOf(number) & ~(number == 0 ? TIMERS : 0) : 0);
        }
        registers.control(0, registers.control(0) | OF_THE_PAIRS);
        registers.psw(ENABLED, 0);
    }

    private static long subclassMasksOf(int register) {
        long masks = 0;
        for (Gate gate : Gate.values()) {
            masks |= gate.register() == register ? gate.subclassMask() : 0;
        }
        return masks;
    }

    /** Of each class that has a gate of its own. */
    private static void injectOneOfEach(OneVcpu one) {
        int machineCheck = InterruptionType.MACHINE_CHECK.rawNumber();
        accepted(one.vcpu.handle().inject(machineCheck, 0, MachineCheck.RECOVERY | MachineCheck.DEGRADATION));
        accepted(one.machine.injectChannelReport());
        accepted(one.machine.injectInterruptKey());
        accepted(one.machine.injectTimingAlert(1));
        accepted(one.vcpu.handle().injectExternalCall(0));
        accepted(one.vcpu.handle().inject(InterruptionType.MALFUNCTION_ALERT.rawNumber(), 0));
        accepted(one.vcpu.handle().inject(InterruptionType.TOD_CLOCK_SYNC_CHECK.rawNumber(), 0));
        accepted(one.vcpu.handle().inject(InterruptionType.WARNING_TRACK.rawNumber(), 0));
        accepted(one.vcpu.handle().inject(InterruptionType.MEASUREMENT_ALERT.rawNumber(), 1));
        for (int subclass = 0; subclass < SUBCLASSES; subclass++) {
            accepted(one.machine.subchannel(SUBCHANNEL | subclass).inject(1, subclass << SUBCLASS_SHIFT));
            accepted(one.machine.injectAdapter(subclass, false));
        }
    }

    private static void accepted(InjectResult result) {
        if (result != InjectResult.ACCEPTED) {
            throw new IllegalStateException("an injection was answered " + result);
        }
    }

    /** A delivery that finds nothing new. */
    @Benchmark
    public int look() {
        return own.vcpu.deliverPending();
    }
}
