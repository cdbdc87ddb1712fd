/**
 * The guest's console on the terminal: what the guest writes goes to standard output unchanged, and what is typed goes to the
 * guest once it takes input.
 *
 * <p>Threads: output comes on CPUs' threads, one at a time; input has a thread of its own, which begins when the guest takes input.
 */
package org.interruptor.tools.guest.console;
