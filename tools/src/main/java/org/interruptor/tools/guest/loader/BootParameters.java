package org.interruptor.tools.guest.loader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.interruptor.memory.GuestMemory;

/**
 * What a guest is given besides its image: an initrd and a command line.
 *
 * <pre>
 *   0 ... kernel ... end        a multiple of 1 MiB, 16 MiB or more            top of storage
 *   |--------------------|      |---- initrd ----|
 * </pre>
 *
 * <p>A Linux kernel takes both, in its parameter area ({@link KernelImage}). Any guest that is entered at 0x10000 takes a command
 * line, if its image leaves that place zero.
 *
 * <p>Threads: any; immutable.
 */
public final class BootParameters {
    private static final long INITRD_BOUNDARY = 1 << 20;
    private static final long LOWEST_INITRD = 16 << 20;
    private static final long LONGEST_INITRD = 1L << 30;

    private final byte[] initrd;
    private final byte[] commandLine;

    private BootParameters(byte[] initrd, byte[] commandLine) {
        this.initrd = initrd;
        this.commandLine = commandLine;
    }

    /**
     * Nothing.
     *
     * @return no initrd, and the command line that the image has.
     */
    public static BootParameters none() {
        return new BootParameters(null, null);
    }

    /**
     * Reads them.
     *
     * @param initrd a file, or null for none.
     * @param commandLine text, stored in UTF-8; null for what the image has.
     * @return the parameters.
     * @throws GuestFormatException if the file is too large to be one.
     * @throws IOException if it cannot be read.
     */
    public static BootParameters read(Path initrd, String commandLine) throws IOException {
        byte[] bytes = null;
        if (initrd != null) {
            if (Files.exists(initrd) && !Files.isRegularFile(initrd)) {
                throw new GuestFormatException("it is not a file");
            }
            if (Files.size(initrd) > LONGEST_INITRD) {
                throw new GuestFormatException(
                        "it has " + Files.size(initrd) + " bytes, expected at most " + LONGEST_INITRD);
            }
            bytes = Files.readAllBytes(initrd);
        }
        return of(bytes, commandLine);
    }

    /**
     * Takes them.
     *
     * @param initrd its bytes, not copied; null for none.
     * @param commandLine text, stored in UTF-8; null for what the image has.
     * @return the parameters.
     */
    public static BootParameters of(byte[] initrd, String commandLine) {
        return new BootParameters(initrd, commandLine == null ? null : commandLine.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes the command line of an earlier load out of storage, before the image is stored: {@link #store} finds there what the image
     * has.
     *
     * @param storage absolute storage.
     */
    void makeRoom(GuestMemory storage) {
        if (commandLine != null && storage.contains(KernelImage.COMMAND_LINE, commandLine.length + 1L)) {
            storage.putBytes(KernelImage.COMMAND_LINE, new byte[commandLine.length + 1], 0, commandLine.length + 1);
        }
    }

    /**
     * Stores them.
     *
     * @param storage absolute storage, with the image.
     * @param entry where the guest is entered.
     * @param end the first byte behind the image.
     * @throws GuestFormatException if the guest does not take them, or they do not fit.
     */
    void store(GuestMemory storage, long entry, long end) throws GuestFormatException {
        if (initrd != null) {
            storeInitrd(storage, end);
        }
        if (commandLine != null) {
            storeCommandLine(storage, entry);
        }
    }

    private void storeInitrd(GuestMemory storage, long end) throws GuestFormatException {
        if (!KernelImage.isKernel(storage)) {
            throw new GuestFormatException("it takes no initrd: it is no Linux kernel, without S390EP at 0x10008");
        }
        long address = Math.max(LOWEST_INITRD, (end + INITRD_BOUNDARY - 1) & -INITRD_BOUNDARY);
        if (!storage.contains(address, initrd.length)) {
            throw new GuestFormatException(String.format(
                    Locale.ROOT,
                    "an initrd of 0x%x bytes does not fit behind it, at 0x%x, into storage of 0x%x bytes: give it more memory",
                    initrd.length,
                    address,
                    storage.size()));
        }
        storage.putBytes(address, initrd, 0, initrd.length);
        storage.putLong(KernelImage.INITRD_ADDRESS, address);
        storage.putLong(KernelImage.INITRD_LENGTH, initrd.length);
    }

    private void storeCommandLine(GuestMemory storage, long entry) throws GuestFormatException {
        boolean isKernel = KernelImage.isKernel(storage);
        if (!isKernel && entry != KernelImage.ENTRY) {
            throw new GuestFormatException(String.format(
                    Locale.ROOT,
                    "it takes no command line: it is entered at 0x%x, expected 0x%x",
                    entry,
                    KernelImage.ENTRY));
        }
        long limit = isKernel ? storage.getLong(KernelImage.COMMAND_LINE_LIMIT) : 0;
        if (limit <= 0 || !storage.contains(KernelImage.COMMAND_LINE, limit)) {
            limit = KernelImage.DEFAULT_COMMAND_LINE_LIMIT;
        }
        if (commandLine.length >= limit || !storage.contains(KernelImage.COMMAND_LINE, limit)) {
            throw new GuestFormatException("a command line of " + commandLine.length
                    + " bytes is too long for it, expected at most " + (limit - 1));
        }
        for (int i = 0; i <= commandLine.length && !isKernel; i++) {
            if (storage.getByte(KernelImage.COMMAND_LINE + i) != 0) {
                throw new GuestFormatException(String.format(
                        Locale.ROOT,
                        "it takes no command line: it has something else at 0x%x",
                        KernelImage.COMMAND_LINE));
            }
        }
        storage.putBytes(KernelImage.COMMAND_LINE, commandLine, 0, commandLine.length);
        storage.putByte(KernelImage.COMMAND_LINE + commandLine.length, (byte) 0);
    }
}
