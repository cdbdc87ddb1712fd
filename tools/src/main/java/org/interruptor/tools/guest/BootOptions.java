package org.interruptor.tools.guest;

import java.io.IOException;
import java.nio.file.Path;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.cli.FileName;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestImage;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of {@code interruptor run} that say what runs on the machine. */
final class BootOptions {
    @Parameters(
            paramLabel = "GUEST",
            arity = "0..1",
            description = {
                "A file: ELF for s390x, or a flat image that is loaded at 0 and begins with the PSW of 8 bytes that IPL loads.",
                "Or an included guest: ${COMPLETION-CANDIDATES}",
            },
            completionCandidates = BundledGuest.Names.class)
    private String guest;

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description =
                    "Instead of GUEST: an s390x Linux kernel as Debian packages it, or any file that GUEST can be.")
    private String kernel;

    @Option(names = "--initrd", paramLabel = "FILE", description = "The initrd of a Linux kernel.")
    private Path initrd;

    @Option(
            names = "--append",
            paramLabel = "TEXT",
            description =
                    "Command line of the Linux kernel, or of a guest that is entered at 0x10000 and has zeros at 0x10480.")
    private String append;

    @Option(
            names = "--no-reboot",
            description = "End the guest, with status 7, when it asks to be loaded again. Default: load it again.")
    private boolean isNoReboot;

    /** What runs, as it was given. */
    String name() {
        if ((guest == null) == (kernel == null)) {
            throw new CommandException("expected either GUEST or --kernel=FILE");
        }
        return guest == null ? kernel : guest;
    }

    boolean isKernel() {
        return kernel != null;
    }

    boolean isReloaded() {
        return !isNoReboot;
    }

    boolean isBundled() {
        return kernel == null && BundledGuest.isMeant(guest);
    }

    GuestImage image() {
        try {
            return isBundled() ? BundledGuest.read(guest) : GuestImage.read(file());
        } catch (IOException e) {
            throw new CommandException(name() + ": " + CommandException.reason(e));
        }
    }

    private Path file() {
        try {
            return FileName.path(name());
        } catch (CommandException invalid) {
            throw new CommandException(name() + ": " + invalid.getMessage());
        }
    }

    BootParameters parameters() {
        try {
            return BootParameters.read(initrd, append);
        } catch (IOException e) {
            throw new CommandException("--initrd=" + initrd + ": " + CommandException.reason(e));
        }
    }
}
