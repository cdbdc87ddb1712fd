package org.interruptor.engine;

import java.util.ArrayList;
import java.util.List;
import org.interruptor.engine.contract.ResetKind;

/**
 * A reset of the whole machine: every CPU gets it, and the last one that carries it out clears the floating conditions and tells
 * those who asked. A reset during a reset joins it. The lock is for resets alone.
 *
 * <p>Threads: {@link #begin} any, {@link #done} each vCPU's own.
 */
final class MachineReset {
    private final Machine machine;
    private final boolean[] isOutstanding;
    private final List<Runnable> whenDone = new ArrayList<>();
    private int outstanding;

    MachineReset(Machine machine, int vcpus) {
        this.machine = machine;
        isOutstanding = new boolean[vcpus];
    }

    void begin(ResetKind kind, Runnable callback) {
        synchronized (this) {
            whenDone.add(callback);
            for (int i = 0; i < isOutstanding.length; i++) {
                if (!isOutstanding[i]) {
                    isOutstanding[i] = true;
                    outstanding++;
                }
            }
        }
        for (int i = 0; i < isOutstanding.length; i++) {
            machine.vcpu(i).acceptReset(kind);
        }
        if (isOutstanding.length == 0) {
            finish();
        }
    }

    /** A CPU has carried out a reset. */
    void done(int vcpu) {
        synchronized (this) {
            if (!isOutstanding[vcpu]) {
                return;
            }
            isOutstanding[vcpu] = false;
            outstanding--;
            if (outstanding > 0) {
                return;
            }
        }
        finish();
    }

    private void finish() {
        List<Runnable> callbacks;
        synchronized (this) {
            callbacks = List.copyOf(whenDone);
            whenDone.clear();
        }
        machine.clearFloating();
        callbacks.forEach(machine.tell()::wokenUp);
    }
}
