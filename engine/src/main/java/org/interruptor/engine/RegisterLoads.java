package org.interruptor.engine;

import org.interruptor.engine.deliver.Delivery;
import org.interruptor.engine.deliver.Request;
import org.interruptor.engine.gate.Registers;
import org.interruptor.engine.queue.Floating;
import org.interruptor.engine.wake.Timers;
import org.interruptor.memory.PswMask;

/**
 * Loads of the PSW and of control registers on behalf of the guest: whether guest code has to be left for what the last delivery
 * passed over and could be taken now.
 *
 * <p>Threads: the vCPU's own.
 */
final class RegisterLoads {
    private final Registers registers;
    private final Timers timers;
    private final Floating floating;
    private final Delivery delivery;
    private final boolean isArchitecture;
    private final MisuseCheck check;

    /**
     * The loads of one vCPU.
     *
     * @param check null if the mode is not checked.
     */
    RegisterLoads(
            Registers registers,
            Timers timers,
            Floating floating,
            Delivery delivery,
            boolean isArchitecture,
            MisuseCheck check) {
        this.registers = registers;
        this.timers = timers;
        this.floating = floating;
        this.delivery = delivery;
        this.isArchitecture = isArchitecture;
        this.check = check;
    }

    /** Loads a PSW; whether guest code has to be left. */
    boolean psw(long mask, long address) {
        int wereOpen = registers.openGates();
        registers.psw(mask, address);
        return isLeftBy(mask, wereOpen);
    }

    /** Whether guest code has to be left behind a PSW that was loaded, given the gates that were open in front of it. */
    boolean isLeftBy(long mask, int wereOpen) {
        boolean isMet = isMetBehind(wereOpen);
        return isMet
                || (delivery.requests() & Request.answeredBy(mask)) != 0
                || (isArchitecture && PswMask.isWait(mask));
    }

    /** Loads a control register; whether guest code has to be left. */
    boolean control(int number, long value) {
        int wereOpen = registers.openGates();
        boolean wasDue = isArchitecture && number == 0 && timers.isDue(timers.gatesOf(wereOpen));
        registers.control(number, value);
        boolean isMet = isMetBehind(wereOpen);
        return isMet
                || (delivery.requests() & Request.ofRegister(number)) != 0
                || (isArchitecture && number == 0 && !wasDue && timers.isDue(timers.gatesOf(registers.openGates())));
    }

    /** Whether something waits behind a gate that was opened just now, and of which no request tells. */
    private boolean isMetBehind(int wereOpen) {
        if (check != null) {
            check.pswLoaded();
        }
        int opened = registers.openGates() & ~wereOpen;
        int timer = timers.gatesOf(opened);
        return (timer != 0 && timers.isDue(timer)) || floating.isTakeable(opened);
    }
}
