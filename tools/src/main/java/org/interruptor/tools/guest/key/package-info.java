/**
 * Storage keys: a byte for each page of absolute storage, and what it permits.
 *
 * <pre>
 *   0        4   5   6   7
 *  +--------+---+---+---+---+
 *  |  ACC   | F | R | C | 0 |
 *  +--------+---+---+---+---+
 *   access    |   |   '-- changed
 *   control   |   '-- referenced
 *             '-- fetch protection
 * </pre>
 *
 * <p>Keys are looked at where a page enters a TLB ({@code guest.translation}), not at each access. There the reference and the
 * change bit are set too. So a key costs nothing while it is not changed; an instruction that sets a key, or resets a bit of it, purges the
 * TLBs of all CPUs, which makes the next access to the page look at the key again.
 *
 * <p>The interruptions that the engine stores and the data that devices transfer set no bits, and are not checked.
 *
 * <p>Source: Principles of Operation, chapter Storage, Storage Key and Protection.
 */
package org.interruptor.tools.guest.key;
