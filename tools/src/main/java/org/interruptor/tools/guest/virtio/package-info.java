/**
 * Virtio devices over channel I/O.
 *
 * <pre>
 *   channel.Subchannel --- ChannelDevice ---&gt; {@link org.interruptor.tools.guest.virtio.VirtioCcw}: commands (CcwCommand), DeviceStatus
 *                                                 |        |
 *   DIAG 0x500 --- {@link org.interruptor.tools.guest.virtio.DriverNotification}          |        '-- Indicators ---&gt; the engine's AdapterRoute, Subchannel.attention
 *                                                 |
 *                  RingLayout --- {@link org.interruptor.tools.guest.virtio.Virtqueue} --- {@link org.interruptor.tools.guest.virtio.Descriptors}: chains of buffers
 *                                                 |
 *                       {@link org.interruptor.tools.guest.virtio.VirtioDevice}: {@link org.interruptor.tools.guest.virtio.BlockDevice} on a {@link org.interruptor.tools.guest.virtio.DiskFile}, {@link org.interruptor.tools.guest.virtio.ConsoleDevice} (InputPump)
 * </pre>
 *
 * <p>All of it is the device's own thread's ({@code channel}); a notification sets a bit and wakes that thread. Storage is reached
 * through {@code channel.DeviceStorage} only, after each address that a guest gave was checked.
 *
 * <h2>Hostile guests</h2>
 *
 * <p>A chain is no longer than its queue, its buffers lie in storage, a table of indirect descriptors has no other one in it.
 * What is wrong with a queue makes the device need a reset; what is wrong with a request is the status of that request.
 */
package org.interruptor.tools.guest.virtio;
