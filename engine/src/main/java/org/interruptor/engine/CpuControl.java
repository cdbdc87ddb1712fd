package org.interruptor.engine;

import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.contract.StatusArea;
import org.interruptor.engine.deliver.ArchitectureDelivery;
import org.interruptor.engine.deliver.Delivery;
import org.interruptor.engine.gate.Counter;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.queue.CpuState;
import org.interruptor.engine.queue.LocalBacklog;
import org.interruptor.engine.queue.Mailbox;
import org.interruptor.engine.wake.HandOn;
import org.interruptor.engine.wake.Timers;

/**
 * What changes the state of a whole CPU on its own thread: stop, check stop and load, resets, store status, the PSW that it starts with.
 *
 * <p>Threads: the vCPU's own; {@link #clearLocal} also another while the vCPU is stopped and not used by its thread.
 */
final class CpuControl {
    private final VcpuHandle handle;
    private final Machine machine;
    private final Registers registers;
    private final Timers timers;
    private final LocalBacklog backlog;
    private final HandOn handOn;
    private final Delivery delivery;
    private final ArchitectureDelivery architecture;
    private final RegisterLoads loads;

    /**
     * The control of one vCPU.
     *
     * @param architecture null under original rules, else the same as {@code delivery}.
     */
    CpuControl(
            VcpuHandle handle,
            Registers registers,
            Timers timers,
            LocalBacklog backlog,
            HandOn handOn,
            Delivery delivery,
            ArchitectureDelivery architecture,
            RegisterLoads loads) {
        this.handle = handle;
        machine = handle.machine();
        this.registers = registers;
        this.timers = timers;
        this.backlog = backlog;
        this.handOn = handOn;
        this.delivery = delivery;
        this.architecture = architecture;
        this.loads = loads;
    }

    /** Stops the vCPU, without an order. */
    void stop() {
        if (architecture != null) {
            publishStoppedPsw();
        }
        delivery.stop();
    }

    void stopTimer() {
        timers.run(false);
    }

    /** Before the CPU becomes stopped, and after a change while it is. */
    void publishStoppedPsw() {
        architecture.publishStopped();
    }

    void checkStop() {
        delivery.leaveRotation();
        handle.state().enter(CpuState.CHECK_STOP);
        timers.run(false);
        handOn.handOn();
        machine.signals().malfunctionAlerts(handle.id());
    }

    void load(boolean isLoading) {
        if (isLoading) {
            delivery.leaveRotation();
        }
        handle.state().enter(isLoading ? CpuState.LOAD : CpuState.OPERATING);
    }

    /** The PSW with which the embedder starts the CPU. */
    void loadFirstPsw(long mask, long address) {
        loads.psw(mask, address);
        architecture.checkNewPsw();
    }

    // Resets.

    /** Discards and counts what is pending for this vCPU alone, and clears requests and attention. */
    void clearLocal() {
        handle.arrivals().look(); // see first, then clear: the other way round loses attention
        // An order, a pause or a timer that is taken out here is for the run loop: attention stays. A start ends here.
        int forLoop = (Mailbox.ENDS_WAIT & ~Mailbox.START) | Mailbox.ORDER;
        boolean isForLoop = (handle.arrivals().lookAtMailbox() & forLoop) != 0;
        handle.stopOnStop().discard(backlog.clear());
        int conditions = handle.conditions().clear();
        if (machine.latencies() != null) {
            machine.latencies().since().forget(handle.id());
        }
        machine.counters().add(handle.id(), Counter.DISCARDED_BY_RESET, conditions);
        delivery.reset();
        // A request for a floating head may have gone with the others.
        handle.arrivals()
                .seen(isForLoop || machine.isClosed() || machine.floating().isTakeable(-1));
    }

    /** A reset that the run loop carries out: what the engine has of it. */
    void carryOutReset(ResetKind kind) {
        clearLocal();
        registers.lastHostCpu(0xffff);
        timers.run(false);
        if (kind != ResetKind.CPU) {
            registers.initialReset();
            timers.cpuTimer(0);
        }
    }

    /** Stores the registers that the engine has. */
    void storeStatus(StatusArea area) {
        area.psw(registers.pswMask(), registers.pswAddress(), registers.prefix());
        area.timers(timers.cpuTimer(), registers.clockComparator());
        for (int i = 0; i < StatusArea.CONTROL_REGISTERS; i++) {
            area.control(i, registers.control(i));
        }
    }
}
