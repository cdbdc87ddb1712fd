package org.interruptor.tools.lowcore;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.interruptor.engine.SavedMachine;
import org.interruptor.memory.Lowcore;
import org.interruptor.memory.Prefixing;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code interruptor lowcore FILE}: lowcores in a dump of absolute storage. */
@Command(
        name = "lowcore",
        description = {
            "Decodes lowcores in a storage dump, a file that holds absolute storage from address 0: each field by name,"
                    + " PSWs with their mask bits, interruption codes by name.",
            "Without options, it decodes the lowcore at prefix 0.",
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:printed", "2:a file cannot be read or is damaged, or there is no such lowcore or vCPU"})
public final class LowcoreCommand implements Callable<Integer> {

    /** A lowcore to print: where, and whose. */
    private record Place(long prefix, String owner) {}

    @Parameters(paramLabel = "FILE", description = "The storage dump.")
    private Path file;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            converter = Numbers.class,
            description = "Decode the lowcore at this absolute address. Repeatable.")
    private List<Long> prefixes = List.of();

    @Option(names = "--saved", paramLabel = "FILE", description = "A saved machine. It has the prefix of each vCPU.")
    private Path savedFile;

    @Option(
            names = "--vcpu",
            paramLabel = "N",
            description = "With --saved, decode only the lowcore of vCPU N. Repeatable.")
    private List<Integer> vcpus = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Place> places = places();
        refuseDirectory(file, "a storage dump");
        try (FileChannel dump = FileChannel.open(file, StandardOpenOption.READ)) {
            List<ByteBuffer> lowcores = new ArrayList<>();
            for (Place place : places) {
                lowcores.add(read(dump, place));
            }
            PrintWriter out = spec.commandLine().getOut();
            for (int i = 0; i < places.size(); i++) {
                out.print((i > 0 ? "\n" : "")
                        + String.format(
                                Locale.ROOT,
                                "lowcore at 0x%08x%s%n",
                                places.get(i).prefix(),
                                places.get(i).owner()));
                for (LowcoreField field : LowcoreField.values()) {
                    out.print(field.line(lowcores.get(i)) + "\n");
                }
            }
        } catch (IOException failure) {
            throw new CommandException(file + ": " + CommandException.reason(failure));
        }
        return 0;
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        prefixes.forEach(prefix -> places.add(new Place(prefix, "")));
        if (savedFile != null) {
            SavedMachine saved = saved();
            for (int vcpu : vcpus.isEmpty()
                    ? IntStream.range(0, saved.vcpuCount()).boxed().toList()
                    : vcpus) {
                places.add(new Place(prefix(saved, vcpu), ", vCPU " + vcpu));
            }
        } else if (!vcpus.isEmpty()) {
            throw new CommandException("--vcpu " + vcpus.get(0)
                    + ": a storage dump does not say where the lowcore of a vCPU is, expected --saved FILE as well, or"
                    + " --prefix P instead");
        }
        return places.isEmpty() ? List.of(new Place(0, "")) : places;
    }

    private static void refuseDirectory(Path file, String expected) {
        if (Files.isDirectory(file)) {
            throw new CommandException(file + ": a directory, expected " + expected);
        }
    }

    private SavedMachine saved() {
        refuseDirectory(savedFile, "a saved machine");
        try {
            return SavedMachine.of(Files.readAllBytes(savedFile));
        } catch (IOException failure) {
            throw new CommandException(savedFile + ": " + CommandException.reason(failure));
        } catch (IllegalArgumentException damaged) {
            throw new CommandException(savedFile + ": " + damaged.getMessage());
        }
    }

    private static long prefix(SavedMachine saved, int vcpu) {
        if (vcpu < 0 || vcpu >= saved.vcpuCount()) {
            throw new CommandException(
                    "--vcpu " + vcpu + ": the saved machine has " + saved.vcpuCount() + " vCPUs, numbered from 0");
        }
        return saved.prefix(vcpu);
    }

    private ByteBuffer read(FileChannel dump, Place place) throws IOException {
        long prefix = place.prefix();
        if (!Prefixing.isValid(prefix, dump.size())) {
            throw new CommandException(file + ": no lowcore at prefix 0x" + Long.toHexString(prefix) + place.owner()
                    + ": expected a multiple of " + Lowcore.LENGTH + " whose " + Lowcore.LENGTH
                    + " bytes lie inside the " + dump.size() + " bytes of the dump");
        }
        ByteBuffer lowcore = ByteBuffer.allocate(Lowcore.LENGTH);
        while (lowcore.hasRemaining() && dump.read(lowcore, prefix + lowcore.position()) >= 0) {
            // until it is whole
        }
        if (lowcore.hasRemaining()) {
            throw new CommandException(file + ": was cut while it was read");
        }
        return lowcore;
    }
}
