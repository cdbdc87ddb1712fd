package org.interruptor.engine;

/**
 * What all other threads may do with a vCPU: inject local interruptions, call it out of the wait, start it, and read what it
 * shows. Device threads, timers and other vCPUs need no more than this; the vCPU's own thread has {@link Vcpu}.
 *
 * <p>Threads: any, for every method here. None blocks, allocates or throws; injections answer with {@link InjectResult}.
 *
 * <p>Progress: no injector waits for another. One that is stopped between claiming and publishing a record hides from this
 * vCPU, until it goes on, the records behind it and the emergency signals that came after the last record in front of it;
 * what is in front of it is not held up, nor is any other vCPU.
 */
public abstract class VcpuHandle extends Padded {
    /** Stop-on-stop: 0 or 1. Volatile. */
    private final StopOnStop stopOnStop = new StopOnStop();

    private final int id;
    private final Machine machine;
    private final Arrivals arrivals = new Arrivals();
    private final WaitWord waitWord = new WaitWord();
    private final LocalQueue queue;

    VcpuHandle(int id, Machine machine, int localCapacity) {
        this.id = id;
        this.machine = machine;
        queue = new LocalQueue(localCapacity, arrivals);
    }

    /**
     * The vCPU's number, which is its place in the machine.
     *
     * @return 0 to the number of vCPUs less 1.
     */
    public final int id() {
        return id;
    }

    /**
     * The machine that it belongs to.
     *
     * @return the machine.
     */
    public final Machine machine() {
        return machine;
    }

    /**
     * Injects an emergency signal: external interruption 0x1201. It takes no place in the queue.
     *
     * @return ACCEPTED, CLOSED, or FULL at 2^30 outstanding.
     */
    public final InjectResult injectEmergency() {
        return inject(InterruptionType.EMERGENCY_SIGNAL, 0);
    }

    /**
     * Injects a stop, and sets the stop-on-stop action before it can be delivered.
     *
     * @return ACCEPTED, FULL or CLOSED.
     */
    public final InjectResult injectStop() {
        return inject(InterruptionType.STOP, 0);
    }

    /**
     * Injects a restart interruption.
     *
     * @return ACCEPTED, FULL or CLOSED.
     */
    public final InjectResult injectRestart() {
        return inject(InterruptionType.RESTART, 0);
    }

    /**
     * Injects a set-prefix order.
     *
     * @param prefix 32 bits, unsigned; unchecked: one outside storage is a fault of the first delivery that needs the
     *     lowcore.
     * @return ACCEPTED, FULL or CLOSED.
     */
    public final InjectResult injectSetPrefix(int prefix) {
        return inject(InterruptionType.SET_PREFIX, prefix);
    }

    /**
     * Injects a program interruption from outside, as a debugger or an ioctl handler does. It goes in front of all that is
     * queued. The vCPU's own instruction handling uses {@link Vcpu#raiseProgram}.
     *
     * @param code the program interruption code, 0 to 0xffff.
     * @return ACCEPTED, INVALID for another code, FULL or CLOSED.
     */
    public final InjectResult injectProgram(int code) {
        return isProgramCode(code) ? inject(InterruptionType.PROGRAM, code) : refuse(InjectResult.INVALID);
    }

    /**
     * Injects by raw number: for front ends that pass on what they get.
     *
     * @param rawType see {@link InterruptionType#rawNumber()}; other numbers are INVALID.
     * @param parameter 32 bits: the code of a program interruption, the prefix of a set-prefix order, else ignored.
     * @return ACCEPTED, INVALID, FULL or CLOSED.
     */
    public final InjectResult inject(int rawType, int parameter) {
        InterruptionType type = InterruptionType.ofRawNumber(rawType);
        if (type == null || !type.isLocal() || (type == InterruptionType.PROGRAM && !isProgramCode(parameter))) {
            return refuse(InjectResult.INVALID);
        }
        return inject(type, type.hasParameter() ? parameter : 0);
    }

    static boolean isProgramCode(int code) {
        return (code & ~0xffff) == 0;
    }

    private InjectResult inject(InterruptionType type, int parameter) {
        if (machine.isClosed()) {
            return refuse(InjectResult.CLOSED);
        }
        Object event = machine.tell().injecting();
        if (type == InterruptionType.EMERGENCY_SIGNAL) {
            if (!queue.offerEmergency()) {
                return refuse(InjectResult.FULL);
            }
        } else {
            if (!queue.reserve()) {
                return refuse(InjectResult.FULL);
            }
            int index = queue.claim(type);
            if (type == InterruptionType.STOP) {
                stopOnStop.set(queue.recordAt(index)); // before it can be delivered
            }
            queue.commit(index, parameter);
        }
        // The announcement was a volatile read-modify-write: see Waiting for its partner.
        claimAndWake(type.subclassMask());
        machine.tell().injected(event, id, type, parameter, 0);
        return InjectResult.ACCEPTED;
    }

    final InjectResult refuse(InjectResult result) {
        machine.counters().refused(id);
        return result;
    }

    private void claimAndWake(long gate) {
        int claimed = waitWord.claim(gate);
        if (claimed != WaitWord.RUNNING) {
            waiting().wake(claimed);
        }
    }

    /**
     * Calls the vCPU out of the wait, or out of guest code at the next boundary. Sticky: one that comes before the wait ends
     * it at once. Several merge into one until it is taken, by the wait or by {@link Vcpu#takeKick}.
     */
    public final void kick() {
        arrivals.announceKick();
        claimAndWake(0);
    }

    /** The machine was closed. */
    final void closed() {
        arrivals.announceFloating(Long.MIN_VALUE);
        claimAndWake(0);
    }

    /**
     * Starts the vCPU if it is stopped: it takes part in floating interruptions again, and a wait that it began while
     * stopped ends as READY.
     */
    public final void start() {
        if (!machine.operating().contains(id)) {
            machine.operating().add(id);
            machine.notifier().started(arrivals);
            claimAndWake(0);
        }
    }

    /**
     * Whether the vCPU operates; it does from the start, until {@link Vcpu#stop}.
     *
     * @return false if it is stopped.
     */
    public final boolean isOperating() {
        return machine.operating().contains(id);
    }

    /**
     * Whether the vCPU is in the enabled wait, and nobody has ended it yet.
     *
     * @return true from the opening of the wait to its end or to the claim that ends it.
     */
    public final boolean isWaiting() {
        return waitWord.isOpen();
    }

    /**
     * Whether guest code has to be left at the next instruction boundary: something came since the last delivery (an
     * injection from outside, a notice, a kick, close), or a delivery ended early. The emulator's innermost check; plain
     * reads of two lines.
     *
     * @return exact on the vCPU's own thread.
     */
    public final boolean isAttention() {
        return arrivals.isAttention();
    }

    /**
     * Whether a kick has not been taken yet.
     *
     * @return exact on the vCPU's own thread.
     */
    public final boolean isKickPending() {
        return arrivals.isKickPending();
    }

    /**
     * Whether a stop was accepted and its action not yet taken.
     *
     * @return the stop-on-stop action.
     */
    public final boolean isStopOnStop() {
        return stopOnStop.isSet();
    }

    /**
     * Reads and clears the stop-on-stop action.
     *
     * @return what it was.
     */
    public final boolean takeStopOnStop() {
        return stopOnStop.take();
    }

    /**
     * The flags, assembled from what each side has written.
     *
     * @return bits of {@link CpuFlags}; exact on the vCPU's own thread.
     */
    public final int flags() {
        Delivery delivery = delivery();
        return (isWaiting() ? CpuFlags.WAIT : 0)
                | (delivery.isStopDelivered() ? CpuFlags.STOP : 0)
                | (delivery.isExtRequest() || isAttention() ? CpuFlags.EXT : 0);
    }

    /**
     * A counter.
     *
     * @param counter which.
     * @return its value, 64 bits.
     */
    public final long counter(Counter counter) {
        return machine.counters().get(id, counter);
    }

    /**
     * Local interruptions ever accepted: those delivered, queued and discarded.
     *
     * @return how many.
     */
    public final long accepted() {
        return queue.accepted();
    }

    /**
     * Local interruptions queued: program, stop, set prefix, restart, and emergency signals.
     *
     * @return how many; 0 on a closed machine.
     */
    public final long queued() {
        return machine.isClosed() ? 0 : queue.queued();
    }

    /**
     * Local interruptions discarded, by a CPU reset or by closing.
     *
     * @return how many; exact on a closed machine as soon as the vCPU's thread has come out of its delivery, which may still take
     *     one.
     */
    public final long discarded() {
        return discarded(machine.isClosed());
    }

    final long discarded(boolean isClosed) {
        return counter(Counter.DISCARDED_BY_RESET) + (isClosed ? queue.queued() : 0);
    }

    /** Threads: one, while no other uses the machine. */
    final void restoreOperating(boolean isOperating) {
        if (isOperating) {
            machine.operating().add(id);
        } else {
            machine.operating().remove(id);
        }
    }

    /** Threads: one, while no other uses the machine. */
    final void restoreStopOnStop(boolean isStopOnStop) {
        stopOnStop.restore(isStopOnStop, queue.claimedRecords());
    }

    final StopOnStop stopOnStop() {
        return stopOnStop;
    }

    final Arrivals arrivals() {
        return arrivals;
    }

    final WaitWord waitWord() {
        return waitWord;
    }

    final LocalQueue queue() {
        return queue;
    }

    abstract Waiting waiting();

    abstract Delivery delivery();
}
