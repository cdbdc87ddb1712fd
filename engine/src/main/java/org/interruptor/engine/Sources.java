package org.interruptor.engine;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.interruptor.engine.contract.InjectResult;
import org.interruptor.engine.contract.InterruptionSource;
import org.interruptor.engine.contract.ParameterSource;
import org.interruptor.engine.queue.Subchannel;

/**
 * Makes the {@link InterruptionSource}s of a machine: what a device is given in place of the machine. Made by {@link Machine#sources}.
 *
 * <pre>{@code
 * InterruptionSource disk = machine.sources().virtio(0x0d00, 0x1000_0000L);
 * if (disk.trigger() == InjectResult.FULL && disk.whenSpace(queue::resume)) {
 *     return; // queue.resume is called when a vCPU has made space
 * }
 * }</pre>
 *
 * <p>Threads: any. Make sources when the machine is set up; they allocate, {@code trigger} does not.
 */
public final class Sources {
    private final Machine machine;
    private final int limit;
    private final ConcurrentHashMap<Integer, IoSource> subchannels = new ConcurrentHashMap<>();

    /** Places of subchannels that are taken: never more than there are. */
    private final AtomicInteger taken = new AtomicInteger();

    /** The sources of a machine with room for so many subchannels. */
    Sources(Machine machine, int limit) {
        this.machine = machine;
        this.limit = limit;
    }

    /**
     * Service signals: external interruption 0x2401, for any vCPU. {@code trigger()} has the parameter 0.
     *
     * @return a source.
     */
    public ParameterSource service() {
        return new Service();
    }

    /**
     * A virtio completion: external interruption 0x2603, for any vCPU.
     *
     * @param parameter external-interruption parameter, 32 bits.
     * @param parameter64 64-bit external-interruption parameter.
     * @return a source.
     */
    public InterruptionSource virtio(int parameter, long parameter64) {
        return new Virtio(parameter, parameter64);
    }

    /**
     * Emergency signals to one vCPU.
     *
     * @param target the number of the vCPU that is interrupted.
     * @param sender the number of the vCPU that counts as their sender, under architecture rules.
     * @return a source.
     * @throws IllegalArgumentException if there is no such vCPU.
     */
    public InterruptionSource emergency(int target, int sender) {
        return new Emergency(machine.vcpu(target), machine.vcpu(sender).id());
    }

    /**
     * The I/O interruptions of a subchannel, made at the first call. Architecture rules.
     *
     * @param subsystemId its subsystem-identification word, 32 bits.
     * @return the one source of it.
     * @throws IllegalStateException under original rules, or if the machine has as many as {@link MachineBuilder#ioSources} allows.
     */
    public IoSource subchannel(int subsystemId) {
        machine.needArchitecture("subchannel");
        IoSource source = subchannelOrNull(subsystemId);
        if (source == null) {
            throw new IllegalStateException("ioSources=" + limit + ": all are in use, expected room for subchannel 0x"
                    + Integer.toHexString(subsystemId));
        }
        return source;
    }

    /** The source of a subchannel, made at the first call; null if there is no room for one more. */
    IoSource subchannelOrNull(int subsystemId) {
        IoSource source = subchannels.get(subsystemId);
        // The map makes each subchannel once; the count bounds them all.
        return source != null ? source : subchannels.computeIfAbsent(subsystemId, id -> takePlace() ? make(id) : null);
    }

    /** All that were made, as they are: a view. */
    Collection<IoSource> subchannels() {
        return subchannels.values();
    }

    /** The subsystem-identification words of all that were made: a view. */
    Set<Integer> subchannelIds() {
        return subchannels.keySet();
    }

    /** How many subchannels there can be. */
    int limit() {
        return limit;
    }

    private boolean takePlace() {
        while (true) {
            int now = taken.get();
            if (now >= limit) {
                return false;
            }
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    private IoSource make(int subsystemId) {
        return new IoSource(machine, new Subchannel(subsystemId));
    }

    /**
     * A route for the adapter interruptions of one device. As {@link Machine#adapterRoute}. Architecture rules.
     *
     * @param indicator byte address of the indicator, absolute.
     * @param indicatorBit its mask, 8 bits.
     * @param summary byte address of the summary, absolute.
     * @param summaryBit its mask, 8 bits.
     * @param subclass 0 to 7.
     * @param isSuppressible whether the adapter heeds the suppression mode.
     * @return the route.
     * @throws IllegalArgumentException if an address is outside storage, or the subclass is another one.
     * @throws IllegalStateException under original rules.
     */
    public AdapterRoute adapterRoute(
            long indicator, int indicatorBit, long summary, int summaryBit, int subclass, boolean isSuppressible) {
        return machine.adapterRoute(indicator, indicatorBit, summary, summaryBit, subclass, isSuppressible);
    }

    /** Service signals. */
    private final class Service implements ParameterSource {
        @Override
        public InjectResult trigger() {
            return trigger(0);
        }

        @Override
        public InjectResult trigger(int parameter) {
            return machine.injectService(parameter);
        }

        @Override
        public boolean whenSpace(Runnable callback) {
            return machine.whenSpace(callback);
        }
    }

    /** One virtio completion. */
    private final class Virtio implements InterruptionSource {
        private final int parameter;
        private final long parameter64;

        Virtio(int parameter, long parameter64) {
            this.parameter = parameter;
            this.parameter64 = parameter64;
        }

        @Override
        public InjectResult trigger() {
            return machine.injectVirtio(parameter, parameter64);
        }

        @Override
        public boolean whenSpace(Runnable callback) {
            return machine.whenSpace(callback);
        }
    }

    /** Emergency signals: they take no place in a queue. */
    private static final class Emergency implements InterruptionSource {
        private final VcpuHandle target;
        private final int sender;

        Emergency(VcpuHandle target, int sender) {
            this.target = target;
            this.sender = sender;
        }

        @Override
        public InjectResult trigger() {
            return target.injectEmergency(sender);
        }

        @Override
        public boolean whenSpace(Runnable callback) {
            return false;
        }
    }
}
