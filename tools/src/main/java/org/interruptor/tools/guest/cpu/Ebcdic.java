package org.interruptor.tools.guest.cpu;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text in EBCDIC, code page 1047, as the machine stores it. Threads: any.
 */
public final class Ebcdic {
    private static final Charset CODE_PAGE = Charset.forName("IBM1047");
    private static final byte BLANK = 0x40;

    private Ebcdic() {}

    /**
     * Text as it is stored.
     *
     * @param text the text; characters that the code page lacks are stored as its substitute.
     * @param length bytes.
     * @return as many bytes, padded with blanks or cut off on the right.
     */
    public static byte[] bytes(String text, int length) {
        byte[] all = text.getBytes(CODE_PAGE);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = i < all.length ? all[i] : BLANK;
        }
        return bytes;
    }

    /**
     * Text that is stored, as a terminal shows it.
     *
     * @param bytes text in EBCDIC.
     * @return as many bytes of ISO 8859-1, of which ASCII is a part.
     */
    public static byte[] ascii(byte[] bytes) {
        return new String(bytes, CODE_PAGE).getBytes(StandardCharsets.ISO_8859_1);
    }
}
