package org.interruptor.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.interruptor.engine.contract.ResetKind;
import org.interruptor.engine.queue.CpuState;

/**
 * A reset of the whole machine: every CPU gets it, and the last one that carries it out clears the floating conditions and tells
 * those who asked. A reset during a reset joins it. The lock is for resets alone.
 *
 * <p>Threads: {@link #begin} and {@link #closed} any, {@link #done} each vCPU's own.
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
        List<Runnable> callbacks;
        synchronized (this) { // with the acceptances: a CPU that ends an earlier reset sees this one in progress
            whenDone.add(callback);
            // A machine that is closed behind this look ends by closed() what this call adds.
            for (int i = 0; i < isOutstanding.length && !machine.isClosed(); i++) {
                if (!isOutstanding[i]) {
                    isOutstanding[i] = true;
                    outstanding++;
                }
                machine.vcpu(i).acceptReset(kind);
            }
            callbacks = takeIfDone();
        }
        finish(callbacks);
    }

    /** The machine was closed, and that is visible: no CPU carries out what is under way, and those who asked are told. */
    void closed() {
        List<Runnable> callbacks;
        synchronized (this) {
            Arrays.fill(isOutstanding, false);
            outstanding = 0;
            callbacks = takeIfDone();
        }
        finish(callbacks);
    }

    /** A CPU has carried out all resets that it had accepted; one that was accepted since is still to come. */
    void done(int vcpu) {
        List<Runnable> callbacks;
        boolean isLast;
        synchronized (this) {
            if (!isOutstanding[vcpu]
                    || CpuState.resetIn(machine.vcpu(vcpu).state().word()) != CpuState.NO_RESET) {
                return;
            }
            isOutstanding[vcpu] = false;
            outstanding--;
            callbacks = takeIfDone();
            isLast = outstanding == 0;
        }
        if (isLast) { // also where a restored machine has nobody to tell
            machine.clearFloating();
            callbacks.forEach(machine.tell()::wokenUp);
        }
    }

    /** The vCPUs that have still to carry out a reset. */
    List<Integer> outstanding() {
        synchronized (this) {
            return IntStream.range(0, isOutstanding.length)
                    .filter(i -> isOutstanding[i])
                    .boxed()
                    .toList();
        }
    }

    /** The machine becomes another one: these vCPUs have still to carry out a reset, about which nobody here is told. */
    void restore(List<Integer> vcpus) {
        List<Runnable> callbacks;
        synchronized (this) {
            Arrays.fill(isOutstanding, false);
            vcpus.forEach(vcpu -> isOutstanding[vcpu] = true);
            outstanding = vcpus.size();
            callbacks = List.copyOf(whenDone); // their reset is gone with what this machine was
            whenDone.clear();
        }
        callbacks.forEach(machine.tell()::wokenUp);
    }

    /** Those who asked, taken out with the lock held: who asks from now on waits for a reset of its own. */
    private List<Runnable> takeIfDone() {
        if (outstanding > 0) {
            return List.of();
        }
        List<Runnable> callbacks = List.copyOf(whenDone);
        whenDone.clear();
        return callbacks;
    }

    private void finish(List<Runnable> callbacks) {
        if (!callbacks.isEmpty()) {
            machine.clearFloating();
            callbacks.forEach(machine.tell()::wokenUp);
        }
    }
}
