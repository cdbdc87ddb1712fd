package org.interruptor.tools.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.guest.channel.ChannelSubsystem;
import org.interruptor.tools.guest.virtio.BlockDevice;
import org.interruptor.tools.guest.virtio.DiskFile;
import org.interruptor.tools.guest.virtio.VirtioCcw;
import picocli.CommandLine.Option;

/** Options of {@code interruptor run} that say which disks the guest finds. */
final class DiskOptions {
    private static final int FIRST_DEVICE_NUMBER = 0x1000;

    @Option(
            names = "--disk",
            paramLabel = "FILE",
            description = {
                "A virtio disk on this file, whose length is a multiple of 512. May be given more than once: device numbers are"
                        + " 1000, 1001 and so on. Writes of the guest go to the file. If the file is not writable, the disk is"
                        + " read-only.",
            })
    private List<Path> disks = new ArrayList<>();

    /** Opens the disks and adds them to a machine, which closes them. */
    void attach(GuestMachine machine) {
        if (disks.size() > ChannelSubsystem.MOST_SUBCHANNELS) {
            throw new CommandException(
                    "--disk: " + disks.size() + " disks, expected at most " + ChannelSubsystem.MOST_SUBCHANNELS);
        }
        for (int i = 0; i < disks.size(); i++) {
            Path path = disks.get(i);
            try {
                BlockDevice disk = new BlockDevice(DiskFile.open(path, false), "disk" + i);
                VirtioCcw.attach(machine.channels(), FIRST_DEVICE_NUMBER + i, disk);
            } catch (IOException e) {
                throw new CommandException("--disk=" + path + ": " + CommandException.reason(e));
            }
        }
    }
}
