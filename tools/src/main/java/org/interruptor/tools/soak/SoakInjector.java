package org.interruptor.tools.soak;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.interruptor.engine.Machine;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;

/**
 * Injects all types, in bursts and at rates that change at random, until the machine is closed. Threads: one of its own.
 */
final class SoakInjector extends StagedInjector {
    private static final int UNKNOWN_TYPE = 0x7777;
    private static final int BURST_AT_MOST = 256;

    private final InjectionBook book;
    private final SplittableRandom random;
    private final boolean isFaulty;

    SoakInjector(
            int number,
            Machine machine,
            Stage stage,
            InjectionBook book,
            Violations violations,
            SoakPlan plan,
            long seed) {
        super(number, machine, stage, violations);
        this.book = book;
        this.random = new SplittableRandom(seed);
        this.isFaulty = plan.isFaulty();
    }

    /** Some injections: of one kind or of all, to one vCPU or to all, one behind the other or with pauses. */
    @SuppressWarnings("ThreadPriorityCheck") // as in Guest
    @Override
    void burst() {
        int length = Math.min(left, 1 + random.nextInt(BURST_AT_MOST));
        left -= left == Stage.WITHOUT_END ? 0 : length;
        int kind = random.nextInt(4) == 0 ? random.nextInt(32) : -1;
        int target = random.nextInt(3) == 0 ? random.nextInt(machine.vcpuCount()) : -1;
        int pause = isFaulty && random.nextInt(8) == 0 ? random.nextInt(200) : 0;
        for (int i = 0; i < length && !isClosed && stage.phase() == Stage.Phase.ACTIVE; i++) {
            int to = target < 0 ? random.nextInt(machine.vcpuCount()) : target;
            InjectResult answer = inject(kind < 0 ? random.nextInt(32) : kind, to);
            isClosed = answer == InjectResult.CLOSED;
            if (answer == InjectResult.FULL && random.nextInt(8) == 0) {
                if (isFaulty) {
                    Thread.yield(); // the vCPUs are behind, or masked
                }
                break;
            }
            for (int spin = 0; spin < pause; spin++) {
                Thread.onSpinWait();
            }
        }
        if (isFaulty && random.nextInt(64) == 0) {
            LockSupport.parkNanos(1 + random.nextInt(1_000_000));
        }
    }

    private InjectResult inject(int kind, int target) {
        VcpuHandle vcpu = machine.vcpu(target);
        if (kind < 12) {
            return floating();
        }
        if (kind < 24) {
            return local(InterruptionType.EMERGENCY_SIGNAL, target, vcpu.injectEmergency());
        }
        if (kind < 27) {
            return local(InterruptionType.RESTART, target, vcpu.injectRestart());
        }
        if (kind < 29) {
            long next = book.accepted(InterruptionType.PROGRAM, target);
            return local(InterruptionType.PROGRAM, target, vcpu.injectProgram(Marks.programCode(number, next)));
        }
        if (kind == 29) {
            long next = book.accepted(InterruptionType.SET_PREFIX, target);
            return local(
                    InterruptionType.SET_PREFIX, target, vcpu.injectSetPrefix(Marks.prefix(number, next, isFaulty)));
        }
        if (!isFaulty) {
            return floating();
        }
        return kind == 30 && random.nextInt(4) == 0
                ? local(InterruptionType.STOP, target, vcpu.injectStop())
                : invalid(vcpu, target);
    }

    private InjectResult floating() {
        long next = book.floatingAccepted();
        InjectResult answer = Marks.isService(next)
                ? machine.injectService(Marks.serviceParameter(number, next))
                : machine.injectVirtio(number, next);
        book.floating(answer);
        return checked(answer);
    }

    private InjectResult local(InterruptionType type, int target, InjectResult answer) {
        book.local(type, target, answer);
        return checked(answer);
    }

    private InjectResult checked(InjectResult answer) {
        if (answer == InjectResult.INVALID) {
            violations.found("injector " + number + ": a valid interruption was refused as invalid");
        }
        return answer;
    }

    /** What no queue takes, also where it is full or the machine closed. */
    private InjectResult invalid(VcpuHandle vcpu, int target) {
        InjectResult toMachine = machine.inject(InterruptionType.RESTART.rawNumber(), 0, 0);
        book.floating(toMachine);
        InjectResult toVcpu = random.nextBoolean() ? vcpu.inject(UNKNOWN_TYPE, 0) : vcpu.injectProgram(0x10000);
        book.local(InterruptionType.PROGRAM, target, toVcpu);
        if (toMachine != InjectResult.INVALID || toVcpu != InjectResult.INVALID) {
            violations.found("injector " + number + ": an invalid interruption was answered with " + toMachine + " and "
                    + toVcpu);
        }
        return toVcpu;
    }
}
