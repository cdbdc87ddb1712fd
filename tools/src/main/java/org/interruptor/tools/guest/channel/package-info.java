/**
 * The channel subsystem: subchannels, channel programs, and what a device has to be for them.
 *
 * <pre>
 *   instruction.InputOutput ----- a CPU's thread: operands are fetched, checked and stored there
 *        |  Orb, SubsystemId, words of SCHIB and IRB
 *   {@link org.interruptor.tools.guest.channel.ChannelSubsystem} --- ChannelReports, Measurements, Chsc
 *        |
 *   {@link org.interruptor.tools.guest.channel.Subchannel} --- SubchannelState (Pmcw, Scsw) --- StatusInterruption ---&gt; the engine's {@link org.interruptor.engine.IoSource}
 *        |  wake
 *   SubchannelWorker, DeviceThread --- the device's thread, one each
 *        |
 *        +-- ChannelProgram --- ProgramCursor: Ccw after Ccw
 *        |        |        `--- {@link org.interruptor.tools.guest.channel.Transfer}: their data --- {@link org.interruptor.tools.guest.channel.DeviceStorage}
 *        |   {@link org.interruptor.tools.guest.channel.ChannelDevice}.execute
 *        |
 *        '-- ChannelDevice.work: queues that the guest has notified it of
 * </pre>
 *
 * <p>A device implements {@link org.interruptor.tools.guest.channel.ChannelDevice} and knows nothing of interruptions but {@link
 * org.interruptor.tools.guest.channel.Subchannel#attention}. Storage is absolute: channels know no translation and no prefix.
 *
 * <h2>Threads</h2>
 *
 * <p>I/O instructions never wait for a device: they change the state of a subchannel under its lock and wake the device's thread.
 * Channel programs and queues are worked through there, so that a device's own state needs no lock. Only subsystem reset and
 * closing wait.
 *
 * <h2>Hostile guests</h2>
 *
 * <p>Addresses are checked before each access, a channel program has a longest length, and what is wrong becomes a program check
 * or a unit check.
 *
 * <h2>What it lacks</h2>
 *
 * <p>Storage keys are not checked. There is one channel subsystem with one subchannel set and one path; measurement blocks count
 * starts and no times; there are no transport-mode programs and no modified-CCW indirect addressing.
 */
package org.interruptor.tools.guest.channel;
