package org.interruptor.tools.guest;

import java.util.Locale;

/**
 * How a guest ended.
 *
 * @param reason the line of the table that it falls under.
 * @param message what happened, a sentence for people; of several lines where it reports all vCPUs.
 */
public record GuestEnd(Reason reason, String message) {
    /** The table of ends and exit statuses. */
    public enum Reason {
        /** As it should. */
        DONE(0),
        /** A check of the guest's own failed. */
        CHECK_FAILED(3),
        /** A disabled wait that means nothing here. */
        CRASHED(4),
        /** The time is up, or a CPU takes one program interruption after the other and gets nowhere. */
        STUCK(5),
        /** The machine cannot go on with it. */
        IMPOSSIBLE(6),
        /** It asked to be loaded again, which the setup does not allow. */
        REBOOT(7);

        private final int exitStatus;

        Reason(int exitStatus) {
            this.exitStatus = exitStatus;
        }

        /**
         * The exit status of {@code interruptor run}.
         *
         * @return 0, or 3 to 7.
         */
        public int exitStatus() {
            return exitStatus;
        }
    }

    /** Address of the disabled wait by which a guest says that it has done its work. */
    private static final long ADDRESS_DONE = 0xfff;

    /** Address of the disabled wait by which a guest says that a check has failed. */
    private static final long ADDRESS_CHECK_FAILED = 0xbad;

    /** The end by a disabled wait. */
    static GuestEnd atDisabledWait(int vcpu, long address) {
        if (address == ADDRESS_DONE) {
            return new GuestEnd(Reason.DONE, "the guest is done");
        }
        if (address == ADDRESS_CHECK_FAILED) {
            return new GuestEnd(
                    Reason.CHECK_FAILED,
                    "vCPU " + vcpu + " is in a disabled wait at 0xbad: a check of the guest's failed");
        }
        return new GuestEnd(
                Reason.CRASHED,
                String.format(
                        Locale.ROOT, "vCPU %d is in a disabled wait at 0x%x: the guest has crashed", vcpu, address));
    }
}
