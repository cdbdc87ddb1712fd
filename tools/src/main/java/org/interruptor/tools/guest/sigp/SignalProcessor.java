package org.interruptor.tools.guest.sigp;

import org.interruptor.engine.Machine;
import org.interruptor.engine.VcpuHandle;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.gate.InterruptionType;
import org.interruptor.memory.Prefixing;
import org.interruptor.tools.guest.cpu.Cpu;

/**
 * Carries out SIGNAL PROCESSOR: one half on the signalling CPU's thread, the other on the addressed one's.
 *
 * <p>Threads: said with each method.
 */
public final class SignalProcessor {
    // Condition codes.
    private static final int ACCEPTED = 0;
    private static final int STATUS_STORED = 1;
    private static final int BUSY = 2;
    private static final int NOT_OPERATIONAL = 3;

    // Status bits.
    private static final int NOT_RUNNING = 0x400;
    private static final int INCORRECT_STATE = 0x200;
    private static final int INVALID_PARAMETER = 0x100;
    private static final int STOPPED = 0x40;
    private static final int INVALID_ORDER = 0x02;

    /** Bits 33 to 50 of the parameter. */
    private static final int PREFIX_BITS = 0x7fff_e000;

    /** Bits 33 to 54 of the parameter. */
    private static final int STATUS_ADDRESS_BITS = 0x7fff_fe00;

    private final Machine machine;
    private final CpuStates states;

    /** By CPU: a restart was delivered, and the CPU has not been started for it. Each is its own CPU's. */
    private final boolean[] restarted;

    /**
     * The signals of one machine.
     *
     * @param machine the engine's.
     * @param states what its CPUs do.
     */
    public SignalProcessor(Machine machine, CpuStates states) {
        this.machine = machine;
        this.states = states;
        restarted = new boolean[machine.vcpuCount()];
    }

    /**
     * Gives an order. Threads: the signalling CPU's.
     *
     * @param sender who signals.
     * @param code the order code, 8 bits.
     * @param address the CPU address, 16 bits.
     * @param statusRegister the general register of the sender whose right half takes the status.
     * @param parameter 64 bits.
     * @return the condition code.
     */
    public int signal(Cpu sender, int code, int address, int statusRegister, long parameter) {
        if (address >= machine.vcpuCount()) {
            return NOT_OPERATIONAL;
        }
        SigpOrder order = SigpOrder.ofCode(code);
        if (order == null) {
            return status(sender, statusRegister, INVALID_ORDER);
        }
        VcpuHandle target = machine.vcpu(address);
        return switch (order) {
            // As long as the engine has no external call, it comes as an emergency signal.
            case EXTERNAL_CALL, EMERGENCY_SIGNAL -> sent(target.injectEmergency());
            case SENSE -> sense(sender, target, statusRegister);
            case SENSE_RUNNING_STATUS -> senseRunning(sender, target, statusRegister);
            case SET_PREFIX, STORE_STATUS_AT_ADDRESS -> {
                int area = (int) parameter & (order == SigpOrder.SET_PREFIX ? PREFIX_BITS : STATUS_ADDRESS_BITS);
                int length = order == SigpOrder.SET_PREFIX ? Prefixing.AREA_LENGTH : StatusArea.LENGTH;
                yield machine.storage().contains(area, length)
                        ? order(sender, target, order, statusRegister, area)
                        : status(sender, statusRegister, INVALID_PARAMETER);
            }
            default -> order(sender, target, order, statusRegister, 0);
        };
    }

    /** The status goes to bits 32 to 63. */
    private static int status(Cpu sender, int statusRegister, int status) {
        sender.gr32(statusRegister, status);
        return STATUS_STORED;
    }

    private static int sent(InjectResult result) {
        return result == InjectResult.ACCEPTED ? ACCEPTED : BUSY;
    }

    private int sense(Cpu sender, VcpuHandle target, int statusRegister) {
        if (states.order(target.id()) != null) {
            return BUSY;
        }
        return states.state(target.id()) == CpuState.STOPPED ? status(sender, statusRegister, STOPPED) : ACCEPTED;
    }

    private int senseRunning(Cpu sender, VcpuHandle target, int statusRegister) {
        boolean isRunning = states.state(target.id()) == CpuState.OPERATING && !target.isWaiting();
        return isRunning ? ACCEPTED : status(sender, statusRegister, NOT_RUNNING);
    }

    /**
     * The orders that take a while: entered, then sent; the addressed CPU completes them. {@code sender} gets the status of those
     * that need a stopped CPU; it may be null for others.
     */
    private int order(Cpu sender, VcpuHandle target, SigpOrder order, int statusRegister, int area) {
        int id = target.id();
        boolean needsStopped = order == SigpOrder.SET_PREFIX || order == SigpOrder.STORE_STATUS_AT_ADDRESS;
        CpuStates.Begun begun = states.begin(id, order, needsStopped, area);
        if (begun != CpuStates.Begun.BEGUN) {
            return begun == CpuStates.Begun.BUSY ? BUSY : status(sender, statusRegister, INCORRECT_STATE);
        }
        CpuState state = states.state(id);
        boolean isSent = switch (order) {
            case START -> start(target, state);
            case STOP, STOP_AND_STORE_STATUS -> isAccepted(target.injectStop());
            case RESTART -> isAccepted(target.injectRestart());
            case SET_PREFIX -> isAccepted(target.injectSetPrefix(area));
            default -> kick(target);
        };
        if (!isSent) {
            states.complete(id, state);
            return BUSY;
        }
        return ACCEPTED;
    }

    private static boolean isAccepted(InjectResult result) {
        return result == InjectResult.ACCEPTED;
    }

    /** The engine does it at once. A CPU that is not stopped stays as it is. */
    private boolean start(VcpuHandle target, CpuState state) {
        if (state == CpuState.STOPPED) {
            target.start();
            states.complete(target.id(), CpuState.OPERATING);
        } else {
            states.complete(target.id(), state);
        }
        return true;
    }

    private static boolean kick(VcpuHandle target) {
        target.kick();
        return true;
    }

    /**
     * Restarts a CPU, as the restart order does. Threads: any.
     *
     * @param cpu its number.
     * @return false if another order is under way for it.
     */
    public boolean restart(int cpu) {
        return order(machine.vcpu(cpu), SigpOrder.RESTART);
    }

    /** Resets a CPU, as the orders do; false if another one is under way for it. Threads: any. */
    boolean reset(int cpu, SigpOrder order) {
        return order(machine.vcpu(cpu), order);
    }

    private boolean order(VcpuHandle target, SigpOrder order) {
        return order(null, target, order, 0, 0) == ACCEPTED;
    }

    // The addressed CPU's half.

    /**
     * An interruption was delivered: if it was a set-prefix order's, that one is complete; a restart is when the CPU is started,
     * by {@link #carryOut}. Threads: the CPU's own, in the delivery.
     *
     * @param cpu its number.
     * @param type what was delivered.
     */
    public void delivered(int cpu, InterruptionType type) {
        if (type == InterruptionType.RESTART) {
            restarted[cpu] = true;
        } else if (type == InterruptionType.SET_PREFIX) {
            states.complete(cpu, CpuState.STOPPED);
        }
    }

    /**
     * A stop was delivered, and the engine's vCPU is stopped. Threads: the CPU's own.
     *
     * @param cpu which.
     */
    public void stopped(Cpu cpu) {
        if (states.order(cpu.id()) == SigpOrder.STOP_AND_STORE_STATUS) {
            StatusArea.store(cpu, machine.storage());
        }
        states.complete(cpu.id(), CpuState.STOPPED);
    }

    /**
     * Carries out what cannot go through the engine's queues: resets, storing status, the start that belongs to a restart. To be
     * called behind each delivery, and when the CPU was kicked; does nothing if there is no such order. Threads: the CPU's own.
     *
     * @param cpu which.
     */
    public void carryOut(Cpu cpu) {
        SigpOrder order = states.order(cpu.id());
        if (restarted[cpu.id()]) { // here, not by who signals: that could come late, when the CPU was stopped again
            restarted[cpu.id()] = false;
            cpu.vcpu().handle().start();
            states.complete(cpu.id(), CpuState.OPERATING);
        } else if (order == SigpOrder.CPU_RESET || order == SigpOrder.INITIAL_CPU_RESET) {
            cpu.vcpu().stop();
            cpu.vcpu().reset();
            if (order == SigpOrder.INITIAL_CPU_RESET) {
                cpu.initialReset();
            }
            states.complete(cpu.id(), CpuState.STOPPED);
        } else if (order == SigpOrder.STORE_STATUS_AT_ADDRESS) {
            StatusArea.store(cpu, machine.storage(), states.parameter(cpu.id()));
            states.complete(cpu.id(), CpuState.STOPPED);
        }
    }
}
