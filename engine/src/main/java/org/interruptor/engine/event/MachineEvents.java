package org.interruptor.engine.event;

import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/**
 * Makes the events of one machine. For the engine's use.
 *
 * <p>The caller asks first whether the event is on, and only then gives the arguments: off, no object is made and JFR is not
 * even initialised. The question is a constant (is there JFR in this JDK), one volatile read (has JFR been initialised) and,
 * only if it has been, the flag of the event type, which follows each change of a recording's settings at once.
 *
 * <p>Threads: any; the wait of one vCPU begins and ends under its own thread, or with a happens-before edge between.
 */
public final class MachineEvents {
    /** The JDK may have been linked without the module jdk.jfr: then there are no events. */
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    /** JFR runs, and {@link Types} is initialised: by the thread that started JFR, so no injection does it. */
    private static volatile boolean ready;

    static {
        if (AVAILABLE) {
            Starts.listen();
        }
    }

    /** Told when JFR starts, at once if it runs already. A class of its own: there may be no module jdk.jfr. */
    private static final class Starts implements FlightRecorderListener {
        static void listen() {
            FlightRecorder.addListener(new Starts()); // does not initialise JFR
        }

        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            Types.initialise();
            ready = true;
        }
    }

    /** Looking up the types initialises JFR. */
    private static final class Types {
        static final EventType INJECTION = EventType.getEventType(InjectionEvent.class);
        static final EventType DELIVERY = EventType.getEventType(DeliveryEvent.class);
        static final EventType WAIT = EventType.getEventType(WaitEvent.class);
        static final EventType FAULT = EventType.getEventType(FaultEvent.class);
        static final EventType COALESCED = EventType.getEventType(CoalescedEvent.class);
        static final EventType SUPPRESSED = EventType.getEventType(SuppressedEvent.class);

        /** The types by being called, the classes of the events by their first objects. */
        static void initialise() {
            new InjectionEvent();
            new DeliveryEvent();
            new WaitEvent();
            new FaultEvent();
            new CoalescedEvent();
            new SuppressedEvent();
        }
    }

    private final int machine;

    /** The last wait of each vCPU that began while somebody wanted waits; no WaitEvent[], whose class would need JFR. */
    private final Object[] waits;

    /**
     * The events of a machine.
     *
     * @param machine its number in this process.
     * @param vcpus how many vCPUs it has.
     */
    public MachineEvents(int machine, int vcpus) {
        this.machine = machine;
        this.waits = new Object[vcpus];
    }

    /**
     * Whether a recording wants injections.
     *
     * @return true if so, now.
     */
    public static boolean isInjectionOn() {
        return ready && Types.INJECTION.isEnabled();
    }

    /**
     * Whether a recording wants deliveries.
     *
     * @return true if so, now.
     */
    public static boolean isDeliveryOn() {
        return ready && Types.DELIVERY.isEnabled();
    }

    /**
     * Whether a recording wants waits.
     *
     * @return true if so, now.
     */
    public static boolean isWaitOn() {
        return ready && Types.WAIT.isEnabled();
    }

    /**
     * Whether a recording wants faults.
     *
     * @return true if so, now.
     */
    public static boolean isFaultOn() {
        return ready && Types.FAULT.isEnabled();
    }

    /**
     * Whether a recording wants coalesced injections.
     *
     * @return true if so, now.
     */
    public static boolean isCoalescedOn() {
        return ready && Types.COALESCED.isEnabled();
    }

    /**
     * Whether a recording wants suppressed injections.
     *
     * @return true if so, now.
     */
    public static boolean isSuppressedOn() {
        return ready && Types.SUPPRESSED.isEnabled();
    }

    /**
     * An injection is about to be made.
     *
     * @return its event, begun; no InjectionEvent, whose class would need JFR.
     */
    public Object injectionBegins() {
        InjectionEvent event = new InjectionEvent();
        event.begin();
        return event;
    }

    /**
     * An injection was accepted.
     *
     * @param begun what {@link #injectionBegins} gave.
     * @param vcpu the target, or {@link InjectionEvent#ANY_VCPU}.
     * @param type what, as text.
     * @param parameter 32 bits.
     * @param parameter64 64 bits.
     */
    public void injected(Object begun, int vcpu, String type, int parameter, long parameter64) {
        ((InjectionEvent) begun).commit(machine, vcpu, type, parameter, parameter64);
    }

    /**
     * An interruption was delivered.
     *
     * @param vcpu the vCPU that took it.
     * @param type what, as text.
     * @param parameter 32 bits.
     * @param parameter64 64 bits.
     */
    public void delivered(int vcpu, String type, int parameter, long parameter64) {
        new DeliveryEvent().commit(machine, vcpu, type, parameter, parameter64);
    }

    /**
     * An injection became part of a pending interruption.
     *
     * @param vcpu the target, or {@link InjectionEvent#ANY_VCPU}.
     * @param type what, as text.
     * @param parameter 32 bits.
     * @param parameter64 64 bits.
     */
    public void coalesced(int vcpu, String type, int parameter, long parameter64) {
        new CoalescedEvent().commit(machine, vcpu, type, parameter, parameter64);
    }

    /**
     * An adapter interruption was suppressed.
     *
     * @param type what, as text.
     * @param subclass its subclass.
     */
    public void suppressed(String type, int subclass) {
        new SuppressedEvent().commit(machine, InjectionEvent.ANY_VCPU, type, subclass, 0);
    }

    /**
     * A delivery found the lowcore outside storage.
     *
     * @param vcpu the vCPU whose lowcore it is.
     * @param type what was to be delivered, as text.
     * @param prefix 32 bits, unsigned.
     */
    public void fault(int vcpu, String type, long prefix) {
        FaultEvent event = new FaultEvent();
        event.machine = machine;
        event.vcpu = vcpu;
        event.type = type;
        event.prefix = prefix;
        event.commit();
    }

    /**
     * A wait begins.
     *
     * @param vcpu the vCPU that waits.
     * @param number which of its waits it is.
     */
    public void waitBegins(int vcpu, long number) {
        WaitEvent event = new WaitEvent();
        event.machine = machine;
        event.vcpu = vcpu;
        event.number = number;
        waits[vcpu] = event;
        event.begin();
    }

    /**
     * A wait has ended. Of one that began while nobody wanted waits there is no event.
     *
     * @param vcpu the vCPU that waited.
     * @param number which of its waits it is.
     * @param outcome why it ended, as text.
     */
    public void waitEnded(int vcpu, long number, String outcome) {
        WaitEvent event = (WaitEvent) waits[vcpu];
        if (event != null && event.number == number) {
            event.end();
            event.outcome = outcome;
            event.commit();
        }
    }
}
