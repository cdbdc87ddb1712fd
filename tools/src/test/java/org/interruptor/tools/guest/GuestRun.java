package org.interruptor.tools.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.guest.loader.GuestImage;

/** A guest that has run on a machine of this process; the machine can still be looked at. */
record GuestRun(GuestMachine machine, GuestEnd end, String console) implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(120);

    static GuestRun of(GuestImage image, GuestMachineSetup setup, Duration limit) throws Exception {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        GuestMachine machine = new GuestMachine(setup.console(console::writeBytes));
        GuestEnd end = machine.run(image, limit);
        return new GuestRun(machine, end, console.toString(StandardCharsets.UTF_8));
    }

    static GuestRun ofBundled(String name, int cpus) throws Exception {
        return of(BundledGuest.read("guest:" + name), new GuestMachineSetup().cpus(cpus), LIMIT);
    }

    GuestMemory storage() {
        return machine.machine().storage();
    }

    @Override
    public void close() {
        machine.close();
    }
}
