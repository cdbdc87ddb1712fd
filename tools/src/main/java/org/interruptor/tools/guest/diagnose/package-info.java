/**
 * DIAGNOSE: what a guest asks of the machine beyond the architecture. The table of codes is in
 * {@link org.interruptor.tools.guest.diagnose.Diagnose}; each of the larger functions is a class.
 *
 * <p>Threads: each CPU's own, many at once; the watchdog has one of its own while it runs.
 */
package org.interruptor.tools.guest.diagnose;
