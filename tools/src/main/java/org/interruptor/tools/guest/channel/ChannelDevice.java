package org.interruptor.tools.guest.channel;

/**
 * A device with its control unit, as the channel program reaches it. No-operation, basic sense and sense ID are the subchannel's
 * and do not come here.
 *
 * <p>Threads: the thread of the device, but for {@link #notified}, which any CPU calls.
 */
public interface ChannelDevice {
    /** What {@link #execute} answers for a command that was carried out. */
    int DONE = 0;

    /** Sense byte 0: the command is none of the device's, or not now, or its data are wrong. */
    int COMMAND_REJECT = 0x80;

    /**
     * Which control unit this is.
     *
     * @return type, 16 bits.
     */
    int controlUnitType();

    /**
     * Which model the control unit is of.
     *
     * @return 8 bits.
     */
    int controlUnitModel();

    /**
     * Carries out a command.
     *
     * @param command 8 bits.
     * @param transfer its data.
     * @return {@link #DONE}, or sense byte 0 of the unit check that it ends with. What {@link Transfer} could not transfer
     *     is in the transfer itself and needs no answer.
     */
    int execute(int command, Transfer transfer);

    /** The subchannel was enabled since the last command. */
    void enabled();

    /** Subsystem reset: as after power-on. */
    void reset();

    /** Does what it was notified of. */
    void work();

    /**
     * The guest has put something into a queue: {@link #work} is called soon after.
     *
     * @param queue 64 bits, as the guest gave them.
     * @return whether there is such a queue.
     */
    boolean notified(long queue);
}
