/**
 * Guests from files: flat images, which begin with the PSW that IPL loads, ELF files for s390x, and Linux kernels, with their
 * initrd and command line.
 *
 * <pre>
 *   file --- {@link org.interruptor.tools.guest.loader.GuestImage}.read --- ElfFile (with Relocations), KernelImage, FlatImage
 *                 |
 *                 '-- load --- storage --- {@link org.interruptor.tools.guest.loader.BootParameters} --- the PSW to start with
 * </pre>
 *
 * <p>Files are hostile: whatever is in them, the answer is an image that fits the storage, or one clear sentence.
 */
package org.interruptor.tools.guest.loader;
