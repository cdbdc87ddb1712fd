package org.interruptor.tools.guest.measure.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestImage;

/**
 * What {@code tools/linux.sh} has fetched, and the program that is added to it.
 *
 * <p>Threads: any; immutable.
 */
final class LinuxFiles {
    private static final String OPTION = "--linux=";
    private static final String PROGRAM = "interruptor-measure";
    private static final String PROGRAM_FILE = "linux-program.elf";

    private final Path kernel;
    private final Path initrd;

    private LinuxFiles(Path kernel, Path initrd) {
        this.kernel = kernel;
        this.initrd = initrd;
    }

    /**
     * The files of a folder.
     *
     * @param folder has "kernel" and "initrd".
     * @return the files, unread.
     * @throws CommandException if one is missing.
     */
    static LinuxFiles in(Path folder) {
        return new LinuxFiles(file(folder, "kernel"), file(folder, "initrd"));
    }

    private static Path file(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new CommandException(OPTION + folder + ": no file \"" + name
                    + "\" is in it; tools/linux.sh fetches a kernel and makes an initrd");
        }
        return file;
    }

    Path kernelFile() {
        return kernel;
    }

    GuestImage kernel() {
        try {
            return GuestImage.read(kernel);
        } catch (IOException e) {
            throw new CommandException(OPTION + kernel + ": " + CommandException.reason(e));
        }
    }

    /** The initrd with the program, and a command line by which init runs it for so many seconds a phase, and powers off. */
    BootParameters parameters(int seconds) {
        String run = "dmesg -n 1; /" + PROGRAM + " " + seconds + "; poweroff -f";
        String commandLine = "cryptomgr.notests run=" + run.replace(" ", "%20");
        try {
            return BootParameters.of(Cpio.withProgram(Files.readAllBytes(initrd), PROGRAM, program()), commandLine);
        } catch (IOException e) {
            throw new CommandException(OPTION + initrd + ": " + CommandException.reason(e));
        }
    }

    private static byte[] program() throws IOException {
        try (InputStream in = LinuxFiles.class.getResourceAsStream(PROGRAM_FILE)) {
            return in.readAllBytes();
        }
    }
}
