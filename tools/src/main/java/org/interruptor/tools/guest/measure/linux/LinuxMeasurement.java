package org.interruptor.tools.guest.measure.linux;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.interruptor.bench.trial.MeasurementRefused;

/** Boots Linux, measures interruptions in it, and prints the report. */
public final class LinuxMeasurement {
    private LinuxMeasurement() {}

    /**
     * Measures.
     *
     * @param folder has "kernel" and "initrd", as {@code tools/linux.sh} makes them.
     * @param cpus how many vCPUs.
     * @param seconds of each phase, 1 to 99.
     * @param recording where the engine's JFR events go; null for nowhere.
     * @param out where the report goes.
     * @throws MeasurementRefused if the guest did not end well, or has measured nothing.
     * @throws IOException if the disk for the guest cannot be made.
     * @throws InterruptedException if the calling thread is interrupted; the guest is ended then.
     */
    public static void run(Path folder, int cpus, int seconds, Path recording, PrintWriter out)
            throws IOException, InterruptedException {
        LinuxFiles files = LinuxFiles.in(folder);
        LinuxTrial trial = new LinuxTrial(files, cpus, seconds, EngineRecording.to(recording));
        out.print("Boots " + files.kernelFile() + ", " + cpus + (cpus == 1 ? " vCPU" : " vCPUs") + ", and measures "
                + seconds + " s for each line\n\n");
        out.flush();
        trial.run();
        new LinuxReport(out).print(trial.report(), trial.counters(), trial.ticks());
    }
}
