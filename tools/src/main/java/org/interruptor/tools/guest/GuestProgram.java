package org.interruptor.tools.guest;

import org.interruptor.tools.guest.cpu.MainStorage;
import org.interruptor.tools.guest.loader.BootParameters;
import org.interruptor.tools.guest.loader.GuestFormatException;
import org.interruptor.tools.guest.loader.GuestImage;
import org.interruptor.tools.guest.loader.InitialPsw;

/**
 * What runs on the machine: loaded at the beginning, and again when the guest asks for it. Image, initrd and command line are kept
 * in memory, so a file that changes meanwhile changes nothing.
 *
 * <p>Threads: {@link #load} before the CPUs start; then any CPU's, one at a time.
 */
final class GuestProgram {
    private final MainStorage main;
    private final Ending ending;
    private final boolean isReloaded;
    private GuestImage image;
    private BootParameters parameters;

    /** {@code isReloaded}: false if the guest ends where it asks to be loaded again. */
    GuestProgram(MainStorage main, Ending ending, boolean isReloaded) {
        this.main = main;
        this.ending = ending;
        this.isReloaded = isReloaded;
    }

    /** Loads it for the first time; the PSW to start with. */
    InitialPsw load(GuestImage what, BootParameters with) throws GuestFormatException {
        image = what;
        parameters = with;
        return image.load(main.memory(), parameters);
    }

    /** Whether the guest goes on when it asks to be loaded again; otherwise it has ended. */
    boolean canBeReloaded() {
        if (!isReloaded) {
            ending.end(new GuestEnd(GuestEnd.Reason.REBOOT, "the guest has asked to be loaded again"));
        }
        return isReloaded;
    }

    /**
     * Loads it again, while all CPUs are stopped and no device is active.
     *
     * @param isClear whether storage and keys become zero before that.
     * @return the PSW to start with; null if that was not possible, and the guest has ended.
     */
    InitialPsw reload(boolean isClear) {
        try {
            if (isClear) {
                main.clear();
            }
            return image.load(main.memory(), parameters);
        } catch (GuestFormatException e) { // the guest has left something in the place of the command line
            ending.end(new GuestEnd(GuestEnd.Reason.IMPOSSIBLE, "the guest cannot be loaded again: " + e.getMessage()));
            return null;
        }
    }
}
