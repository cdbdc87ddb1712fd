package org.interruptor.tools.guest.gdb;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/**
 * Packets over a stream, both ways.
 *
 * <pre>
 *   $ payload # checksum       two hexadecimal digits: the sum of the payload's bytes modulo 256
 *   + -                        acknowledges, asks again
 *   0x03                       interrupts
 *   } byte^0x20                inside a payload: a byte that would end or begin something
 * </pre>
 *
 * <p>Payloads are strings of bytes, ISO 8859-1.
 *
 * <p>Threads: one reads, one writes.
 */
final class PacketChannel {
    /** The longest payload that is accepted; GDB is told so. */
    static final int MAX_PAYLOAD = 0x4000;

    private static final int INTERRUPT = 0x03;
    private static final char ESCAPE = '}';
    private static final int ESCAPED = 0x20;

    private final InputStream in;
    private final OutputStream out;
    private volatile boolean isAcknowledged = true;
    private volatile String last = "";

    PacketChannel(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /**
     * The next packet or interrupt. A packet with a wrong checksum is asked for again.
     *
     * @throws EOFException at the end.
     * @throws StreamCorruptedException if a packet is longer than {@link #MAX_PAYLOAD}.
     */
    Event read() throws IOException {
        while (true) {
            int first = next();
            if (first == INTERRUPT) {
                return new Event.Interrupt();
            }
            if (first == '-' && isAcknowledged) {
                send(last);
            } else if (first == '$') {
                String payload = payload();
                if (payload != null) {
                    return new Event.Packet(payload);
                }
            }
        }
    }

    private String payload() throws IOException {
        StringBuilder payload = new StringBuilder();
        int sum = 0;
        int next = next();
        while (next != '#') {
            sum += next;
            if (next == ESCAPE) {
                next = next();
                sum += next;
                next ^= ESCAPED;
            }
            if (payload.length() == MAX_PAYLOAD) {
                throw new StreamCorruptedException("a packet of more than " + MAX_PAYLOAD + " bytes");
            }
            payload.append((char) next);
            next = next();
        }
        int expected = Character.digit(next(), 16) << 4 | Character.digit(next(), 16);
        if (!isAcknowledged) {
            return payload.toString();
        }
        boolean isRight = expected == (sum & 0xff);
        write(isRight ? "+" : "-");
        return isRight ? payload.toString() : null;
    }

    private int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    /** Sends a packet. */
    void send(String payload) throws IOException {
        last = payload;
        StringBuilder packet = new StringBuilder(payload.length() + 4).append('$');
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) {
            int next = payload.charAt(i);
            if (next == '#' || next == '$' || next == ESCAPE || next == '*') {
                packet.append(ESCAPE);
                sum += ESCAPE;
                next ^= ESCAPED;
            }
            packet.append((char) next);
            sum += next;
        }
        write(packet.append('#').append(Hex.ofByte(sum)).toString());
    }

    /** Behind the next answer no packet is acknowledged any more: TCP loses nothing. */
    void withoutAcknowledgements() {
        isAcknowledged = false;
    }

    private synchronized void write(String bytes) throws IOException {
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
