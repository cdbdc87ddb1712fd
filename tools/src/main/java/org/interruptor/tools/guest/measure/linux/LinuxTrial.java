package org.interruptor.tools.guest.measure.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.interruptor.bench.trial.MeasurementRefused;
import org.interruptor.tools.cli.CommandException;
import org.interruptor.tools.guest.GuestEnd;
import org.interruptor.tools.guest.GuestMachine;
import org.interruptor.tools.guest.GuestMachineSetup;
import org.interruptor.tools.guest.cpu.Cpu;
import org.interruptor.tools.guest.loader.GuestFormatException;
import org.interruptor.tools.guest.virtio.BlockDevice;
import org.interruptor.tools.guest.virtio.DiskFile;
import org.interruptor.tools.guest.virtio.VirtioCcw;

/**
 * One boot of Linux, in which the program runs its phases.
 *
 * <p>Threads: one's; what the machine calls is of the CPUs' threads.
 */
final class LinuxTrial {
    private static final long STORAGE = 256L << 20;
    private static final int DISK_LENGTH = 1 << 20;
    private static final int DEVICE_NUMBER = 0x1000;

    /** For the boot. A busy host needs some minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final LinuxFiles files;
    private final int cpus;
    private final int seconds;
    private final EngineRecording recording;
    private final ConsoleReport report = new ConsoleReport(this::begin, this::end);
    private final TickLateness ticks = new TickLateness(this::late);

    /** Set before a CPU runs. */
    private GuestMachine machine;

    private PhaseCounters counters;

    /** {@code recording} is on from the first phase to the end of the last. */
    LinuxTrial(LinuxFiles files, int cpus, int seconds, EngineRecording recording) {
        this.files = files;
        this.cpus = cpus;
        this.seconds = seconds;
        this.recording = recording;
    }

    private void begin(Phase phase) {
        recording.begin();
        counters.begin(phase);
        if (phase == Phase.TIMER) {
            ticks.begin();
        }
    }

    private void end(Phase phase) {
        ticks.end();
        counters.end(phase);
    }

    private long late(int vcpu) {
        Cpu cpu = machine.cpu(vcpu);
        return cpu.clock() - cpu.registers().clockComparator();
    }

    /**
     * Boots, measures, and waits for the end.
     *
     * @throws MeasurementRefused if the guest has not ended well, or has measured no sleeps.
     */
    void run() throws IOException, InterruptedException {
        Path disk = Files.createTempFile("interruptor-measure", ".disk");
        try {
            Files.write(disk, new byte[DISK_LENGTH]);
            run(disk);
        } finally {
            Files.delete(disk);
        }
        if (report.result(Phase.TIMER) == null) {
            throw new MeasurementRefused("the guest has measured nothing; its last line is: " + report.lastLine());
        }
    }

    private void run(Path disk) throws IOException, InterruptedException {
        GuestMachineSetup setup = new GuestMachineSetup()
                .cpus(cpus)
                .memory(STORAGE)
                .console(report)
                .listener(ticks);
        try (GuestMachine guest = new GuestMachine(setup)) {
            machine = guest;
            counters = new PhaseCounters(guest.machine());
            VirtioCcw.attach(guest.channels(), DEVICE_NUMBER, new BlockDevice(DiskFile.open(disk, false), "measure"));
            Duration limit = PATIENCE.plusSeconds((long) seconds * Phase.values().length);
            GuestEnd end = guest.run(files.kernel(), files.parameters(seconds), limit);
            if (end.reason() != GuestEnd.Reason.DONE) {
                throw new MeasurementRefused(end.message() + "; its last line is: " + report.lastLine());
            }
        } catch (GuestFormatException e) {
            throw new CommandException("--linux=" + files.kernelFile() + ": " + e.getMessage());
        } finally {
            recording.end();
        }
    }

    ConsoleReport report() {
        return report;
    }

    PhaseCounters counters() {
        return counters;
    }

    TickLateness ticks() {
        return ticks;
    }
}
