package org.interruptor.tools.guest;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.guest.gdb.GdbAddress;
import org.interruptor.tools.guest.gdb.GdbServer;
import picocli.CommandLine.Option;

/** Options of {@code interruptor run} that let GDB attach. */
final class GdbOptions {
    @Option(
            names = "--gdb",
            paramLabel = "[HOST:]PORT",
            description = {
                "Let GDB attach: 'target remote :PORT' in gdb-multiarch. Each vCPU is a thread.",
                "Without HOST it listens on the loopback address. Every process that can connect controls the guest. PORT 0"
                        + " takes a free port and prints it on standard error.",
            })
    private String address;

    @Option(
            names = "--wait-for-gdb",
            description = "With --gdb: execute no instruction before GDB attaches and continues.")
    private boolean isWaiting;

    /** Begins to listen, and lets the machine ask; null if that is not wanted. */
    GdbServer listen(GuestMachineSetup setup, PrintWriter err) {
        if (address == null) {
            if (isWaiting) {
                throw new CommandException("--wait-for-gdb: expected --gdb=[HOST:]PORT with it");
            }
            return null;
        }
        try {
            InetSocketAddress parsed = GdbAddress.parse(address);
            GdbServer server = new GdbServer(parsed, setup.cpus());
            setup.debugger(server.debugger());
            err.print("GDB can attach at " + parsed.getAddress().getHostAddress() + ":" + server.port() + "\n");
            err.flush();
            return server;
        } catch (IllegalArgumentException e) {
            throw new CommandException("--gdb=" + address + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandException("--gdb=" + address + ": cannot listen there: " + e.getMessage());
        }
    }

    boolean isWaiting() {
        return isWaiting;
    }
}
