package org.interruptor.tools.guest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.guest.loader.GuestImage;

/**
 * The guests that come along, in the jar: {@code guest:ring} is the file {@code ring.elf}. Their sources are in
 * {@code tools/src/main/guests}.
 */
final class BundledGuest {
    private static final String PREFIX = "guest:";

    /** Their names, in the order of the help. */
    private static final List<String> NAMES = List.of(
            "hello",
            "program",
            "interruptions",
            "exact",
            "ticks",
            "waits",
            "ring",
            "storm",
            "signals",
            "contention",
            "orders",
            "virtio",
            "instructions",
            "rare",
            "floating",
            "traps",
            "translation",
            "strict");

    private BundledGuest() {}

    /** The names as they are written on the command line. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return NAMES.stream().map(PREFIX::concat).iterator();
        }
    }

    /** They have stacks for so many CPUs. */
    static final int MOST_CPUS = 64;

    /** Whether one of these is meant, and no file. */
    static boolean isMeant(String guest) {
        return guest.startsWith(PREFIX);
    }

    /** Reads one by its name, as it is written on the command line. */
    static GuestImage read(String guest) throws IOException {
        String name = guest.substring(PREFIX.length());
        if (!NAMES.contains(name)) {
            throw new CommandException(guest + ": no such guest comes along, only " + String.join(", ", new Names()));
        }
        String file = name + ".elf";
        try (InputStream in = BundledGuest.class.getResourceAsStream(file)) {
            return GuestImage.parse(in.readAllBytes());
        }
    }
}
