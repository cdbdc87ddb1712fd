package org.interruptor.tools.guest.loader;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.interruptor.engine.gate.PswCheck;
import org.interruptor.tools.guest.cpu.PswFormat;

/**
 * A flat image: the bytes of storage from address 0 on. The first eight are the PSW to start with, in the short form, as IPL
 * takes it.
 */
final class FlatImage {
    private FlatImage() {}

    static GuestImage parse(byte[] file) throws GuestFormatException {
        if (file.length < Long.BYTES) {
            throw new GuestFormatException(
                    "a flat image begins with a PSW of 8 bytes, this file has " + file.length + " in all");
        }
        long psw = ByteBuffer.wrap(file).getLong();
        long mask = PswFormat.longMask(psw);
        long address = PswFormat.longAddress(psw);
        if ((psw & PswFormat.SHORT_FORM) == 0 || PswCheck.isInvalid(mask, address)) {
            throw new GuestFormatException(String.format(
                    Locale.ROOT,
                    "neither a Linux kernel, nor ELF, nor a flat image: its first 8 bytes, 0x%016x, are no valid PSW in the short form",
                    psw));
        }
        return new GuestImage(
                file, List.of(new GuestImage.Segment(0, file.length, 0, file.length)), new InitialPsw(mask, address));
    }
}
