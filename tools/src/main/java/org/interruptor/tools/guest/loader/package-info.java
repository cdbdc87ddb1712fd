/**
 * Guests from files: flat images, which begin with the PSW that IPL loads, and ELF files for s390x.
 *
 * <p>Files are hostile: whatever is in them, the answer is an image that fits the storage, or one clear sentence.
 */
package org.interruptor.tools.guest.loader;
