package org.interruptor.engine.event;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;

/**
 * What the events of interruptions have in common. JFR records the fields of a superclass with those of the event, if they are not
 * private. Annotations for JFR stand at the events: many are inherited.
 */
abstract class InterruptionEvent extends Event {
    @Label("Machine")
    @Description("The number of the machine in its process, from 1")
    int machine;

    @Label("vCPU")
    @Description("The vCPU that it is for, or that took it; -1: a floating one, for any")
    int vcpu;

    @Label("Type")
    @Description("What was injected or delivered, by its name in scenario files")
    String type;

    @Label("Parameter")
    @Description(
            "32 bits, as of the injection: external interruption parameter, program interruption code, prefix, sender's"
                    + " CPU address, subsystem-identification word, subclass of an adapter, or external-damage code")
    @MemoryAddress
    long parameter;

    @Label("64-bit Parameter")
    @Description("64 bits, as of the injection: external interruption parameter, token, interruption parameter and"
            + " identification word of an I/O interruption, or machine-check interruption code; of a delivery the code as it"
            + " was stored")
    @MemoryAddress
    long parameter64;

    /** Sets all fields, and commits. */
    final void commit(int machine, int vcpu, String type, int parameter, long parameter64) {
        this.machine = machine;
        this.vcpu = vcpu;
        this.type = type;
        this.parameter = Integer.toUnsignedLong(parameter);
        this.parameter64 = parameter64;
        commit();
    }
}
