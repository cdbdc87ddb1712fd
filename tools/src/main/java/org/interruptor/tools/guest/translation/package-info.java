/**
 * Dynamic address translation (DAT), the translation-lookaside buffer (TLB) of each CPU, and how a TLB is purged by other CPUs.
 *
 * <pre>
 *   effective address
 *        |  which space: PSW, CR1, CR7, CR13               {@link org.interruptor.tools.guest.translation.Space}
 *        v
 *   {@link org.interruptor.tools.guest.translation.Tlb}, one table for fetches and one for stores ------ hit ---> absolute address
 *        | miss
 *        v
 *   low-address protection (stores)
 *   {@link org.interruptor.tools.guest.translation.TableWalk}: region, segment and page tables ---> real address, page protection
 *   prefixing ---> absolute address, is it there?
 *   storage key ({@code guest.key}), reference and change bits
 *        | entered into the TLB
 *        v
 *   absolute address
 * </pre>
 *
 * <h2>The TLB</h2>
 *
 * <p>An entry is tagged by the page and by a number that stands for an address-space-control element (ASCE) and an access key
 * ({@link org.interruptor.tools.guest.translation.SpaceNumbers}). A load of CR1 changes the number that the CPU looks for
 * and nothing else, so the entries of the kernel and of several programs stay side by side. Storage without DAT is a space
 * too: its ASCE is a real-space designation. So is the PSW key part of the number: an access that hits needs no check of the key.
 *
 * <p>A store finds an entry only in the table for stores. A page enters it at its first store, which sets the change bit, and
 * never if a store must be refused. A page of which only a part is protected has an entry that the fast path does not find.
 *
 * <p>To purge is to forget which number stands for what: no entry is touched until the numbers are used up.
 *
 * <h2>Purging on all CPUs</h2>
 *
 * <p>INVALIDATE PAGE TABLE ENTRY, COMPARE AND SWAP AND PURGE and a changed storage key must have reached all CPUs when the
 * instruction ends: {@link org.interruptor.tools.guest.translation.PurgeRequests}. Nothing is stopped. A CPU looks for requests
 * when it enters guest code and after every few instructions; the issuing CPU waits until each CPU has looked or is outside
 * guest code.
 *
 * <p>Threads: TLB, walk and spaces are the CPU's own; {@code PurgeRequests} is shared. Source: Principles of Operation, chapter
 * Storage, Dynamic Address Translation.
 */
package org.interruptor.tools.guest.translation;
