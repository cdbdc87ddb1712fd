package org.interruptor.benchmarks;

import java.util.List;
import jdk.jfr.Recording;
import org.interruptor.engine.event.DeliveryEvent;
import org.interruptor.engine.event.InjectionEvent;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What events cost: an injection and its delivery on one thread, two operations that each could make an event. {@code none}: JFR
 * is not in use, the guard is one read. {@code off}: a recording runs that does not want these events. {@code on}: it does.
 */
public class EventsBenchmark extends Pairs {
    @Param({"none", "off", "on"})
    String events;

    private Recording recording;

    @Override
    OneVcpu machine() {
        if (!events.equals("none")) {
            recording = new Recording();
            if (events.equals("on")) {
                List.of(InjectionEvent.NAME, DeliveryEvent.NAME).forEach(recording::enable);
            }
            recording.start();
        }
        return new OneVcpu();
    }

    @TearDown
    public void stop() {
        if (recording != null) {
            recording.close();
        }
    }
}
