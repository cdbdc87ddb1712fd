/**
 * A device for tests that completes requests as a virtio device does: from a thread of its own, through the floating queue,
 * at a rate that can be set.
 *
 * <pre>
 *   DIAGNOSE 0x510, on any CPU                 the device's thread               any CPU whose gate is open
 *   request --- a bounded queue ------------> waits its turn --- injectVirtio ---> external interruption 0x2603
 * </pre>
 */
package org.interruptor.tools.guest.device;
