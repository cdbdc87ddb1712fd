package org.interruptor.engine.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.interruptor.engine.contract.MachineCheck;
import org.interruptor.engine.gate.Gate;
import org.interruptor.engine.padding.Padded;

/**
 * The machine-check conditions that are pending for one vCPU: one reference to an immutable merged record, or null.
 *
 * <pre>
 *  put:   null or record -- compare-and-set --&gt; record, merged          the only injection that allocates
 *  take:  record -- compare-and-set --&gt; null, or the conditions whose gates are closed
 * </pre>
 *
 * <p>Where some gates are closed, what is left keeps code, address and logout: they belong to one condition, and which one is not known.
 *
 * <p>Threads: {@link #put} any, the rest the vCPU's own. Ordering: each change is a compare-and-set, the injector's full fence.
 */
public final class MachineChecks extends Padded {
    private static final VarHandle PENDING;

    static {
        try {
            PENDING = MethodHandles.lookup().findVarHandle(MachineChecks.class, "pending", MachineCheck.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused")
    private MachineCheck pending;

    /** None is pending. */
    public MachineChecks() {}

    /** Makes conditions pending; whether none was. */
    public boolean put(MachineCheck check) {
        while (true) {
            MachineCheck before = pending();
            if (PENDING.compareAndSet(this, before, before == null ? check : before.mergedWith(check))) {
                return before == null;
            }
        }
    }

    /** What is pending; null if nothing is. Volatile: a wait decides by it. */
    public MachineCheck pending() {
        return (MachineCheck) PENDING.getVolatile(this);
    }

    /** The gates behind which conditions are pending. Volatile. */
    public int gates() {
        MachineCheck check = pending();
        return check == null ? 0 : gatesOf(check.code());
    }

    /** Takes all conditions behind open gates, as one record; null if there are none. */
    public MachineCheck take(int openGates) {
        while (true) {
            MachineCheck check = pending();
            if (check == null || (gatesOf(check.code()) & openGates) == 0) {
                return null;
            }
            long closed = check.code() & MachineCheck.CONDITIONS & ~conditionsBehind(openGates);
            MachineCheck left = closed == 0 ? null : check.withCode((check.code() & ~MachineCheck.CONDITIONS) | closed);
            if (PENDING.compareAndSet(this, check, left)) {
                return check.withCode(check.code() & ~closed);
            }
        }
    }

    /** Takes all, behind open and closed gates; null if nothing is pending. */
    public MachineCheck clear() {
        return (MachineCheck) PENDING.getAndSet(this, (MachineCheck) null);
    }

    /** The gates of the conditions in a code. */
    public static int gatesOf(long code) {
        return gate(code, MachineCheck.EXIGENT, Gate.EXIGENT_MACHINE_CHECK)
                | gate(code, MachineCheck.CHANNEL_REPORT, Gate.CHANNEL_REPORT)
                | gate(code, MachineCheck.RECOVERY, Gate.RECOVERY)
                | gate(code, MachineCheck.DEGRADATION, Gate.DEGRADATION)
                | gate(code, MachineCheck.EXTERNAL_DAMAGE, Gate.EXTERNAL_DAMAGE)
                | gate(code, MachineCheck.WARNING, Gate.WARNING);
    }

    private static int gate(long code, long conditions, Gate gate) {
        return (code & conditions) != 0 ? gate.bit() : 0;
    }

    private static long conditionsBehind(int gates) {
        return condition(gates, Gate.EXIGENT_MACHINE_CHECK, MachineCheck.EXIGENT)
                | condition(gates, Gate.CHANNEL_REPORT, MachineCheck.CHANNEL_REPORT)
                | condition(gates, Gate.RECOVERY, MachineCheck.RECOVERY)
                | condition(gates, Gate.DEGRADATION, MachineCheck.DEGRADATION)
                | condition(gates, Gate.EXTERNAL_DAMAGE, MachineCheck.EXTERNAL_DAMAGE)
                | condition(gates, Gate.WARNING, MachineCheck.WARNING);
    }

    private static long condition(int gates, Gate gate, long conditions) {
        return (gates & gate.bit()) != 0 ? conditions : 0;
    }
}
