package org.interruptor.tools.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interruptor.memory.GuestMemory;
import org.interruptor.tools.cli.CommandException;
import picocli.CommandLine.Option;

/** Options of {@code interruptor run} that say what is written when the guest has ended. */
final class ResultOptions {
    private static final int PIECE = 1 << 20;

    @Option(
            names = "--dump",
            paramLabel = "FILE",
            description = "When the guest has ended, write absolute storage from address 0 to this file.")
    private Path dump;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "When the guest has ended, write the registers of each CPU to this file, as JSON.")
    private Path state;

    /** Tries whether the files can be written, before the guest runs. */
    void check() {
        write("--dump", dump, out -> {});
        write("--state", state, out -> {});
    }

    void write(GuestMachine machine) {
        write("--dump", dump, out -> dump(machine.machine().storage(), out));
        write("--state", state, out -> out.write(CpuStateFile.render(machine).getBytes(StandardCharsets.UTF_8)));
    }

    private static void dump(GuestMemory storage, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (long address = 0; address < storage.size(); address += PIECE) {
            int length = (int) Math.min(PIECE, storage.size() - address);
            storage.getBytes(address, piece, 0, length);
            out.write(piece, 0, length);
        }
    }

    @FunctionalInterface
    private interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void write(String option, Path file, Contents contents) {
        if (file == null) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            contents.writeTo(out);
        } catch (IOException e) {
            throw new CommandException(option + "=" + file + ": " + CommandException.reason(e));
        }
    }
}
